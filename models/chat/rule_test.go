package chat_test

import (
	"slices"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/safety"
	"guildhall/models/store"
)

func govern(t *testing.T, club *clubtest.Club, v access.Viewer, r chat.Room, o chat.Rules) error {
	t.Helper()
	return club.Chat.Govern(t.Context(), club.Again(v), r.ID, o)
}

func TestASlowRoomSaysWhen(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := room(t, club)
		clubtest.Refused(t, govern(t, club, club.Moderator, r, chat.Rules{SlowSeconds: 60}), "Say why")
		clubtest.Refused(t, govern(t, club, club.Regular, r, chat.Rules{}), "moderators")
		clubtest.OK(t, govern(t, club, club.Moderator, r, chat.Rules{SlowSeconds: 60, SlowWhy: "It boils over."}))
		send := func(v access.Viewer, key string) error {
			_, err := club.Chat.Send(t.Context(), club.Again(v), r.ID, chat.Draft{Key: key, Text: "Hello."})
			return err
		}
		first := club.Key()
		clubtest.OK(t, send(club.Regular, first))
		err := send(club.Regular, club.Key())
		clubtest.Refused(t, err, "again in 60 seconds")
		if p := problem.Of(err); p.Kind != problem.KindTooSoon || p.Wait != time.Minute {
			t.Fatalf("%+v", p)
		}
		clubtest.OK(t, send(club.Regular, first)) // it was said already
		clubtest.OK(t, send(club.Paying, club.Key()))
		clubtest.OK(t, send(club.Moderator, club.Key()))
		clubtest.OK(t, send(club.Moderator, club.Key()))
		now := clubtest.Must(club.Chat.Room(t.Context(), club.Again(club.Regular), club.Open.ID))(t)
		if wait := clubtest.Must(club.Chat.Wait(t.Context(), club.Again(club.Regular), now))(t); wait != time.Minute {
			t.Errorf("the page says %v", wait)
		}
		if now.SlowBy == nil || *now.SlowBy != club.Moderator.ID || now.SlowWhy != "It boils over." {
			t.Errorf("slowed by %v: %q", now.SlowBy, now.SlowWhy)
		}
		club.Clock.Turn(time.Minute)
		clubtest.OK(t, send(club.Regular, club.Key()))
		var lines int64
		clubtest.OK(t, club.Store.Read(t.Context()).Table("audits").Where("what = 'room.slowed' and by_id = ? and why = 'It boils over.'", club.Moderator.ID).Count(&lines).Error)
		if lines != 1 {
			t.Errorf("%d lines of the log", lines)
		}
	})
}

func TestAReadOnlyRoomHearsItsKeepers(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := room(t, club)
		own := say(t, club, club.Regular, r, "Before.")
		clubtest.OK(t, govern(t, club, club.Moderator, r, chat.Rules{ReadOnly: true, Topic: " News  of the day ", Manners: "Be **kind**."}))
		_, err := club.Chat.Send(t.Context(), club.Again(club.Regular), r.ID, chat.Draft{Key: club.Key(), Text: "Hello."})
		clubtest.Refused(t, err, "read-only")
		_, err = club.Chat.Edit(t.Context(), club.Again(club.Regular), own.ID, "After.")
		clubtest.Refused(t, err, "read-only")
		say(t, club, club.Moderator, r, "The news.")
		now := clubtest.Must(club.Chat.Room(t.Context(), club.Again(club.Regular), club.Open.ID))(t)
		if now.Topic != "News of the day" || now.MannersHTML != "<p>Be <strong>kind</strong>.</p>" {
			t.Errorf("topic %q, manners %q", now.Topic, now.MannersHTML)
		}
		clubtest.OK(t, govern(t, club, club.Moderator, r, chat.Rules{Archived: true}))
		reader := club.Again(club.Paying)
		shut := clubtest.Must(club.Chat.Room(t.Context(), reader, club.Open.ID))(t)
		clubtest.OK(t, club.Chat.Look(t.Context(), reader, shut, clubtest.Must(club.Chat.Last(t.Context(), reader, shut))(t)))
		clubtest.OK(t, club.Chat.SetLevel(t.Context(), reader, r.ID, chat.Muted))
		_, err = club.Chat.Pin(t.Context(), club.Again(club.Moderator), own.ID, true)
		clubtest.Refused(t, err, "archived")
		_, err = club.Chat.Send(t.Context(), club.Again(club.Moderator), r.ID, chat.Draft{Key: club.Key(), Text: "Hello."})
		clubtest.Refused(t, err, "archived")
		clubtest.OK(t, govern(t, club, club.Moderator, r, chat.Rules{}))
		say(t, club, club.Regular, r, "Open again.")
	})
}

