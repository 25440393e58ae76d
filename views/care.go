package views

import (
	"slices"
	"strconv"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
)

// CarePage is where those who look after a topic's space change it.
type CarePage struct {
	Topic  forum.Listed
	Space  space.Space
	Moves  []Option // spaces that it may be moved to
	People map[id.ID]Person
	Typed  map[string]string // of the form that was refused, by field
	Form   string            // which one it was
	Faults Faults
}

// Head names the page.
func (p CarePage) Head() Head { return topicHeadOf(p.Space, p.Topic.Topic, "Look after") }

// topicHeadOf is the head of a page below a topic.
func topicHeadOf(in space.Space, t forum.Topic, title string) Head {
	at := SpaceAddress(in.Slug)
	return Head{
		Title: title + ": " + t.Title, Here: at, Tab: SpacesTab,
		Crumbs: []Crumb{{in.Name, at}, {t.Title, TopicAddress(in.Slug, t.ID, t.Slug)}, {Text: title}},
	}
}

func (p CarePage) root() string { return topicRoot(p.Space.Slug, p.Topic.ID) }

// typed is what stood in a field of the form that was refused, or else what is there.
func (p CarePage) typed(form, field, is string) string {
	if p.Form == form {
		return p.Typed[field]
	}
	return is
}

func (p CarePage) fault(form, field string) string {
	if p.Form == form {
		return p.Faults[field]
	}
	return ""
}

// why is the field for a reason, which readers are told. It says so where whose topic it is reads it.
func (p CarePage) why(form string) Input {
	hint := ""
	if slices.Contains([]string{"close", "archive", "hide", "title", "owner", "move", "merge"}, form) {
		hint = "Whose topic it is reads this, with your name."
	}
	return Input{Name: "why", ID: form + "-why", Label: "Why (if you like)", Hint: hint, Value: p.typed(form, "why", ""), Fault: p.fault(form, "why"), Max: forum.MaxReason}
}

// owner is the handle of whose the topic is.
func (p CarePage) owner() string { return p.People[p.Topic.AuthorID].Handle }

// slowChoices are how slow a topic can be made.
func slowChoices() []Option {
	all := []Option{{"0", "Off"}}
	for _, s := range []int64{30, 60, 5 * 60, 15 * 60, 60 * 60, 6 * 60 * 60, 24 * 60 * 60} {
		all = append(all, Option{strconv.FormatInt(s, 10), "One reply in " + stretch(s)})
	}
	return all
}

// timerChoices are what a timer can do.
func timerChoices() []Option {
	return []Option{
		{string(forum.ToClose), "Close it"}, {string(forum.ToOpen), "Open it again"}, {string(forum.ToHide), "Delete it (it stays for moderators)"},
		{string(forum.ToList), "Publish it: listed, for everybody"}, {string(forum.ToBump), "Bring it up in the list"},
	}
}

// slowIs is the present pace as the list of choices has it.
func (p CarePage) slowIs() string { return strconv.FormatInt(p.Topic.SlowSeconds, 10) }

// faultIDs are the ids of the fields of the form that was refused.
func (p CarePage) faultIDs() map[string]string {
	return map[string]string{"why": p.Form + "-why", "until": "pin-until", "do": "timer-do", "at": "timer-at", "quiet": "timer-quiet"}
}
