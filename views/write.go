package views

import (
	"guildhall/models/diff"
	"guildhall/models/forum"
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

	At        string      // when to publish it, as it was typed
	Templates []Segmented // to begin with
	Template  string      // with which it was begun
}

// TemplateLink opens the form with a template.
func TemplateLink(in string, t forum.Template, on bool) Segmented {
	return Segmented{Text: t.Name, Href: with(NewTopicAddress(in), "template", t.ID.String()), Current: on}
}

// NoTemplateLink opens it empty.
func NoTemplateLink(in string, on bool) Segmented {
	return Segmented{Text: "Empty", Href: with(NewTopicAddress(in), "template", "none"), Current: on}
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
	Wikis   bool        // may make it a wiki, or end that
	Changes []diff.Part // between what it says now and what was typed, where somebody changed it meanwhile

	Others      bool   // it is somebody else's post: its removal has a reason
	RemoveWhy   string // as it was typed
	RemoveFault string

	Notices     bool   // may put a staff notice beside it
	Notice      string // as it was typed
	NoticeFault string
}

// Head names the page.
func (p EditPostPage) Head() Head {
	at := SpaceAddress(p.In.Slug)
	return Head{
		Title: "Edit post " + Number(p.Number), Here: at, Tab: SpacesTab,
		Crumbs: []Crumb{{p.In.Name, at}, {p.Topic.Title, p.address()}, {Text: "Edit"}},
	}
}
