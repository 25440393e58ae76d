package forum_test

import (
	"testing"

	"guildhall/models/clubtest"
)

// Who replies has not read what stands between: the mark stays, and goes on once they come to it. Where they had
// read all of it, their own post is read too.
func TestOnesOwnReplyReadsNothingElse(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Garden plans")
		read := func() int64 {
			return clubtest.Must(club.Forum.Topic(t.Context(), club.Again(club.Regular), topic.ID))(t).ReadNumber
		}
		clubtest.OK(t, club.Forum.ReadUpTo(t.Context(), club.Again(club.Regular), topic.ID, 1))
		club.Reply(club.Regular, topic, "Beans?")
		if read() != 2 {
			t.Fatalf("read up to %d of 2, all of which was seen", read())
		}
		club.Reply(club.Paying, topic, "Peas.")
		club.Reply(club.Regular, topic, "Or both.")
		if read() != 2 {
			t.Fatalf("read up to %d, and post 3 was not seen", read())
		}
		clubtest.OK(t, club.Forum.ReadUpTo(t.Context(), club.Again(club.Regular), topic.ID, 4))
		if read() != 4 {
			t.Errorf("read up to %d of 4", read())
		}
	})
}
