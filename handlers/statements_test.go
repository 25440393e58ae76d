package handlers_test

import (
	"strings"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/views"
)

// The most statements that a page may cost a member, in how many transactions: for the first time,
// and when nothing is new since. What is only looked at writes nothing, so that readers never queue
// behind SQLite's one writer.
func TestWhatAPageAsksOfTheDatabase(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := atDesk(t, club)
		hall := d.Topic(d.Open, "The hall is closed")
		clubtest.Must(d.Forum.Announce(t.Context(), d.Again(d.Owner), hall.ID, true, nil))(t) // it stands on home
		d.get("/")                                                                            // the club's settings and locks are in memory from here on
		for _, p := range []struct {
			name, path   string
			first, again int
		}{
			{"topic", d.topicPath(), 8, 7},
			{"space", views.SpaceAddress(d.Open.Slug), 10, 9},
			{"room", views.RoomAddress(d.Open.Slug), 12, 8},
			{"home", "/", 12, 12},
			{"search", "/search", 3, 3},
			{"answer", "/search?q=about", 12, 10},
		} {
			first := d.asked.During(func() { d.get(p.path) })
			again := d.asked.During(func() { d.get(p.path) })
			if writes := d.asked.Transactions(); writes != 0 {
				t.Errorf("the %s writes when nothing is new", p.name)
			}
			if len(first) > p.first || len(again) > p.again {
				t.Errorf("the %s asks %d, then %d statements; it may %d and %d", p.name, len(first), len(again), p.first, p.again)
			}
			t.Logf("%s: %d, then %d\n%s", p.name, len(first), len(again), strings.Join(again, "\n"))
		}
	})
}
