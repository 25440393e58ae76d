package chat_test

import (
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/problem"
)

func answers(t *testing.T, club *clubtest.Club, v access.Viewer, root chat.Message, text string) chat.Message {
	t.Helper()
	return clubtest.Must(club.Chat.Send(t.Context(), v, root.RoomID, chat.Draft{Key: club.Key(), Text: text, Root: root.ID}))(t)
}

func TestAThreadHasItsOwnUnread(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r, ctx := room(t, club), t.Context()
		root := say(t, club, club.Newcomer, r, "Who brings the tripod?")
		clubtest.OK(t, club.Chat.ReadUpTo(ctx, club.Newcomer, r.ID, root.Seq))
		first := answers(t, club, club.Regular, root, "I do.")
		second := answers(t, club, club.Paying, first, "And I the rest.") // an answer to an answer
		if second.RootID == nil || *second.RootID != root.ID {
			t.Fatalf("an answer to an answer stands in %v", second.RootID)
		}
		s := clubtest.Must(club.Chat.Last(ctx, club.Newcomer, r))(t)
		if len(s.Messages) != 1 || s.Messages[0].Replies != 2 || len(s.Messages[0].RepliedBy()) != 2 || s.Messages[0].RepliedBy()[0] != club.Paying.ID {
			t.Fatalf("the room shows %+v", s.Messages)
		}
		if n := heard(t, club, club.Newcomer); n != 0 {
			t.Errorf("the room counts %d of its threads", n)
		}
		late := func(v access.Viewer) int64 {
			all := clubtest.Must(club.Chat.Followed(ctx, club.Again(v), r))(t)
			if len(all) == 0 {
				return -1
			}
			return all[0].Late
		}
		if begun, wrote, reads := late(club.Newcomer), late(club.Regular), late(club.Moderator); begun != 2 || wrote != 1 || reads != -1 {
			t.Errorf("unread of who began it %d, who wrote in it %d, who did not %d", begun, wrote, reads)
		}
		if n := clubtest.Must(club.Bell.Unread(ctx, club.Again(club.Newcomer)))(t); n != 2 {
			t.Errorf("the bell says %d", n)
		}
		clubtest.OK(t, club.Chat.ReadUpTo(ctx, club.Newcomer, r.ID, second.Seq+5)) // reading the room reads no thread
		if n := late(club.Newcomer); n != 2 {
			t.Errorf("%d are unread in the thread after reading the room", n)
		}
		thread := clubtest.Must(club.Chat.Thread(ctx, club.Newcomer, r, first.ID, 0, 0))(t)
		if thread.Root.ID != root.ID || len(thread.Messages) != 2 || !thread.Follows {
			t.Fatalf("the thread is %+v", thread)
		}
		clubtest.OK(t, club.Chat.LookAtThread(ctx, club.Newcomer, thread))
		if n := late(club.Newcomer); n != 0 {
			t.Errorf("%d are unread after looking", n)
		}
		if n := clubtest.Must(club.Bell.Unread(ctx, club.Again(club.Newcomer)))(t); n != 0 {
			t.Errorf("the bell says %d after looking", n)
		}
		clubtest.OK(t, club.Chat.FollowThread(ctx, club.Newcomer, root.ID, false))
		answers(t, club, club.Regular, root, "Until ten.")
		if n := clubtest.Must(club.Bell.Unread(ctx, club.Again(club.Newcomer)))(t); n != 0 {
			t.Errorf("who follows no more is told %d", n)
		}
		clubtest.Must(club.Chat.Remove(ctx, club.Paying, second.ID, ""))(t)
		s = clubtest.Must(club.Chat.Last(ctx, club.Newcomer, r))(t)
		if by := s.Messages[0].RepliedBy(); s.Messages[0].Replies != 2 || len(by) != 1 || by[0] != club.Regular.ID {
			t.Errorf("after a removal the room shows %d by %v", s.Messages[0].Replies, by)
		}
		_, err := club.Chat.Send(ctx, club.Regular, r.ID, chat.Draft{Key: club.Key(), Text: "To nothing.", Root: id.ID(77)})
		clubtest.Refused(t, err, "not here any more")
	})
}

func TestAMessageOfAnotherRoomHasNoThreadHere(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		club.Space("Lounge", nil)
		other := club.Space("Darkroom", map[access.Verb]access.Lock{access.See: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		hidden := clubtest.Must(club.Chat.Room(t.Context(), club.Again(club.Owner), other.ID))(t)
		root := say(t, club, club.Again(club.Paying), hidden, "Of the darkroom.")
		r := room(t, club)
		_, err := club.Chat.Thread(t.Context(), club.Newcomer, r, root.ID, 0, 0)
		if problem.Of(err) == nil {
			t.Errorf("a thread of a closed room opens in another: %v", err)
		}
		_, err = club.Chat.Send(t.Context(), club.Newcomer, r.ID, chat.Draft{Key: club.Key(), Text: "There?", Root: root.ID})
		clubtest.Refused(t, err, "not here any more")
	})
}

