package views

import (
	"strconv"
	"time"

	"guildhall/models/forum"
)

// ReadingAddress is where a member says how they read.
const ReadingAddress = "/settings/reading"

// ReadingPage is how a member reads: what happens by itself, and whom they ignore.
type ReadingPage struct {
	forum.Ways
	Ignored []Ignored // the latest first
}

// Ignored is one whom a member ignores.
type Ignored struct {
	Person Person
	Since  time.Time
	Until  *time.Time
}

// Head names the page.
func (p ReadingPage) Head() Head { return SettingsHead("Reading") }

func (p ReadingPage) tracks() (all []Option) {
	for _, n := range forum.TrackAfters {
		text := "After " + Plural(int64(n), "minute", "minutes")
		switch n {
		case 60:
			text = "After an hour"
		case -1:
			text = "Never by itself"
		}
		all = append(all, Option{strconv.Itoa(n), text})
	}
	return all
}

func (p ReadingPage) replies() []Option {
	return []Option{{"3", "Watching: tell me of every post"}, {"2", "Tracking: count what is new"}, {"1", "Nothing by itself"}}
}
