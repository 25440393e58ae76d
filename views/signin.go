package views

import (
	"guildhall/models/site"
	"guildhall/static"
)

// Way is one provider whose accounts open the club.
type Way struct {
	Key  string // in addresses: "google"
	Name string
	Icon string
}

// SignInPage is the one door: for those who come back and for those who join.
type SignInPage struct {
	Club     site.Club
	Ways     []Way
	Passkeys bool
	Mail     bool // links are sent
	Return   string
	Email    string   // as it was typed, when it was refused
	Trouble  string   // why one is here again: a whole sentence
	Cast     []Person // whom a developer may be with one click; nobody else is shown any
	Faults   Faults
}

// Head names the page.
func (p SignInPage) Head() Head { return Head{Title: "Sign in"} }

// none tells whether nothing at all is set up to sign in by.
func (p SignInPage) none() bool {
	return len(p.Ways) == 0 && !p.Passkeys && !p.Mail && len(p.Cast) == 0
}

// NotePage is one thing to know, and the way on: after a letter was sent, before a link is used.
type NotePage struct {
	Club   site.Club
	Title  string
	Icon   string
	Text   []string
	Action string // where its one button posts; none: there is no button
	Button string
	Href   string // where its link leads
	Link   string
}

// Head names the page.
func (p NotePage) Head() Head { return Head{Title: p.Title} }

// LeavingPage is seen for the moment in which the browser goes on to a provider.
type LeavingPage struct {
	Club site.Club
	Name string
	Href string
}

// Head names the page.
func (p LeavingPage) Head() Head { return Head{Title: "On to " + p.Name} }

// AskPage asks a member for a passkey before keys, money and rights are touched.
type AskPage struct {
	Club   site.Club
	Return string
}

// Head names the page.
func (p AskPage) Head() Head { return Head{Title: "Is it you?"} }

// PasskeyScript is the module of the pages that ask for passkeys.
func PasskeyScript() string { return static.Path("js/passkey.js") }

// WelcomeScript is the module of the first-visit page.
func WelcomeScript() string { return static.Path("js/welcome.js") }
