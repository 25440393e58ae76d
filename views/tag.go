package views

import (
	"net/url"

	"guildhall/models/forum"
	"guildhall/models/id"
)

// TagAddress is the page of a tag.
func TagAddress(name string) string { return TagsAddress + "/" + url.PathEscape(name) }

// TagsPage lists the tags that the reader knows of.
type TagsPage struct {
	Tags  []forum.Counted
	Owner bool
}

// Head names the page.
func (p TagsPage) Head() Head {
	return Head{Title: "Tags", Crumbs: []Crumb{{Text: "Tags"}}, Here: TagsAddress, Tab: SpacesTab}
}

// TagPage lists the topics of a tag.
type TagPage struct {
	Tag forum.Tag
	Listing
}

// Head names the page.
func (p TagPage) Head() Head {
	return Head{Title: "Tag: " + p.Tag.Name, Crumbs: []Crumb{{"Tags", TagsAddress}, {Text: p.Tag.Name}}, Here: TagsAddress, Tab: SpacesTab, Feed: tagFeed(p.Tag.Name)}
}

// Tagging is the field for the tags of a topic.
type Tagging struct {
	Value   string // as it was typed
	Space   id.ID
	Least   int
	Allowed []string // none: any
	Fault   string
	Label   string // empty: as for a new topic
	Hint    string
}

func (t Tagging) hint() string {
	if t.Hint != "" {
		return t.Hint
	}
	hint := "At most five, between commas or blanks."
	switch {
	case t.Least == 1:
		hint = "At least one and at most five, between commas or blanks."
	case t.Least > 1:
		hint = "At least " + Number(int64(t.Least)) + " and at most five, between commas or blanks."
	}
	if len(t.Allowed) > 0 {
		hint += " Of these: " + Names(t.Allowed) + "."
	}
	return hint
}

func (t Tagging) described() string { return described("tags", t.hint(), t.Fault) }

func (t Tagging) label() string {
	switch {
	case t.Label != "":
		return t.Label
	case t.Least > 0:
		return "Tags"
	}
	return "Tags (as you like)"
}

// suggests is where a script asks how a tag goes on.
func (t Tagging) suggests() string {
	at := "/suggest/tags"
	if t.Space != 0 {
		at = with(at, "space", t.Space.String())
	}
	return at
}

// mostTagBytes is what a field of tags holds at the most.
const mostTagBytes = (forum.MaxTag + 2) * forum.MaxTags
