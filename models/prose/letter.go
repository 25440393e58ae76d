package prose

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Letter is what cooked HTML says in the plain text of a letter: its paragraphs with an empty line
// between them, without the posts that it quotes, and without what it hides until somebody asks.
func Letter(cooked string) string {
	var all []string
	var words strings.Builder
	end := func() {
		if text := strings.Join(strings.Fields(words.String()), " "); text != "" && text != item {
			all = append(all, text)
		}
		words.Reset()
	}
	var over leftOut
	z := html.NewTokenizer(strings.NewReader(cooked))
	for {
		kind := z.Next()
		if kind == html.ErrorToken { // the end: what comes from a string cannot fail
			end()
			return strings.Join(all, "\n\n")
		}
		token := z.Token()
		if instead, left := over.next(kind, token, inPlain); left {
			words.WriteString(instead)
			continue
		}
		switch {
		case kind == html.TextToken:
			words.WriteString(token.Data)
		case token.DataAtom == atom.Img:
			words.WriteString(valueOf(token, "alt"))
		case token.DataAtom == atom.Li && kind == html.StartTagToken:
			end()
			words.WriteString(item + " ")
		case token.DataAtom == atom.Br || token.DataAtom == atom.Td || token.DataAtom == atom.Th:
			words.WriteByte(' ')
		case !withinWords[token.DataAtom] && token.DataAtom != atom.Span:
			end()
		}
	}
}

// item begins one of a list.
const item = "–"
