package forum_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/notify"
	"guildhall/models/queue"
)

// TestWhatIsKept: listed while it may be read, found by note and title, reminded of once and late rather
// than never, and never by another's hand.
func TestWhatIsKept(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, paul := t.Context(), club.Paying
		lounge := club.Space("Lounge", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		open, closed := begins(t, club, club.Open, "In the open"), begins(t, club, lounge, "In the lounge")
		keep := func(topic forum.Topic) forum.Bookmark {
			first := clubtest.Must(club.Forum.First(ctx, topic.ID))(t)
			return clubtest.Must(club.Forum.Keep(ctx, club.Again(paul), first))(t)
		}
		one, two := keep(open), keep(closed)
		if again := keep(open); again.ID != one.ID {
			t.Error("kept twice, it is two")
		}
		listed := func(of forum.Sought) int {
			all, _, err := club.Forum.Bookmarks(ctx, club.Again(paul), of, "")
			clubtest.OK(t, err)
			return len(all)
		}
		soon := club.Clock.Now().Add(time.Hour)
		for _, b := range []forum.Bookmark{one, two} {
			clubtest.OK(t, club.Forum.ChangeBookmark(ctx, club.Again(paul), b.ID, "For the Walk in Österreich", &soon))
		}
		if listed(forum.Sought{}) != 2 || listed(forum.Sought{Words: "walk"}) != 2 || listed(forum.Sought{Words: "ÖSTER"}) != 2 || listed(forum.Sought{Words: "lounge"}) != 1 || listed(forum.Sought{Words: "100%"}) != 0 || listed(forum.Sought{Waits: true}) != 2 {
			t.Error("the list finds something else")
		}
		clubtest.Missing(t, club.Forum.ChangeBookmark(ctx, club.Again(club.Regular), one.ID, "Mine", nil))
		clubtest.Refused(t, club.Forum.ChangeBookmark(ctx, club.Again(paul), one.ID, strings.Repeat("x", forum.MaxNote+1), nil), "at most 500")
		past := club.Clock.Now().Add(-time.Minute)
		clubtest.Refused(t, club.Forum.ChangeBookmark(ctx, club.Again(paul), one.ID, "", &past), "to come")

		remind := func(ctx context.Context, j queue.Job) error {
			var w forum.Reminding
			clubtest.OK(t, j.Read(&w))
			return club.Forum.Remind(ctx, w)
		}
		if n := works(t, club, forum.Remind, remind); n != 0 {
			t.Errorf("%d reminders came before their time", n)
		}
		club.Clock.Turn(40 * 24 * time.Hour) // late, and the patron's dues are over
		works(t, club, forum.Remind, remind)
		rows, _, err := club.Bell.Rung(ctx, club.Again(paul), "", 50)
		clubtest.OK(t, err)
		reminded := 0
		for _, r := range rows {
			if r.Kind == notify.Reminded {
				reminded++
			}
		}
		if reminded != 1 || listed(forum.Sought{}) != 1 || listed(forum.Sought{Waits: true}) != 0 {
			t.Errorf("%d reminders, %d kept still", reminded, listed(forum.Sought{}))
		}
		clubtest.OK(t, club.Forum.DropBookmark(ctx, club.Again(paul), one.ID))
		if listed(forum.Sought{}) != 0 {
			t.Error("what was taken away is listed")
		}
		clubtest.OK(t, club.Forum.BringBookmark(ctx, club.Again(paul), one.ID))
		if listed(forum.Sought{}) != 1 {
			t.Error("it was not brought back")
		}
	})
}

// TestKeptAgainItRemindsStill: what was taken away and is kept anew has its reminder, late where its time
// passed meanwhile.
func TestKeptAgainItRemindsStill(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, paul := t.Context(), club.Paying
		first := clubtest.Must(club.Forum.First(ctx, begins(t, club, club.Open, "In the open").ID))(t)
		b := clubtest.Must(club.Forum.Keep(ctx, club.Again(paul), first))(t)
		soon := club.Clock.Now().Add(time.Hour)
		clubtest.OK(t, club.Forum.ChangeBookmark(ctx, club.Again(paul), b.ID, "", &soon))
		clubtest.OK(t, club.Forum.Unkeep(ctx, club.Again(paul), first))
		remind := func(ctx context.Context, j queue.Job) error {
			var w forum.Reminding
			clubtest.OK(t, j.Read(&w))
			return club.Forum.Remind(ctx, w)
		}
		club.Clock.Turn(2 * time.Hour)
		if n := works(t, club, forum.Remind, remind); n != 1 {
			t.Fatalf("%d reminders were due", n)
		}
		if again := clubtest.Must(club.Forum.Keep(ctx, club.Again(paul), first))(t); again.ID != b.ID || again.RemovedAt != nil {
			t.Fatalf("kept again, it is %+v", again)
		}
		works(t, club, forum.Remind, remind)
		waiting, _, err := club.Forum.Bookmarks(ctx, club.Again(paul), forum.Sought{Waits: true}, "")
		clubtest.OK(t, err)
		if told := notes(t, club, paul, notify.Reminded); len(told) != 1 || len(waiting) != 0 {
			t.Errorf("%d reminders were told, %d wait", len(told), len(waiting))
		}
	})
}

// TestWhoIsIgnored: their topics leave the lists and nothing of theirs is told, until the day is over.
func TestWhoIsIgnored(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, newt, rita := t.Context(), club.Newcomer, club.Regular
		theirs := clubtest.Must(club.Forum.Start(ctx, club.Again(rita), club.Open.ID, forum.Draft{Key: club.Key(), Title: "Of theirs", Text: "Of it."}))(t)
		until := club.Clock.Now().Add(time.Hour)
		clubtest.OK(t, club.Bell.Ignore(ctx, club.Again(newt), rita.ID, &until))
		own := clubtest.Must(club.Forum.Start(ctx, club.Again(newt), club.Open.ID, forum.Draft{Key: club.Key(), Title: "My own", Text: "Of mine."}))(t)
		club.Reply(rita, own, "Hello @newt.")
		rows, _, err := club.Bell.Rung(ctx, club.Again(newt), "", 50)
		clubtest.OK(t, err)
		for _, r := range rows {
			if r.ActorID != nil { // and no badge, which nobody else gives
				t.Errorf("told of whom they ignore: %s", r.Kind)
			}
		}
		if got := lists(t, club, newt, forum.Of{}); len(got) != 1 || got[0] != own.ID {
			t.Errorf("listed are %v", got)
		}
		if of := clubtest.Must(club.Forum.Topic(ctx, club.Again(newt), own.ID))(t).Ignored(); len(of) != 1 || of[0] != rita.ID {
			t.Errorf("ignored are %v", of)
		}
		clubtest.Refused(t, club.Bell.Ignore(ctx, club.Again(newt), newt.ID, nil), "yourself")
		club.Clock.Turn(2 * time.Hour)
		if got := lists(t, club, newt, forum.Of{}); len(got) != 2 {
			t.Errorf("when it is over, %v of %v are listed", got, theirs.ID)
		}
	})
}
