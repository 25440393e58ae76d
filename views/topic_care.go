package views

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"guildhall/models/forum"
	"guildhall/models/site"
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

// toldAfter are the deeds of which the page tells after its i-th post, where posts stand in order of time.
// The best of a topic by itself tells of none.
func (p TopicPage) toldAfter(i int) (lines []ToldLine) {
	if !p.inOrder() || p.Summary {
		return nil
	}
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
			lines = append(lines, p.told(t))
		}
	}
	return lines
}

// toldApart are all of them, for the end of a topic that is read in another order.
func (p TopicPage) toldApart() (lines []ToldLine) {
	if p.inOrder() || p.Summary || p.After > 0 {
		return nil
	}
	for _, t := range p.Told {
		lines = append(lines, p.told(t))
	}
	return lines
}

// inOrder tells whether the posts of the page stand as they were written, be it by chance: by votes, those
// do of which none is ahead.
func (p TopicPage) inOrder() bool {
	return p.inTime() || p.Order == forum.ByVotes && p.Whole() && slices.IsSortedFunc(p.Posts, func(a, b forum.Post) int { return cmp.Compare(a.Number, b.Number) })
}

func (p TopicPage) told(t forum.Told) ToldLine { return ToldLine{t, p.People[t.By], p.at(t.From)} }

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
