package views

import (
	"guildhall/models/member"
	"guildhall/models/site"
)

// WelcomePage is the first visit: who somebody wants to be here.
type WelcomePage struct {
	Club    site.Club
	By      string // what they came with: "Google", or "your e-mail"
	As      string // as what: "hana@example.org"
	Profile member.Profile
	Agreed  bool
	Zones   []string
	Faults  Faults

	Known *Person // the member whom the proved mailbox opens: to link with, or not
	Prove string  // the address that could be proved; empty: none came, or it is done
	Sent  bool    // a letter is on its way there
}

// Head names the page.
func (p WelcomePage) Head() Head { return Head{Title: "Welcome"} }
