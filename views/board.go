package views

import (
	"time"

	"guildhall/models/id"
	"guildhall/models/site"
	"guildhall/models/standing"
)

// BoardPage is a leaderboard, and the rules by which one earns.
type BoardPage struct {
	standing.Board
	Over   Period
	People map[id.ID]Person
	Me     Person // zero Handle for a guest
	Card   standing.Card
	Rules  []Rule
	Ladder []standing.Rung
	On     bool // the reader shows themselves on boards
}

// Period is what a board counts over.
type Period string

// Periods.
const (
	ThisMonth Period = "month"
	ThisWeek  Period = "week"
	AllTime   Period = "all"
)

// Rule is what one kind of act is worth.
type Rule struct {
	What   string // "Answer accepted"
	Points string // "25"
	Limit  string // "at most 20 a day", or nothing
}

// Head names the page.
func (p BoardPage) Head() Head {
	return Head{Title: "Standing", Crumbs: []Crumb{{Text: "Standing"}}, Here: "/standing"}
}

func (p BoardPage) title(r Reader) string {
	switch p.Over {
	case ThisWeek:
		return "Who lit up this week"
	case AllTime:
		return "Who lights up the house"
	}
	if t, err := time.Parse("2006-01", p.Period); err == nil {
		return "Who lit up " + t.Format("January")
	}
	return "Who lit up this month"
}

func (p BoardPage) lede(w site.Words) string {
	switch p.Over {
	case ThisWeek:
		return "Points earned since Monday, so everyone starts level. Anyone may opt out."
	case AllTime:
		return "Every " + w.Score + " as it stands today: what was given, less what has faded. Anyone may opt out."
	}
	return "Points earned this month, so everyone starts level on the first. Anyone may opt out."
}

func (p BoardPage) periods() []Segmented {
	link := func(text string, over Period) Segmented {
		return Segmented{Text: text, Href: with("/standing", "over", string(over)), Current: over == p.Over}
	}
	return []Segmented{link("This month", ThisMonth), link("This week", ThisWeek), link("All time", AllTime)}
}

// podium are the first three as they stand side by side: second, first, third.
func (p BoardPage) podium() []stand {
	if len(p.Top) < 3 {
		return nil
	}
	return []stand{{p.Top[1], "second", "lg"}, {p.Top[0], "first", "xl"}, {p.Top[2], "third", "lg"}}
}

type stand struct {
	standing.Placed
	Class, Size string
}

// rest are those below the podium.
func (p BoardPage) rest() []standing.Placed {
	if len(p.Top) < 3 {
		return p.Top
	}
	return p.Top[3:]
}

// beyond tells whether the reader is on the board and not among those it shows.
func (p BoardPage) beyond() bool {
	if p.Me.Handle == "" || !p.Own.Listed || p.Own.Points < 1 {
		return false
	}
	for _, t := range p.Top {
		if t.Member == p.Me.ID {
			return false
		}
	}
	return true
}

var ordinals = []string{"", "First", "Second", "Third"}

func ordinal(place int64) string {
	if place > 0 && place < int64(len(ordinals)) {
		return ordinals[place]
	}
	return Number(place) + "th"
}

// entering lists what lifts one to each rung: "30 points".
func entering(r standing.Rung) string {
	if r.Enter == 0 {
		return "from the first day"
	}
	text := "at " + Plural(r.Enter, "point", "points")
	if r.Keep > 0 {
		text += ", kept with " + Number(r.Keep)
	}
	return text
}
