package views

import (
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/prose"
	"guildhall/models/space"
)

// TextsPage is where those who keep a space have its saved replies, its templates, and what waits to be
// published there.
type TextsPage struct {
	Space     space.Space
	Replies   []forum.SavedReply
	Templates []forum.Template
	Waiting   []forum.Scheduled
	People    map[id.ID]Person
	Reply     forum.SavedReply // as it was typed, or is changed
	Template  forum.Template
	Form      string // "reply" or "template": which was refused
	Faults    Faults
}

// Head names the page.
func (p TextsPage) Head() Head {
	at := SpaceAddress(p.Space.Slug)
	return Head{Title: "Texts of " + p.Space.Name, Here: at, Tab: SpacesTab, Crumbs: []Crumb{{p.Space.Name, at}, {Text: "Texts"}}}
}

func (p TextsPage) root() string { return TextsAddress(p.Space.Slug) }

func (p TextsPage) fault(form, field string) string {
	if p.Form == form {
		return p.Faults[field]
	}
	return ""
}

// RepliesPage lists the saved replies to choose one for the composer.
type RepliesPage struct {
	Space   space.Space
	Topic   forum.Topic
	Replies []forum.SavedReply // filled in for the topic
	Typed   Compose            // what was typed before one came here, if one came with a form
}

// Head names the page.
func (p RepliesPage) Head() Head { return topicHeadOf(p.Space, p.Topic, "Saved replies") }

// use opens the topic with a saved reply in its composer.
func (p RepliesPage) use(r forum.SavedReply) string {
	return with(TopicAddress(p.Space.Slug, p.Topic.ID, p.Topic.Slug), "saved", r.ID.String()) + "#reply"
}

// RepliesAddress is where a saved reply is chosen for a topic.
func RepliesAddress(space string, topic id.ID) string { return topicRoot(space, topic) + "/replies" }

// short140 is the beginning of a text, for a list.
func short140(text string) string { return prose.Excerpt(text, 140) }
