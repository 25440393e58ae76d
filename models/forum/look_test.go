package forum_test

import (
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
)

// A look that the page's own keys allow is one statement; keys that changed since then decide anew.
func TestALookIsNotedByTheKeysOfNow(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Read it twice")
		for range 3 {
			club.Reply(club.Regular, topic, "Once more.")
		}
		v := club.Again(club.Newcomer)
		listed := clubtest.Must(club.Forum.Topic(t.Context(), v, topic.ID))(t)
		asked := club.Statements()
		if n := len(asked.During(func() { clubtest.Must(0, club.Forum.Look(t.Context(), v, listed, forum.Sight{UpTo: 3}))(t) })); n != 1 {
			t.Errorf("a look costs %d statements", n)
		}
		read := func() int64 {
			return clubtest.Must(club.Forum.Topic(t.Context(), club.Again(v), topic.ID))(t).ReadNumber
		}
		if got := read(); got != 3 {
			t.Fatalf("read up to %d, not 3", got)
		}
		clubtest.Must(0, club.Forum.Look(t.Context(), v, listed, forum.Sight{UpTo: 99}))(t) // never past the end
		clubtest.Must(0, club.Forum.Look(t.Context(), v, listed, forum.Sight{UpTo: 2}))(t)  // nor back
		if got := read(); got != 4 {
			t.Fatalf("read up to %d, not 4", got)
		}

		late := club.Topic(club.Open, "Read by nobody who is out")
		listed = clubtest.Must(club.Forum.Topic(t.Context(), v, late.ID))(t)
		club.Suspend(v.ID, "For the test.")
		if err := club.Forum.Look(t.Context(), v, listed, forum.Sight{UpTo: 1}); err == nil {
			t.Error("somebody who was suspended since the page was asked for has read it")
		}
		clubtest.Must(club.Forum.Hide(t.Context(), club.Again(club.Owner), late.ID, true))(t)
		w := club.Again(club.Stranger)
		if err := club.Forum.Look(t.Context(), w, listed, forum.Sight{UpTo: 1}); err == nil {
			t.Error("what was hidden since has been read")
		}
	})
}
