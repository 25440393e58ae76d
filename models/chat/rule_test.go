package chat_test

import (
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/problem"
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
		_, err = club.Chat.Send(t.Context(), club.Again(club.Moderator), r.ID, chat.Draft{Key: club.Key(), Text: "Hello."})
		clubtest.Refused(t, err, "archived")
		clubtest.OK(t, govern(t, club, club.Moderator, r, chat.Rules{}))
		say(t, club, club.Regular, r, "Open again.")
	})
}
