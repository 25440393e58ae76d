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
	Filter  forum.Filter
	Pinned  []Row
	Topics  []Row
	Unread  int64  // topics with something new
	Next    string // cursor of older topics
	Later   bool   // not the first page
	Guest   bool
	Starts  bool   // may start topics here
	Refused string // why not
	Owner   bool
	Here    []Person
	HereN   int64
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

func (p SpacePage) filters() []Segmented {
	link := func(text string, f forum.Filter) Segmented {
		return Segmented{Text: text, Href: with(SpaceAddress(p.Space.Slug), "show", string(f)), Current: f == p.Filter}
	}
	all := []Segmented{link("Latest", forum.Latest)}
	if !p.Guest {
		unread := link("Unread", forum.Unread)
		unread.Count, unread.What = p.Unread, "unread"
		all = append(all, unread)
	}
	if p.questions() {
		all = append(all, link("Unanswered", forum.Unanswered), link("Solved", forum.Solved))
	}
	if !p.Guest {
		all = append(all, link("Mine", forum.Mine))
	}
	return all
}

func (p SpacePage) older() string {
	return with(with(SpaceAddress(p.Space.Slug), "show", string(p.Filter)), "after", p.Next)
}

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
