package chat_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/stream"
)

func room(t *testing.T, club *clubtest.Club) chat.Room {
	t.Helper()
	return clubtest.Must(club.Chat.Room(t.Context(), club.Again(club.Owner), club.Open.ID))(t)
}

func say(t *testing.T, club *clubtest.Club, v access.Viewer, r chat.Room, text string) chat.Message {
	t.Helper()
	return clubtest.Must(club.Chat.Send(t.Context(), v, r.ID, chat.Draft{Key: club.Key(), Text: text}))(t)
}

// TestManySendersGetOneGaplessSequence, with a refused one among them that harms nobody.
func TestManySendersGetOneGaplessSequence(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := room(t, club)
		const senders, each = 8, 12
		var wait sync.WaitGroup
		var mu sync.Mutex
		seen := map[int64]string{}
		for s := range senders {
			v := club.Join(fmt.Sprintf("talker_%d", s))
			wait.Go(func() {
				for i := range each {
					m, err := club.Chat.Send(t.Context(), v, r.ID, chat.Draft{Key: fmt.Sprintf("k%d-%d", s, i), Text: fmt.Sprintf("%d of %d", i, s)})
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					if before, twice := seen[m.Seq]; twice {
						t.Errorf("%q and %q share number %d", before, m.Plain, m.Seq)
					}
					seen[m.Seq] = m.Plain
					mu.Unlock()
				}
			})
		}
		wait.Go(func() {
			for range each {
				if _, err := club.Chat.Send(t.Context(), club.Suspended, r.ID, chat.Draft{Key: club.Key(), Text: "Buy."}); problem.Of(err) == nil {
					t.Errorf("the suspended spoke: %v", err)
				}
			}
		})
		wait.Wait()
		changes, now, whole, err := club.Streams.Since(t.Context(), r.ID, 0)
		clubtest.OK(t, err)
		if !whole || now != senders*each || len(changes) != senders*each {
			t.Fatalf("%d changes up to %d, whole %v", len(changes), now, whole)
		}
		for i, c := range changes {
			if c.Seq != int64(i+1) || c.Kind != stream.Added {
				t.Fatalf("change %d is %+v", i, c)
			}
		}
	})
}

func TestTheSameKeyTwiceIsSaidOnce(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := room(t, club)
		d := chat.Draft{Key: club.Key(), Text: "Once."}
		a := clubtest.Must(club.Chat.Send(t.Context(), club.Newcomer, r.ID, d))(t)
		b := clubtest.Must(club.Chat.Send(t.Context(), club.Newcomer, r.ID, d))(t)
		if a.ID != b.ID || a.Seq != b.Seq {
			t.Fatalf("%+v and %+v", a, b)
		}
		s := clubtest.Must(club.Chat.Last(t.Context(), club.Newcomer, r))(t)
		if len(s.Messages) != 1 || s.Seq != 1 {
			t.Fatalf("%d messages, sequence %d", len(s.Messages), s.Seq)
		}
	})
}

func TestARightLostWhileQueuedIsRefusedInTheBatch(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		sp := club.Space("Lounge", map[access.Verb]access.Lock{access.Chat: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		r := clubtest.Must(club.Chat.Room(t.Context(), club.Again(club.Owner), sp.ID))(t)
		v := club.Join("nina")
		club.Give(v, club.Patron, time.Minute)
		v = club.Again(v)
		say(t, club, v, r, "In time.")
		club.Clock.Turn(time.Minute) // v is as the page has it: still inside
		_, err := club.Chat.Send(t.Context(), v, r.ID, chat.Draft{Key: club.Key(), Text: "Too late."})
		clubtest.Refused(t, err, "opens with Patron")
		clubtest.Must(club.Chat.Last(t.Context(), club.Again(v), r))(t) // reading is still open
	})
}

func TestHistoryGoesBothWaysWithoutHoles(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := room(t, club)
		const all = chat.PageSize*2 + 7
		for i := range all {
			say(t, club, club.Owner, r, fmt.Sprintf("Line %d", i))
		}
		var back []string
		s := clubtest.Must(club.Chat.Last(t.Context(), club.Newcomer, r))(t)
		if s.After != 0 {
			t.Fatal("something comes after the last")
		}
		for {
			page := make([]string, 0, len(s.Messages))
			for _, m := range s.Messages {
				page = append(page, m.Plain)
			}
			back = append(page, back...)
			if s.Before == 0 {
				break
			}
			s = clubtest.Must(club.Chat.Back(t.Context(), club.Newcomer, r, s.Before))(t)
		}
		if len(back) != all || back[0] != "Line 0" || back[all-1] != fmt.Sprintf("Line %d", all-1) {
			t.Fatalf("%d lines from %q to %q", len(back), back[0], back[len(back)-1])
		}
		on := clubtest.Must(club.Chat.On(t.Context(), club.Newcomer, r, 3))(t)
		if on.Messages[0].Seq != 4 || on.After == 0 || on.Before != 4 {
			t.Fatalf("on from 3: %d, after %d, before %d", on.Messages[0].Seq, on.After, on.Before)
		}
	})
}

