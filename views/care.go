package views

import (
	"math"
	"strconv"
	"time"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/site"
	"guildhall/models/space"
)

// ToldLine is a deed that a topic tells of between its posts.
type ToldLine struct {
	forum.Told
	Who   Person
	Where string // the address at which the first of moved posts stood: it leads on whoever may follow
}

// words say what was done, after the name of whoever did it.
func (l ToldLine) words(w site.Words) string {
	said := toldWords[l.Do]
	switch l.Do {
	case forum.ToSlow:
		if l.N == 0 {
			return "ended slow mode"
		}
		return "turned slow mode on: one reply in " + stretch(l.N)
	case forum.ToMove:
		return "moved this " + w.Topic + " to this " + w.Space
	case forum.ToGive:
		return "gave this " + w.Topic + " another owner"
	}
	if l.N > 0 && said != "" {
		return "moved " + Plural(l.N, "post", "posts") + " " + said
	}
	if said == "" {
		return "looked after this " + w.Topic
	}
	if l.Timed {
		return said + " this " + w.Topic + ", by a timer"
	}
	return said + " this " + w.Topic
}

var toldWords = map[forum.Deed]string{
	forum.ToClose: "closed", forum.ToOpen: "opened", forum.ToArchive: "archived", forum.ToUnarchive: "took out of the archive",
	forum.ToPin: "pinned", forum.ToUnpin: "unpinned", forum.ToUnlist: "unlisted", forum.ToList: "listed",
	forum.Deed("split"): "to another place", forum.Deed("merge"): "to another place", forum.Deed("gain"): "here from another place",
}

func (l ToldLine) icon() string {
	if icon := deedIcons[l.Do]; icon != "" {
		return icon
	}
	return "gavel"
}

var deedIcons = map[forum.Deed]string{
	forum.ToClose: "lock", forum.ToOpen: "key", forum.ToArchive: "bag", forum.ToUnarchive: "bag", forum.ToPin: "pin", forum.ToUnpin: "pin",
	forum.ToUnlist: "eyeoff", forum.ToList: "eye", forum.ToMove: "move", forum.ToSlow: "hour", forum.ToGive: "user",
	forum.ToHide: "eyeoff", forum.ToShow: "eye", forum.ToRename: "pencil", forum.ToBump: "up", forum.ToTime: "clock",
	forum.Deed("split"): "move", forum.Deed("merge"): "merge", forum.Deed("gain"): "merge",
}

// stretch says a number of seconds: "90 seconds", "5 minutes", "1 day".
func stretch(seconds int64) string {
	d := time.Duration(seconds) * time.Second
	switch {
	case d%(24*time.Hour) == 0:
		return Plural(int64(d/(24*time.Hour)), "day", "days")
	case d%time.Hour == 0:
		return Plural(int64(d/time.Hour), "hour", "hours")
	case d%time.Minute == 0:
		return Plural(int64(d/time.Minute), "minute", "minutes")
	}
	return Plural(seconds, "second", "seconds")
}

// toldAfter are the deeds of which the page tells after its i-th post.
func (p TopicPage) toldAfter(i int) (lines []ToldLine) {
	from, to := p.Posts[i].Number, int64(math.MaxInt64)
	if i == 0 && p.Before == 0 {
		from = 0
	}
	if i+1 < len(p.Posts) {
		to = p.Posts[i+1].Number
	} else if p.After > 0 {
		to = p.After
	}
	for _, t := range p.Told {
		if from <= t.After && t.After < to {
			lines = append(lines, ToldLine{t, p.People[t.By], p.at(t.From)})
		}
	}
	return lines
}

// at is the address of a number of the topic, or nothing.
func (p TopicPage) at(number int64) string {
	if number == 0 {
		return ""
	}
	return with(p.address(), "post", strconv.FormatInt(number, 10))
}

// slowed is who turned slow mode on.
func (p TopicPage) slowed() Person {
	if p.Topic.SlowBy == nil {
		return Person{}
	}
	return p.People[*p.Topic.SlowBy]
}

// slowedBy names them.
func (p TopicPage) slowedBy() string {
	if p.slowed().Former() {
		return "Turned on by somebody who has left."
	}
	if p.Topic.SlowWhy != "" {
		return "Turned on by " + First(p.slowed().Name) + ":"
	}
	return "Turned on by " + First(p.slowed().Name) + "."
}

// noticedBy names who put a notice beside a post, before when.
func (p Posted) noticedBy() string {
	if p.Noticed.Former() {
		return " · "
	}
	return " · " + First(p.Noticed.Name) + ", "
}

// slows says how slow mode works here, and why.
func (p TopicPage) slows() string {
	said := "One reply of each person in " + stretch(p.Topic.SlowSeconds) + "."
	if p.Rights.Keeps {
		said += " You keep this space, so it does not hold for you."
	}
	return said
}

// TimerWords say what a timer will do: "Closes" with when.
func TimerWords(m forum.Timer) string {
	return map[forum.Deed]string{
		forum.ToClose: "Closes by itself", forum.ToOpen: "Opens by itself", forum.ToHide: "Is deleted by itself",
		forum.ToList: "Is published by itself", forum.ToBump: "Comes up again by itself",
	}[m.Do]
}

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

// why is the field for a reason, which readers are told.
func (p CarePage) why(form string) Input {
	return Input{Name: "why", ID: form + "-why", Label: "Why (if you like)", Value: p.typed(form, "why", ""), Fault: p.fault(form, "why"), Max: forum.MaxReason}
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
