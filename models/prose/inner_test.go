package prose

import (
	"slices"
	"testing"
)

func TestOwnAddressesShowNames(t *testing.T) {
	const base = "https://club.example"
	names := map[string]string{"/s/a/t/1": `Benches & "more" <b>`, "/m/kofi": "Kofi"}
	for source, want := range map[string]struct {
		paths []string
		html  string
	}{
		"See https://club.example/s/a/t/1 there":            {[]string{"/s/a/t/1"}, `<p>See <a href="https://club.example/s/a/t/1" rel="` + outgoing + `">Benches &amp; &#34;more&#34; &lt;b&gt;</a> there</p>`},
		"[](/m/kofi)":                                       {[]string{"/m/kofi"}, `<p><a href="/m/kofi">Kofi</a></p>`},
		"https://club.example/s/b?post=2&x=1#p2":            {[]string{"/s/b?post=2&x=1#p2"}, ""},
		"[words](https://club.example/s/a/t/1)":             {nil, ""},
		"[words](/s/a/t/1)":                                 {nil, ""},
		"https://club.example.evil.org/s/a/t/1":             {nil, ""},
		"https://elsewhere.org/s/a/t/1":                     {nil, ""},
		"`https://club.example/s/a/t/1`":                    {nil, ""},
		"https://club.example/m/kofi /m/kofi @kofi":         {[]string{"/m/kofi"}, ""},
		"[**https://club.example/m/kofi**](/m/kofi)":        {nil, ""},
		"https://club.example/m/x https://club.example/m/x": {[]string{"/m/x"}, ""},
	} {
		cooked, err := Post(source)
		if err != nil {
			t.Fatal(err)
		}
		if got := Inner(cooked.HTML, base); !slices.Equal(got, want.paths) {
			t.Errorf("%q: %v, not %v, of %s", source, got, want.paths, cooked.HTML)
		}
		named := Named(cooked.HTML, base, names)
		if want.html != "" && named != want.html {
			t.Errorf("%q: %s", source, named)
		}
		if len(want.paths) == 0 && named != cooked.HTML || Named(cooked.HTML, base, nil) != cooked.HTML {
			t.Errorf("%q became %s", source, named)
		}
	}
}
