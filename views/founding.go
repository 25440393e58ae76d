package views

import "guildhall/models/site"

// FoundingPage is the first page of a fresh club: what it needs to open its doors.
type FoundingPage struct {
	Club   site.Club // name, tagline, hue and zone; as they were typed, when they were refused
	Name   string    // of the first owner
	Handle string
	Space  string // the name of the first one
	Zones  []string
	Action string // where the one-time link posts
	Faults Faults
}

// OwnerPage is what a one-time link opens once the club is founded.
type OwnerPage struct {
	Club   string
	Action string
}

// Head names the page.
func (p OwnerPage) Head() Head { return Head{Title: "Come in as the owner"} }

// Head names the page.
func (p FoundingPage) Head() Head { return Head{Title: "Set up your club"} }

// hue is the one that is chosen: a fresh club begins in bottle green.
func (p FoundingPage) hue() int {
	if p.Club.Hue == 0 && p.Club.Name == "" {
		return Bottle
	}
	return p.Club.Hue
}
