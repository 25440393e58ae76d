package search_test

import (
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
)

func TestTitlesAreFoundForWhoMayRead(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		locked := club.Space("Darkroom", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		beans, both := club.Topic(club.Open, "How do beans climb?"), club.Topic(club.Open, "Beans that climb on maize")
		hidden := club.Topic(locked, "Beans climb in here")
		is := func(what string, got []forum.Listed, err error, want ...forum.Topic) {
			t.Helper()
			clubtest.OK(t, err)
			if len(got) != len(want) {
				t.Fatalf("%s: %d topics, not %d", what, len(got), len(want))
			}
			for i := range want {
				if got[i].ID != want[i].ID {
					t.Errorf("%s: %q stands at %d", what, got[i].Title, i)
				}
			}
		}
		v := club.Again(club.Newcomer)
		got, err := club.Search.Similar(t.Context(), v, "My beans climb on the maize and fall", 5)
		is("like it", got, err, both, beans)
		got, err = club.Search.Similar(t.Context(), club.Again(club.Paying), "My beans climb on the maize", 5)
		is("like it, behind the door", got, err, both, hidden, beans)
		got, err = club.Search.Titled(t.Context(), v, "beans cli", 5)
		is("begun", got, err, both, beans)
		got, err = club.Search.Titled(t.Context(), v, "beans peas", 5)
		is("not all words", got, err)
		got, err = club.Search.Similar(t.Context(), v, "a of to", 5)
		is("no word that tells", got, err)
	})
}
