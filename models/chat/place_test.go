package chat_test

import (
	"fmt"
	"testing"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/problem"
)

// heard is how much the sidebar says of the open room.
func heard(t *testing.T, club *clubtest.Club, v access.Viewer) int64 {
	t.Helper()
	b := clubtest.Must(club.Home.Beside(t.Context(), club.Again(v), clubtest.Start))(t)
	return b.Entry(club.Open.ID).Unread
}

func TestARoomOpensAroundAMessage(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r, v := room(t, club), club.Newcomer
		var all []chat.Message
		for i := range chat.PageSize * 2 {
			all = append(all, say(t, club, v, r, fmt.Sprint("Number ", i)))
		}
		at := all[chat.PageSize]
		s, root, err := club.Chat.Around(t.Context(), v, r, at.ID)
		clubtest.OK(t, err)
		if root != 0 || len(s.Messages) != chat.PageSize || s.Messages[0].Seq >= at.Seq || s.Messages[len(s.Messages)-1].Seq <= at.Seq {
			t.Fatalf("%d messages from %d on around %d", len(s.Messages), s.Messages[0].Seq, at.Seq)
		}
		back := clubtest.Must(club.Chat.Back(t.Context(), v, r, s.Before))(t)
		on := clubtest.Must(club.Chat.On(t.Context(), v, r, s.After))(t)
		if n := len(back.Messages) + len(s.Messages) + len(on.Messages); n != len(all) || back.Before != 0 || on.After != 0 {
			t.Errorf("both ways from there are %d messages of %d", n, len(all))
		}
		if last := back.Messages[len(back.Messages)-1].Seq; last >= s.Messages[0].Seq {
			t.Errorf("what came before ends at %d, and it begins at %d", last, s.Messages[0].Seq)
		}
		_, _, err = club.Chat.Around(t.Context(), v, chat.Room{ID: 7, SpaceID: r.SpaceID}, at.ID)
		if problem.Of(err) == nil {
			t.Errorf("a message opens another room than its own: %v", err)
		}
	})
}

func TestMarkedUnreadFromHere(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r, v, ctx := room(t, club), club.Newcomer, t.Context()
		say(t, club, v, r, "Hello.")
		var all []chat.Message
		for i := range 3 {
			all = append(all, say(t, club, club.Regular, r, fmt.Sprint("Number ", i)))
		}
		clubtest.OK(t, club.Chat.ReadUpTo(ctx, v, r.ID, all[2].Seq))
		if n := heard(t, club, v); n != 0 {
			t.Fatalf("%d are unread after reading", n)
		}
		clubtest.OK(t, club.Chat.UnreadFrom(ctx, v, all[1].ID))
		if n := heard(t, club, v); n != 2 {
			t.Errorf("%d are unread from the second on", n)
		}
		clubtest.OK(t, club.Chat.UnreadFrom(ctx, v, all[2].ID)) // it goes back, and never on
		if s := clubtest.Must(club.Chat.Last(ctx, v, r))(t); s.ReadSeq != all[1].Seq-1 {
			t.Errorf("read up to %d", s.ReadSeq)
		}
	})
}

func TestALevelDecidesWhatIsCountedAndTold(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r, v, ctx := room(t, club), club.Newcomer, t.Context()
		say(t, club, v, r, "Hello.")
		clubtest.OK(t, club.Chat.ReadUpTo(ctx, v, r.ID, 1))
		for _, c := range []struct {
			level       chat.Level
			count, bell int64
		}{{chat.All, 2, 1}, {chat.Mentions, 1, 1}, {chat.Muted, 0, 0}} {
			clubtest.OK(t, club.Chat.SetLevel(ctx, v, r.ID, c.level))
			say(t, club, club.Regular, r, "To everybody.")
			m := say(t, club, club.Regular, r, "To @newt alone.")
			if n := heard(t, club, v); n != c.count {
				t.Errorf("at level %d the room counts %d, and not %d", c.level, n, c.count)
			}
			if n := clubtest.Must(club.Bell.Unread(ctx, v))(t); n != c.bell {
				t.Errorf("at level %d the bell says %d, and not %d", c.level, n, c.bell)
			}
			clubtest.OK(t, club.Chat.ReadUpTo(ctx, v, r.ID, m.Seq))
		}
		err := club.Chat.SetLevel(ctx, v, r.ID, 7)
		clubtest.Refused(t, err, "three levels")
		err = club.Chat.SetLevel(ctx, club.Guest, r.ID, chat.Muted)
		if problem.Of(err) == nil {
			t.Errorf("a guest sets a level: %v", err)
		}
	})
}
