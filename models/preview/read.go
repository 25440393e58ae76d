package preview

import (
	"bytes"
	"io"
	"mime"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// How much of a page is shown, in bytes.
const (
	maxTitle = 160
	maxAbout = 300
	maxSite  = 60
)

// Page is what a page says of itself: plain text on one line each.
type Page struct{ Title, About, Site string }

// Read finds in the beginning of a page of that Content-Type what it says of itself: by OpenGraph, for
// Twitter, or plainly. ok is false for what is no page, or has no title.
func Read(body []byte, kind string) (p Page, ok bool) {
	media, _, err := mime.ParseMediaType(kind)
	if err != nil || media != "text/html" && media != "application/xhtml+xml" {
		return p, false
	}
	text, err := charset.NewReader(bytes.NewReader(body), kind)
	if err != nil {
		return p, false
	}
	said := head(text)
	p.Title = clean(maxTitle, said["og:title"], said["twitter:title"], said["<title>"])
	p.About = clean(maxAbout, said["og:description"], said["twitter:description"], said["description"])
	p.Site = clean(maxSite, said["og:site_name"], said["application-name"])
	return p, p.Title != ""
}

// head gathers what stands in a page's head, by name: the first of each.
func head(page io.Reader) map[string]string {
	said := map[string]string{}
	z := html.NewTokenizer(page)
	z.SetMaxBuf(1 << 20)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return said
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "head" {
				return said
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch t.DataAtom {
			case atom.Body:
				return said
			case atom.Meta:
				gather(said, t)
			case atom.Title:
				if z.Next() == html.TextToken && said["<title>"] == "" {
					said["<title>"] = string(z.Text())
				}
			}
		}
	}
}

func gather(said map[string]string, meta html.Token) {
	var name, content string
	for _, a := range meta.Attr {
		switch a.Key {
		case "property", "name":
			if name == "" {
				name = strings.ToLower(strings.TrimSpace(a.Val))
			}
		case "content":
			content = a.Val
		}
	}
	if name != "" && name[0] != '<' && said[name] == "" {
		said[name] = content
	}
}

// clean is the first of the texts that has something in it, on one line, cut at a word; without what
// cannot be seen, or turns the direction of what follows.
func clean(most int, texts ...string) string {
	for _, text := range texts {
		if len(text) > 8*most {
			text = text[:8*most]
		}
		text = strings.Map(func(r rune) rune {
			switch {
			case unicode.IsSpace(r):
				return ' '
			case r == utf8.RuneError || !unicode.IsGraphic(r):
				return -1
			}
			return r
		}, strings.ToValidUTF8(text, ""))
		if text = cut(strings.Join(strings.Fields(text), " "), most); text != "" {
			return text
		}
	}
	return ""
}

const dots = "…"

func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	text = text[:most-len(dots)]
	for len(text) > 0 && !utf8.ValidString(text) {
		text = text[:len(text)-1]
	}
	if at := strings.LastIndexByte(text, ' '); at > most/2 {
		text = text[:at]
	}
	return strings.TrimRight(text, " .,;:-–—") + dots
}
