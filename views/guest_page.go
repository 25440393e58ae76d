package views

import (
	"guildhall/models/access"
	"guildhall/models/site"
	"guildhall/models/space"
)

// GuestPage is home for somebody who is not signed in.
type GuestPage struct {
	Club   site.Club
	Front  site.Page // what the owners say to strangers; none: the house speaks for itself
	Rooms  []OpenRoom
	Topics []Row         // the latest that anybody may read
	Tiers  []access.Tier // lowest first
}

// OpenRoom is a space as a guest finds it.
type OpenRoom struct {
	space.Space
	Locked string // what opens it, or nothing
}

// Head names the page.
func (p GuestPage) Head() Head {
	return Head{Crumbs: []Crumb{{Text: "Home"}}, Here: "/", Tab: HomeTab, Feed: latestFeed, Public: &Public{Page: "/", About: about(p.Club.Tagline), Kind: "website"}}
}

// SpacesHead names the page of all spaces.
func SpacesHead(w site.Words) Head {
	return Head{Title: Title(w.Spaces), Crumbs: []Crumb{{"Home", "/"}, {Text: Title(w.Spaces)}}, Tab: SpacesTab}
}
