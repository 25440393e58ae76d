package prose

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// Absolute is cooked HTML whose addresses hold anywhere: each that leads within the club begins with
// that of the page it stood on.
func Absolute(cooked string, page *url.URL) string {
	z := html.NewTokenizer(strings.NewReader(cooked))
	var b strings.Builder
	b.Grow(len(cooked) + len(cooked)/8)
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return b.String()
		}
		raw := string(z.Raw()) // before the token is taken, which changes it
		token := z.Token()
		if (kind != html.StartTagToken && kind != html.SelfClosingTagToken) || !carry(&token, page) {
			b.WriteString(raw)
			continue
		}
		b.WriteString(token.String())
	}
}

// carry makes the addresses of a tag absolute, and tells whether it had any.
func carry(tag *html.Token, page *url.URL) (any bool) {
	for i, a := range tag.Attr {
		switch a.Key {
		case "href", "src", "poster", "cite":
			at, err := page.Parse(a.Val)
			if err != nil {
				continue // the policy let it through as it is, and no reader can follow it
			}
			tag.Attr[i].Val, any = at.String(), true
		}
	}
	return any
}