func TestChangingAMessage(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := room(t, club)
		m := say(t, club, club.Newcomer, r, "Mine was 3:45 at 39 °C")
		_, err := club.Chat.Edit(t.Context(), club.Regular, m.ID, "Nonsense.")
		clubtest.Refused(t, err, "Only its author")
		edited := clubtest.Must(club.Chat.Edit(t.Context(), club.Newcomer, m.ID, "Mine was 3:45 at 38 °C"))(t)
		if edited.EditedAt == nil || !strings.Contains(edited.HTML, "38") {
			t.Fatalf("%+v", edited)
		}
		_, err = club.Chat.React(t.Context(), club.Newcomer, m.ID, "thanks", true)
		clubtest.Refused(t, err, "what others wrote")
		clubtest.Must(club.Chat.React(t.Context(), club.Regular, m.ID, "thanks", true))(t)
		_, given, err := club.Chat.Drawn(t.Context(), r.ID, ids(m))
		clubtest.OK(t, err)
		if g := given[m.ID]; len(g) != 1 || g[0].N != 1 {
			t.Fatalf("given %+v", g)
		}
		_, err = club.Chat.Remove(t.Context(), club.Regular, m.ID, "")
		clubtest.Refused(t, err, "Only its author and the moderators")
		clubtest.Must(club.Chat.Remove(t.Context(), club.Moderator, m.ID, "Sold things."))(t)
		drawn, _, err := club.Chat.Drawn(t.Context(), r.ID, ids(m))
		clubtest.OK(t, err)
		if len(drawn) != 1 || drawn[0].HTML+drawn[0].Source+drawn[0].Plain != "" {
			t.Fatal("a removed message is told with its text")
		}
		_, err = club.Chat.Edit(t.Context(), club.Newcomer, m.ID, "Back again.")
		clubtest.Missing(t, err)
		changes, _, _, err := club.Streams.Since(t.Context(), r.ID, 0)
		clubtest.OK(t, err)
		var kinds []string
		for _, c := range changes {
			kinds = append(kinds, c.Kind)
		}
		if got := strings.Join(kinds, " "); got != "added edited reacted removed" {
			t.Fatalf("changes %q", got)
		}
	})
}

func TestReadingARoom(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := room(t, club)
		v := club.Newcomer
		clubtest.OK(t, club.Chat.ReadUpTo(t.Context(), v, r.ID, 0))
		say(t, club, v, r, "My own.")
		for range 3 {
			say(t, club, club.Regular, r, "Hello, @newt.")
		}
		if n := unread(t, club, v, r); n != 3 {
			t.Fatalf("%d unread", n)
		}
		if n, _ := club.Bell.Unread(t.Context(), club.Again(v)); n != 3 {
			t.Fatalf("%d notifications", n)
		}
		clubtest.OK(t, club.Chat.ReadUpTo(t.Context(), v, r.ID, 1_000))
		clubtest.OK(t, club.Chat.ReadUpTo(t.Context(), v, r.ID, 1)) // never back
		left := unread(t, club, v, r)
		if n, _ := club.Bell.Unread(t.Context(), club.Again(v)); left != 0 || n != 0 {
			t.Fatalf("still unread: %d, %d notifications", left, n)
		}
	})
}

// unread is how many messages of r are new to v, as the sidebar says it.
func unread(t *testing.T, club *clubtest.Club, v access.Viewer, r chat.Room) int64 {
	t.Helper()
	beside := clubtest.Must(club.Home.Beside(t.Context(), club.Again(v), clubtest.Start))(t)
	e := beside.Entry(r.SpaceID)
	if e == nil || e.Room != r.ID {
		t.Fatalf("the room is not in the sidebar: %+v", e)
	}
	return e.Unread
}

func TestReplayIsBounded(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := room(t, club)
		for i := range 5 {
			say(t, club, club.Owner, r, fmt.Sprintf("Line %d", i))
		}
		if _, _, whole, _ := club.Streams.Since(t.Context(), r.ID, 9); whole {
			t.Fatal("a sequence that never was is replayed")
		}
		club.Clock.Turn(stream.Kept + time.Hour)
		say(t, club, club.Owner, r, "Later.")
		if gone := clubtest.Must(club.Streams.Sweep(t.Context(), 100))(t); gone != 5 {
			t.Fatalf("%d swept", gone)
		}
		if _, _, whole, _ := club.Streams.Since(t.Context(), r.ID, 2); whole {
			t.Fatal("a hole is said to be whole")
		}
		changes, _, whole, err := club.Streams.Since(t.Context(), r.ID, 5)
		if err != nil || !whole || len(changes) != 1 {
			t.Fatalf("%d changes, whole %v, %v", len(changes), whole, err)
		}
	})
}

func ids(m chat.Message) []id.ID { return []id.ID{m.ID} }

// A topic has a place too, but nothing is said there.
func TestATopicIsNoRoom(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Standing water")
		_, err := club.Chat.Send(t.Context(), club.Again(club.Regular), topic.ID, chat.Draft{Key: club.Key(), Text: "Is this on?"})
		clubtest.Missing(t, err)
	})
}
