package prose_test

import (
	"net/url"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/prose"
)

func TestAddressesThatHoldAnywhere(t *testing.T) {
	page := clubtest.Must(url.Parse("https://club.example/s/questions/t/x/plans"))(t)
	for cooked, want := range map[string]string{
		`<p>No <b>links</b> &amp; “none”</p>`:                  `<p>No <b>links</b> &amp; “none”</p>`,
		`<a href="/m/rita" class="mention">@rita</a>`:          `<a href="https://club.example/m/rita" class="mention">@rita</a>`,
		`<a href="#p3">post 3</a>`:                             `<a href="https://club.example/s/questions/t/x/plans#p3">post 3</a>`,
		`<img src="/files/abc/small" alt="a &#34;b&#34;"/>`:    `<img src="https://club.example/files/abc/small" alt="a &#34;b&#34;"/>`,
		`<a href="https://elsewhere.example/?a=1&amp;b">x</a>`: `<a href="https://elsewhere.example/?a=1&amp;b">x</a>`,
		`<a href="mailto:a@b.example">x</a>`:                   `<a href="mailto:a@b.example">x</a>`,
	} {
		if got := prose.Absolute(cooked, page); got != want {
			t.Errorf("%s\n is %s\nwant %s", cooked, got, want)
		}
	}
}
