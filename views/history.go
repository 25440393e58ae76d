package views

import (
	"strconv"

	"guildhall/models/diff"
	"guildhall/models/forum"
	"guildhall/models/id"
)

// HistoryAddress is where it can be read what a post said before.
func (p Posted) HistoryAddress() string { return p.root() + "/history" }

// HistoryPage is what a post said, version by version, and what one of them changed.
type HistoryPage struct {
	Posted
	Versions []forum.Version // the oldest first
	Chosen   int             // the index of the one that is shown
	Before   int             // of the one that it is compared with; -1: of none
	Parts    []diff.Part
	People   map[id.ID]Person
	Keeps    bool // moderates here
	Why      string
	Faults   Faults
}

// Head names the page.
func (p HistoryPage) Head() Head {
	at := SpaceAddress(p.In.Slug)
	return Head{
		Title: "History of post " + Number(p.Number), Here: at, Tab: SpacesTab,
		Crumbs: []Crumb{{p.In.Name, at}, {p.Topic.Title, p.address()}, {Text: "History"}},
	}
}

func (p HistoryPage) chosen() forum.Version { return p.Versions[p.Chosen] }

// shows tells whether the words of a version are the reader's to read.
func (p HistoryPage) shows(v forum.Version) bool { return p.Keeps || !v.Hidden() }

// hides tells whether the chosen version can be taken out of sight: what the post says now cannot.
func (p HistoryPage) hides() bool { return p.Keeps && p.Chosen < len(p.Versions)-1 }

func (p HistoryPage) at(v forum.Version) string {
	return with(p.HistoryAddress(), "version", strconv.Itoa(v.Number))
}

// heading says what is compared.
func (p HistoryPage) heading() string {
	if p.Before < 0 {
		return "Version " + strconv.Itoa(p.chosen().Number)
	}
	return "Version " + strconv.Itoa(p.chosen().Number) + ", compared with version " + strconv.Itoa(p.Versions[p.Before].Number)
}

// legend sums up what changed: "2 passages added, 1 taken out".
func legend(parts []diff.Part) string {
	var come, gone int64
	for _, p := range parts {
		switch p.Op {
		case diff.Come:
			come++
		case diff.Gone:
			gone++
		}
	}
	if come+gone == 0 {
		return "Nothing is different."
	}
	return Plural(come, "passage", "passages") + " added, " + Number(gone) + " taken out"
}
