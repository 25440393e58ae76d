// Package letters draws the club's mail: HTML that needs no style sheet, as many readers take none,
// and a plain text that says the same.
package letters

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"guildhall/models/site"
	"guildhall/views"
)

// Kind is what a letter is declared as in handlers/jobs: to whom it goes, and what may be in it. One
// that has no kind is not sent, and only this package makes them.
type Kind struct{ name string }

// The kinds, one for each function that writes a letter.
var (
	SigningIn  = newKind("sign-in")
	Confirming = newKind("confirm")
	Proving    = newKind("prove")
	Telling    = newKind("told")
	Digesting  = newKind("digest")
	Refusing   = newKind("refused")
	Trying     = newKind("try")
)

var kinds []Kind

func newKind(name string) Kind {
	k := Kind{name}
	kinds = append(kinds, k)
	return k
}

// Kinds lists every kind of letter.
func Kinds() []Kind { return slices.Clone(kinds) }

// String is the name of the kind.
func (k Kind) String() string { return k.name }

// Letter is one mail: a few sentences, at most one button, and why it came.
type Letter struct {
	kind    Kind
	accent  string // the club's colour, as "#rrggbb"
	Club    string
	Subject string
	Lead    string   // the heading
	Text    []string // paragraphs before the button
	Button  string   // empty: there is none
	Href    string   // where the button leads: an absolute address
	After   []string // paragraphs after it

	Answers bool   // whether an answer by mail is taken: then it says above which line to write it
	Preview string // what a list of letters shows beside the subject
	Items   []Item // each with a text of its own
	Why     string // why it came
	Foot    []Link // under that
}

// Item is one thing that a letter tells of.
type Item struct {
	Lead string   // "Amara Okafor replied in Garden plans"
	Text []string // paragraphs of what was written
	Link Link
}

// Link leads to the club: an absolute address.
type Link struct{ Text, Href string }

// SignIn is the letter with a link that signs in whoever holds the mailbox.
func SignIn(c site.Club, href string, minutes int) Letter {
	name := plain(c.Name)
	return Letter{
		kind: SigningIn, Club: name, accent: views.Accent(c.Hue), Subject: "Your link to " + name, Lead: "Come on in", Button: "Sign in to " + name, Href: href,
		Text:  []string{fmt.Sprintf("Somebody, most likely you, asked for a link to %s. It opens a page with one button. It works once, for %d minutes.", name, minutes)},
		After: []string{"If it was not you, leave this letter alone: nothing happens, and nobody comes in."},
	}
}

// Confirm is the letter with a link that adds the address to a member's account.
func Confirm(c site.Club, href, address string, minutes int) Letter {
	name := plain(c.Name)
	return Letter{
		kind: Confirming, Club: name, accent: views.Accent(c.Hue), Subject: "Confirm your address for " + name, Lead: "Is this your address?", Button: "Confirm " + address, Href: href,
		Text:  []string{fmt.Sprintf("Somebody who is signed in to %s wants to add %s to their account. If that is you, open the link in the browser where you are signed in. It works once, for %d minutes.", name, address, minutes)},
		After: []string{"If it is not you, leave this letter alone: your address is not added."},
	}
}

// Prove is the letter with a link by which somebody who came with an account elsewhere shows that its
// address is theirs.
func Prove(c site.Club, href, address string, minutes int) Letter {
	name := plain(c.Name)
	return Letter{
		kind: Proving, Club: name, accent: views.Accent(c.Hue), Subject: "Is it you at " + name + "?", Lead: "Have you been here before?", Button: "Yes, it is me", Href: href,
		Text:  []string{fmt.Sprintf("Somebody came to %s with an account that gives the address %s. If that is you, open the link in the same browser, and we look whether you have been here before. It works once, for %d minutes.", name, address, minutes)},
		After: []string{"If it is not you, do not open the link: nobody can use your address without it."},
	}
}

// Above stands first in a letter that can be answered: of an answer, what comes after it is not taken. It
// is kept short, so that no mail program breaks it in two as it quotes.
const Above = "=== Write your answer above this line ==="

// Kind is what the letter is declared as.
func (l Letter) Kind() Kind { return l.kind }

// HTML is the letter as most readers show it.
func (l Letter) HTML(ctx context.Context) (string, error) {
	var b strings.Builder
	err := page(l).Render(ctx, &b)
	return b.String(), err
}

// Plain is the letter without any dress.
func (l Letter) Plain() string {
	var parts []string
	if l.Answers {
		parts = []string{Above}
	}
	parts = append(append(parts, l.Lead), l.Text...)
	for _, item := range l.Items {
		parts = append(parts, item.Lead)
		for _, text := range item.Text {
			parts = append(parts, "> "+text)
		}
		parts = append(parts, item.Link.Text+":\n"+item.Link.Href)
	}
	if l.Button != "" {
		parts = append(parts, l.Button+":\n"+l.Href)
	}
	parts = append(parts, l.After...)
	if l.Why != "" {
		parts = append(parts, l.Why)
	}
	for _, link := range l.Foot {
		parts = append(parts, link.Text+":\n"+link.Href)
	}
	return strings.Join(append(parts, "-- \n"+l.Club), "\n\n") + "\n"
}

// plain keeps a name on one line of a header.
func plain(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}
