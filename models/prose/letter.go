package prose

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Letter is what cooked HTML says in the plain text of a letter: its paragraphs with an empty line
// between them, without the posts that it quotes, and without what it hides until somebody asks.
func Letter(cooked string) string {
	var l letter
	z := html.NewTokenizer(strings.NewReader(cooked))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() { // what comes from a string cannot fail
		l.take(kind, z.Token())
	}
	l.end()
	return strings.Join(l.paragraphs, "\n\n")
}

type letter struct {
	paragraphs []string
	words      strings.Builder
	hidden     []atom.Atom // the elements that are open, from one that is left out inwards
}

func (l *letter) take(kind html.TokenType, t html.Token) {
	switch {
	case len(l.hidden) > 0 || kind == html.StartTagToken && leftOut(t):
		l.within(kind, t)
	case kind == html.TextToken:
		l.words.WriteString(t.Data)
	case t.DataAtom == atom.Img:
		l.words.WriteString(valueOf(t, "alt"))
	case t.DataAtom == atom.Br || t.DataAtom == atom.Td || t.DataAtom == atom.Th:
		l.words.WriteByte(' ')
	case paragraphs[t.DataAtom]:
		l.end()
		if t.DataAtom == atom.Li && kind == html.StartTagToken {
			l.words.WriteString("– ")
		}
	}
}

// within follows what is left out to its end.
func (l *letter) within(kind html.TokenType, t html.Token) {
	switch {
	case kind == html.StartTagToken && !empty[t.DataAtom]:
		if len(l.hidden) == 0 && !paragraphs[t.DataAtom] {
			l.words.WriteString("[…]")
		}
		l.hidden = append(l.hidden, t.DataAtom)
	case kind == html.EndTagToken && len(l.hidden) > 0 && l.hidden[len(l.hidden)-1] == t.DataAtom:
		l.hidden = l.hidden[:len(l.hidden)-1]
	}
}

func (l *letter) end() {
	if text := strings.Join(strings.Fields(l.words.String()), " "); text != "" && text != "–" {
		l.paragraphs = append(l.paragraphs, text)
	}
	l.words.Reset()
}

// leftOut tells what a letter does not say: the posts of others, and what is hidden until it is asked for.
func leftOut(t html.Token) bool {
	if t.DataAtom == atom.Details {
		return true
	}
	for _, class := range strings.Fields(valueOf(t, "class")) {
		if class == "quote" || strings.Contains(class, "spoiler") {
			return true
		}
	}
	return false
}

// paragraphs are the elements that begin and end one.
var paragraphs = map[atom.Atom]bool{
	atom.P: true, atom.Li: true, atom.Pre: true, atom.Blockquote: true, atom.Div: true, atom.Tr: true, atom.Table: true, atom.Ul: true, atom.Ol: true, atom.Hr: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Details: true, atom.Figure: true, atom.Section: true, atom.Aside: true,
}

// empty are the elements that have no end.
var empty = map[atom.Atom]bool{atom.Img: true, atom.Br: true, atom.Hr: true, atom.Input: true, atom.Wbr: true}
