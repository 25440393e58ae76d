package prose

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Alone returns the outside addresses that stand by themselves on a line of cooked HTML, written out
// and in no quote or list: unique, in order. Those are what somebody shows rather than mentions.
func Alone(cooked string) []string {
	if !strings.Contains(cooked, `rel="`+outgoing) {
		return nil
	}
	var l lines
	for z := html.NewTokenizer(strings.NewReader(cooked)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return l.found.list
		case html.TextToken:
			l.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			l.opens(z.Token())
		case html.EndTagToken:
			l.closes(z.Token())
		}
	}
}

// lines reads a text line by line.
type lines struct {
	depth   int    // of elements around; a paragraph of the text itself is at 0
	within  bool   // such a paragraph
	address string // of the one link on the line so far
	linked  bool   // within it
	more    bool   // something else stands on the line
	found   gathered
}

func (l *lines) opens(t html.Token) {
	switch {
	case t.DataAtom == atom.Br:
		l.end()
		return
	case t.DataAtom == atom.Img, t.DataAtom == atom.Input, t.DataAtom == atom.Hr:
		l.more = true
		return
	case t.DataAtom == atom.P && l.depth == 0:
		l.within = true
		l.begin()
	case t.DataAtom == atom.A && l.depth == 1 && l.address == "" && leadsOut(leads(t)):
		l.address, l.linked = leads(t), true
	default:
		l.more = true
	}
	l.depth++
}

func (l *lines) closes(t html.Token) {
	if l.depth--; l.depth == 0 && l.within {
		l.end()
		l.within = false
	}
	if t.DataAtom == atom.A {
		l.linked = false
	}
}

// text tells a link that shows its address from one that shows words.
func (l *lines) text(s string) {
	s = strings.TrimSpace(s)
	if l.linked {
		l.more = l.more || !leadsOut(strings.ToLower(s)) && !strings.HasPrefix(strings.ToLower(s), "www.")
	} else if s != "" {
		l.more = true
	}
}

func (l *lines) begin() { l.address, l.more = "", false }

func (l *lines) end() {
	if l.within && l.address != "" && !l.more {
		l.found.add(l.address)
	}
	l.begin()
}

// leads is where a link leads.
func leads(t html.Token) string {
	for _, a := range t.Attr {
		if a.Key == "href" {
			return a.Val
		}
	}
	return ""
}
