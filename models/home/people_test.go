package home_test

import (
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/id"
)

// A name stands beside its status and tier as they are at that moment: a rung that fell meanwhile, a
// grant that ended, somebody who never acted.
func TestPeopleStandAsTheyDoNow(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		people := func() map[id.ID]string {
			said := map[id.ID]string{}
			for key, p := range clubtest.Must(club.Home.People(t.Context(), []id.ID{club.Regular.ID, club.Stranger.ID, club.Paying.ID, club.Lapsed.ID, 1}))(t) {
				said[key] = p.Name + ", " + p.Rung.Name + ", " + p.Tier.Name
				of := clubtest.Must(club.Standing.Of(t.Context(), key))(t)
				if of.Rung != p.Rung {
					t.Errorf("%s stands on %q here and on %q there", p.Name, p.Rung.Name, of.Rung.Name)
				}
			}
			return said
		}
		now := people()
		if len(now) != 4 || now[club.Paying.ID] == now[club.Lapsed.ID] {
			t.Fatalf("people %v", now)
		}
		club.Clock.Turn(10 * 365 * 24 * time.Hour)
		later := people()
		if later[club.Regular.ID] == now[club.Regular.ID] {
			t.Errorf("after ten years the regular still is %q", now[club.Regular.ID])
		}
		if none := clubtest.Must(club.Home.People(t.Context(), nil))(t); len(none) != 0 {
			t.Errorf("nobody is %v", none)
		}
	})
}
