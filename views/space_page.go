package views

import (
	"guildhall/models/forum"
	"guildhall/models/site"
	"guildhall/models/space"
)

// SpacePage is a space's list of topics.
type SpacePage struct {
	Space   space.Space
	Section string
	Listing
	Pinned  []Row
	Starts  bool   // may start topics here
	Refused string // why not
	Owner   bool
	Here    []Person
	HereN   int64
	Keeps   bool // looks after the space
}

// Head names the page.
func (p SpacePage) Head() Head {
	return Head{
		Title: p.Space.Name, Crumbs: []Crumb{{Text: p.Section}, {Text: p.Space.Name}},
		Here: SpaceAddress(p.Space.Slug), Tab: SpacesTab, Feed: spaceFeed(p.Space.Slug),
		Public: &Public{Page: SpaceAddress(p.Space.Slug), About: about(p.Space.About), Kind: "website"},
	}
}

func (p SpacePage) questions() bool { return p.Space.Kind == space.Questions }

// begins tells whether nothing was ever said in the room: then its page has one button, in the middle.
func (p SpacePage) begins() bool {
	return p.Filter == forum.Latest && len(p.Pinned)+len(p.Topics) == 0
}

// ask is the word on the button that starts a topic.
func (p SpacePage) ask(w site.Words) string {
	if p.questions() {
		return "Ask"
	}
	return "New " + w.Topic
}
