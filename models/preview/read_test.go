package preview

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWhatAPageSaysOfItself(t *testing.T) {
	const html = "text/html; charset=utf-8"
	for name, c := range map[string]struct {
		kind, body string
		want       Page
	}{
		"plain":           {html, "<title>Old benches &amp; new</title><meta name=description content='Where to sit.'>", Page{"Old benches & new", "Where to sit.", ""}},
		"OpenGraph first": {html, `<title>T</title><meta property="og:title" content="Benches"><meta property="og:description" content="A"><meta name="description" content="B"><meta property="og:site_name" content="Parks">`, Page{"Benches", "A", "Parks"}},
		"Twitter":         {html, `<meta name="twitter:title" content="Benches"><meta name="twitter:description" content="A">`, Page{"Benches", "A", ""}},
		"spaces":          {html, "<title>\n  Old \t benches\n</title>", Page{Title: "Old benches"}},
		"not in the body": {html, `<body><meta property="og:title" content="Planted by a commenter"><title>x</title>`, Page{}},
		"after the head":  {html, `<head><title>Real</title></head><meta property="og:title" content="Planted">`, Page{Title: "Real"}},
		"the first wins":  {html, `<meta property="og:title" content="First"><meta property="og:title" content="Second">`, Page{Title: "First"}},
		"tags in a title": {html, `<title><script>alert(1)</script></title>`, Page{Title: "<script>alert(1)</script>"}},
		"turned words":    {html, "<title>moc.elpmaxe\u202e\u2066 \u0000evil\u200b</title>", Page{Title: "moc.elpmaxe evil"}},
		"Latin 1":         {"text/html; charset=iso-8859-1", "<title>Caf\xe9</title>", Page{Title: "Café"}},
		"said in it":      {"text/html", "<meta charset=windows-1251><title>\xcf\xf0\xe8\xe2\xe5\xf2</title>", Page{Title: "Привет"}},
		"Shift JIS":       {"text/html; charset=shift_jis", "<title>\x93\xfa\x96\x7b</title>", Page{Title: "日本"}},
		"broken UTF-8":    {html, "<title>a\xff\xfeb</title>", Page{Title: "ab"}},
		"no title":        {html, "<meta name=description content=x>", Page{About: "x"}},
		"a picture":       {"image/png", "<title>x</title>", Page{}},
		"no kind":         {"", "<title>x</title>", Page{}},
		"JSON":            {"application/json", `{"title":"x"}`, Page{}},
	} {
		got, ok := Read([]byte(c.body), c.kind)
		if got != c.want || ok != (c.want.Title != "") {
			t.Errorf("%s: %+v, %v; not %+v", name, got, ok, c.want)
		}
	}
}

func TestWhatIsShownIsShort(t *testing.T) {
	long := strings.Repeat("wörter und ", 10_000)
	p, ok := Read([]byte(`<title>`+long+`</title><meta name=description content="`+long+`"><meta property="og:site_name" content="`+strings.Repeat("ö", 500)+`">`), "text/html; charset=utf-8")
	if !ok || len(p.Title) > maxTitle || len(p.About) > maxAbout || len(p.Site) > maxSite {
		t.Errorf("%d, %d, %d bytes", len(p.Title), len(p.About), len(p.Site))
	}
	for _, s := range []string{p.Title, p.About, p.Site} {
		if !utf8.ValidString(s) || !strings.HasSuffix(s, dots) {
			t.Errorf("cut to %q", s)
		}
	}
}

// Whatever comes, what is shown of it is short text of one line in UTF-8 that turns nothing around.
func FuzzRead(f *testing.F) {
	for _, body := range []string{"<title>a</title>", `<meta property="og:title" content="x">`, "<meta charset=utf-16><title>\x00a</title>", "<title>\xff</title><body>", "<!--", "<title", "<meta name=<title> content=x>", "\xff\xfe<\x00t\x00"} {
		f.Add([]byte(body), "text/html; charset=utf-8")
		f.Add([]byte(body), "text/html; charset=shift_jis")
		f.Add([]byte(body), "text/html")
	}
	f.Fuzz(func(t *testing.T, body []byte, kind string) {
		p, ok := Read(body, kind)
		if ok != (p.Title != "") {
			t.Fatalf("%+v is %v", p, ok)
		}
		for s, most := range map[string]int{p.Title: maxTitle, p.About: maxAbout, p.Site: maxSite} {
			if len(s) > max(most, maxAbout) || !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\n\r\t\u202e\u2066\u200b") || s != strings.TrimSpace(s) {
				t.Fatalf("%q", s)
			}
		}
	})
}