// What is older than its room keeps goes for good, and all that hung on it; what is pinned or reported stays.
func TestARoomKeepsMessagesForSomeDays(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		r := room(t, club)
		old := say(t, club, club.Regular, r, "Of old.")
		clubtest.Must(club.Chat.Edit(t.Context(), club.Again(club.Regular), old.ID, "Of old, and changed."))(t)
		clubtest.Must(club.Chat.React(t.Context(), club.Again(club.Paying), old.ID, "thanks", true))(t)
		root, pinned, reported := say(t, club, club.Regular, r, "The root."), say(t, club, club.Regular, r, "The rules."), say(t, club, club.Regular, r, "A slander.")
		kept := say(t, club, club.Regular, r, "The rules of old.")
		for _, m := range []chat.Message{pinned, kept} {
			clubtest.Must(club.Chat.Pin(t.Context(), club.Again(club.Moderator), m.ID, true))(t)
		}
		clubtest.OK(t, club.Safety.Report(t.Context(), club.Again(club.Paying), safety.Complaint{Kind: safety.OfMessage, Subject: reported.ID, Reason: "hostile"}))
		gone := say(t, club, club.Regular, r, "Taken back.")
		clubtest.Must(club.Chat.Remove(t.Context(), club.Again(club.Regular), gone.ID, ""))(t)
		counted := func() int64 {
			return clubtest.Must(store.Value[int64](club.Store.Read(t.Context()).Raw("select count(*) from acts where voided_at is null and kind = 'message'")))(t)
		}
		earned := counted()

		clubtest.Refused(t, govern(t, club, club.Moderator, r, chat.Rules{KeepDays: 30}), "owners")
		clubtest.Refused(t, govern(t, club, club.Owner, r, chat.Rules{KeepDays: 4000}), "3650 days")
		clubtest.Refused(t, govern(t, club, club.Owner, r, chat.Rules{KeepDays: 30}), "deleted for good")
		clubtest.OK(t, govern(t, club, club.Owner, r, chat.Rules{KeepDays: 30, Sure: true}))
		sweep := func() (all int64) {
			t.Helper()
			for {
				n := clubtest.Must(club.Chat.SweepRooms(t.Context(), 2))(t)
				if all += n; n == 0 {
					return all
				}
			}
		}
		if n := sweep(); n != 0 {
			t.Fatalf("%d went that are of today", n)
		}
		club.Clock.Turn(29 * 24 * time.Hour)
		answer := clubtest.Must(club.Chat.Send(t.Context(), club.Again(club.Paying), r.ID, chat.Draft{Key: club.Key(), Text: "An answer.", Root: root.ID}))(t)
		club.Clock.Turn(25 * time.Hour)
		if n := sweep(); n != 3 {
			t.Fatalf("%d went, not three", n)
		}
		v := club.Again(club.Paying)
		now := clubtest.Must(club.Chat.Room(t.Context(), v, club.Open.ID))(t)
		last := clubtest.Must(club.Chat.Last(t.Context(), v, now))(t)
		var shown []string
		for _, m := range last.Messages {
			shown = append(shown, m.Source)
		}
		if !slices.Equal(shown, []string{pinned.Source, reported.Source, kept.Source}) && !slices.Equal(shown, []string{"", pinned.Source, reported.Source, kept.Source}) {
			t.Errorf("the room shows %q", shown)
		}
		thread := clubtest.Must(club.Chat.Thread(t.Context(), v, now, root.ID, 0, 0))(t)
		if thread.Root.Source != "" || len(thread.Messages) != 1 || thread.Messages[0].ID != answer.ID {
			t.Errorf("the thread is %+v", thread)
		}
		for _, left := range []string{
			"select count(*) from messages where id in (?, ?, ?) and (source <> '' or html <> '' or plain <> '' or removed_at is null)",
			"select count(*) from message_versions where message_id in (?, ?, ?)",
			"select count(*) from message_reactions where message_id in (?, ?, ?)",
			"select count(*) from search_rows where id in (?, ?, ?)",
		} {
			if n := clubtest.Must(store.Value[int64](club.Store.Read(t.Context()).Raw(left, old.ID, root.ID, gone.ID)))(t); n != 0 {
				t.Errorf("%d of %s", n, left)
			}
		}
		if n := counted(); n != earned+1 {
			t.Errorf("%d messages count, and %d did before the answer", n, earned)
		}
		clubtest.Must(club.Chat.Pin(t.Context(), club.Again(club.Moderator), pinned.ID, false))(t)
		if n := sweep(); n != 1 {
			t.Errorf("%d went with the pin", n)
		}
		clubtest.Must(club.Chat.Remove(t.Context(), club.Again(club.Moderator), kept.ID, "It no longer holds."))(t)
		if n := sweep(); n != 1 {
			t.Errorf("of a pinned message that was removed %d went", n)
		}
		flag := clubtest.Must(store.Value[id.ID](club.Store.Read(t.Context()).Raw("select id from flags where subject_id = ?", reported.ID)))(t)
		clubtest.OK(t, club.Safety.Decide(t.Context(), club.Again(club.Moderator), flag, safety.Verdict{Decision: safety.Dismissed}))
		if n := sweep(); n != 1 {
			t.Errorf("%d went with the report", n)
		}
	})
}
