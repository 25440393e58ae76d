package prose

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// plain is what cooked HTML says, on one line, with the words for its pictures and without
// the posts that it quotes and what it hides.
func plain(cooked string) string {
	var out strings.Builder
	var over leftOut
	z := html.NewTokenizer(strings.NewReader(cooked))
	for {
		kind := z.Next()
		if kind == html.ErrorToken { // the end: what comes from a string cannot fail
			return strings.Join(strings.Fields(out.String()), " ")
		}
		token := z.Token()
		instead, left := over.next(kind, token, inPlain)
		switch {
		case left:
			out.WriteString(instead)
		case kind == html.TextToken:
			out.WriteString(token.Data)
		case token.DataAtom == atom.Img:
			out.WriteString(valueOf(token, "alt"))
		case !withinWords[token.DataAtom]:
			out.WriteByte(' ')
		}
	}
}

// withinWords are the elements that may begin in the middle of a word.
var withinWords = map[atom.Atom]bool{
	atom.A: true, atom.Code: true, atom.Del: true, atom.Em: true, atom.Strong: true,
	atom.Span: true, atom.Time: true,
}

func valueOf(token html.Token, attribute string) string {
	for _, a := range token.Attr {
		if a.Key == attribute {
			return a.Val
		}
	}
	return ""
}
