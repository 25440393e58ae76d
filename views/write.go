package views

import (
	"guildhall/models/site"
	"guildhall/models/space"
)

// NewTopicPage is the form that starts a topic.
type NewTopicPage struct {
	Space  space.Space // zero: it is chosen first
	Choose []space.Space
	Title  string // as it was typed
	Tags   Tagging
	Text   Compose
	Faults Faults
	Alike  []Alike // with the preview: topics like it
}

// Head names the page.
func (p NewTopicPage) Head(w site.Words) Head {
	h := Head{Title: "New " + w.Topic, Tab: SpacesTab, Crumbs: []Crumb{{Text: "New " + w.Topic}}}
	if p.Space.ID != 0 {
		h.Here = SpaceAddress(p.Space.Slug)
		h.Crumbs = []Crumb{{p.Space.Name, h.Here}, {Text: "New " + w.Topic}}
	}
	return h
}

// heading says what is asked for.
func (p NewTopicPage) heading(w site.Words) string {
	if p.Space.Kind == space.Questions {
		return "Ask in " + p.Space.Name
	}
	return "New " + w.Topic + " in " + p.Space.Name
}

// EditPostPage is the form that changes a post, or removes it.
type EditPostPage struct {
	Posted
	Text    Compose
	Removes bool
	Wikis   bool // may make it a wiki, or end that
}

// Head names the page.
func (p EditPostPage) Head() Head {
	at := SpaceAddress(p.In.Slug)
	return Head{
		Title: "Edit post " + Number(p.Number), Here: at, Tab: SpacesTab,
		Crumbs: []Crumb{{p.In.Name, at}, {p.Topic.Title, p.address()}, {Text: "Edit"}},
	}
}