func TestWhatAMessageSaidBeforeIsKept(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r, ctx := room(t, club), t.Context()
		m := say(t, club, club.Newcomer, r, "One.")
		for _, text := range []string{"Two.", "Three.", "Three."} {
			clubtest.Must(club.Chat.Edit(ctx, club.Newcomer, m.ID, text))(t)
		}
		all := clubtest.Must(club.Chat.History(ctx, club.Regular, r, m.ID))(t)
		var said []string
		for _, v := range all {
			said = append(said, v.Source)
		}
		if got := strings.Join(said, " "); got != "One. Two. Three." {
			t.Errorf("it said %q", got)
		}
		_, err := club.Chat.Remove(ctx, club.Moderator, m.ID, " ")
		clubtest.Refused(t, err, "Say why")
		clubtest.Must(club.Chat.Remove(ctx, club.Moderator, m.ID, "Sold things."))(t)
		if all := clubtest.Must(club.Chat.History(ctx, club.Regular, r, m.ID))(t); len(all) != 0 {
			t.Errorf("a removed message still tells what it said: %v", all)
		}
	})
}

func TestPinsHaveACapAndAKeeper(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r, ctx := room(t, club), t.Context()
		var last chat.Message
		for range chat.MaxPinned {
			last = say(t, club, club.Newcomer, r, "Keep this.")
			clubtest.Must(club.Chat.Pin(ctx, club.Moderator, last.ID, true))(t)
		}
		more := say(t, club, club.Newcomer, r, "And this.")
		_, err := club.Chat.Pin(ctx, club.Newcomer, more.ID, true)
		clubtest.Refused(t, err, "moderators")
		_, err = club.Chat.Pin(ctx, club.Moderator, more.ID, true)
		clubtest.Refused(t, err, "at most 50")
		clubtest.Must(club.Chat.Pin(ctx, club.Moderator, last.ID, false))(t)
		clubtest.Must(club.Chat.Pin(ctx, club.Moderator, more.ID, true))(t)
		all := clubtest.Must(club.Chat.Pinned(ctx, club.Newcomer, r))(t)
		if len(all) != chat.MaxPinned || *all[0].PinnedBy != club.Moderator.ID {
			t.Errorf("%d are pinned", len(all))
		}
	})
}

func TestWordsAreForwardedOnlyToWhoMayReadThem(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, open := t.Context(), room(t, club)
		sp := club.Space("Darkroom", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		gated := clubtest.Must(club.Chat.Room(ctx, club.Again(club.Owner), sp.ID))(t)
		paul := club.Again(club.Paying)
		inside, outside := say(t, club, paul, gated, "Of the inside."), say(t, club, paul, open, "Of the outside.")
		_, err := club.Chat.Forward(ctx, paul, inside.ID, open.ID, chat.Draft{Key: club.Key()})
		clubtest.Refused(t, err, "cannot read this one")
		m := clubtest.Must(club.Chat.Forward(ctx, paul, outside.ID, gated.ID, chat.Draft{Key: club.Key(), Text: "Look."}))(t)
		if m.RoomID != gated.ID || *m.OriginID != outside.ID || !strings.Contains(m.Source, outside.ID.String()) || !strings.Contains(m.Plain, "Of the outside.") {
			t.Errorf("it was forwarded as %q", m.Source)
		}
		_, err = club.Chat.Forward(ctx, club.Newcomer, inside.ID, open.ID, chat.Draft{Key: club.Key()})
		if problem.Of(err) == nil {
			t.Errorf("who may not read it forwards it: %v", err)
		}
	})
}

func TestMessagesBecomeATopic(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r, ctx := room(t, club), t.Context()
		a, b := say(t, club, club.Newcomer, r, "First this."), say(t, club, club.Regular, r, "Then that.")
		turn := chat.Turning{Messages: []id.ID{b.ID, a.ID}, Title: "What was said of it", Key: club.Key()}
		_, err := club.Chat.Turn(ctx, club.Suspended, r, turn)
		if problem.Of(err) == nil {
			t.Fatalf("the suspended makes a topic: %v", err)
		}
		made := clubtest.Must(club.Chat.Turn(ctx, club.Paying, r, turn))(t)
		again := clubtest.Must(club.Chat.Turn(ctx, club.Paying, r, turn))(t)
		if again.ID != made.ID {
			t.Errorf("the same key made %v and %v", made, again)
		}
		s := clubtest.Must(club.Chat.Last(ctx, club.Newcomer, r))(t)
		for _, m := range s.Messages {
			if m.TopicID == nil || *m.TopicID != made.ID {
				t.Errorf("%q does not point to the topic", m.Plain)
			}
		}
		turn.Messages, turn.Key = append(turn.Messages, id.ID(77)), club.Key()
		_, err = club.Chat.Turn(ctx, club.Paying, r, turn)
		clubtest.Refused(t, err, "not here any more")
	})
}
