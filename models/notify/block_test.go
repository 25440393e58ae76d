package notify_test

import (
	"slices"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/notify"
)

// heard is what the bell of v lists, by kind; what it counts has to be the same.
func heard(t *testing.T, club *clubtest.Club, v access.Viewer) map[string]int {
	t.Helper()
	v = club.Again(v)
	rows, _, err := club.Bell.Rung(t.Context(), v, "", 50)
	clubtest.OK(t, err)
	kinds := map[string]int{}
	for _, r := range rows {
		if r.ActorID != nil { // and no badge, which nobody else gives
			kinds[r.Kind]++
		}
	}
	beside := clubtest.Must(club.Home.Beside(t.Context(), v, clubtest.Start))(t)
	if n := clubtest.Must(club.Bell.Unread(t.Context(), v))(t); n != int64(len(rows)) || beside.Bell != n {
		t.Errorf("%d are listed, %d counted, %d shown", len(rows), n, beside.Bell)
	}
	return kinds
}

// acts does all that a member can do to another which the other would be told.
func acts(t *testing.T, club *clubtest.Club, by, to access.Viewer) {
	t.Helper()
	ctx := t.Context()
	topic := clubtest.Must(club.Forum.Start(ctx, club.Again(to), club.Open.ID, forum.Draft{Key: club.Key(), Title: "A question", Text: "Of mine."}))(t)
	club.Reply(by, topic, "An answer.")
	club.Reply(by, topic, "Does it help, @newt?")
	first := clubtest.Must(club.Forum.First(ctx, topic.ID))(t)
	clubtest.Must(club.Forum.React(ctx, club.Again(by), first, "thanks", true))(t)
	room := clubtest.Must(club.Chat.Room(ctx, club.Again(by), club.Open.ID))(t)
	clubtest.Must(club.Chat.Send(ctx, club.Again(by), room.ID, chat.Draft{Key: club.Key(), Text: "Hello @newt."}))(t)
}

// TestOfTheBlockedNothingIsTold: neither what they do from then on nor what was kept before, on the
// bell or in any count; and of others, all.
func TestOfTheBlockedNothingIsTold(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		newt, rita, paul := club.Newcomer, club.Regular, club.Paying
		acts(t, club, rita, newt)
		before := heard(t, club, newt)
		if before[notify.Replied] != 1 || before[notify.Mentioned] != 2 || before[notify.Reacted] != 1 {
			t.Fatalf("told %v to begin with", before)
		}
		clubtest.OK(t, club.Bell.Block(ctx, newt, rita.ID))
		clubtest.OK(t, club.Bell.Block(ctx, newt, rita.ID))
		if now := heard(t, club, newt); len(now) != 0 {
			t.Errorf("told still: %v", now)
		}
		acts(t, club, rita, newt)
		acts(t, club, paul, newt)
		now := heard(t, club, newt)
		if now[notify.Replied] != 1 || now[notify.Mentioned] != 2 || now[notify.Reacted] != 1 {
			t.Errorf("of another, told %v", now)
		}
		notes, _, err := club.Home.Notes(ctx, club.Again(newt), "", 50)
		clubtest.OK(t, err)
		since := clubtest.Must(club.Home.Since(ctx, club.Again(newt), clubtest.Start, clubtest.Start))(t)
		for _, n := range append(notes, since.Notes...) {
			if n.ActorID != nil && *n.ActorID == rita.ID {
				t.Errorf("told of the blocked: %s", n.Kind)
			}
		}
		acts(t, club, newt, rita)
		if back := heard(t, club, rita); back[notify.Replied] == 0 {
			t.Error("the blocked is told nothing of who blocks them, and so learns of it")
		}
		clubtest.OK(t, club.Bell.Unblock(ctx, newt, rita.ID))
		now = heard(t, club, newt) // what was kept before is there again; what came meanwhile was never kept
		if now[notify.Replied] != 2 || now[notify.Mentioned] != 4 || now[notify.Reacted] != 2 {
			t.Errorf("told %v in the end", now)
		}
	})
}

func TestWhomOneBlocks(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		newt := club.Newcomer
		clubtest.Refused(t, club.Bell.Block(ctx, newt, newt.ID), "yourself")
		clubtest.Refused(t, club.Bell.Block(ctx, club.Guest, newt.ID), "Sign in")
		clubtest.Missing(t, club.Bell.Block(ctx, newt, club.Store.NewID()))
		clubtest.OK(t, club.Bell.Unblock(ctx, newt, club.Regular.ID)) // who was not blocked stays so
		var want []id.ID
		for i := range notify.BlocksPerPage + 1 {
			who := club.Join("m" + string(rune('a'+i/26)) + string(rune('a'+i%26)))
			clubtest.OK(t, club.Bell.Block(ctx, newt, who.ID))
			want = append(want, who.ID)
			club.Clock.Turn(time.Second)
		}
		slices.Reverse(want)
		first, next, err := club.Bell.Blocking(ctx, newt, "")
		clubtest.OK(t, err)
		second, last, err := club.Bell.Blocking(ctx, newt, next)
		clubtest.OK(t, err)
		var got []id.ID
		for _, b := range append(first, second...) {
			got = append(got, b.BlockedID)
		}
		if !slices.Equal(got, want) || last != "" {
			t.Errorf("%d are listed of %d, in another order or twice", len(got), len(want))
		}
		for v, yes := range map[id.ID]bool{want[3]: true, club.Regular.ID: false} {
			if is := clubtest.Must(club.Bell.Blocks(ctx, newt, v))(t); is != yes {
				t.Errorf("blocked: %v", is)
			}
		}
		if all, _, err := club.Bell.Blocking(ctx, club.Regular, ""); err != nil || len(all) != 0 {
			t.Errorf("another's list has %d: %v", len(all), err)
		}
		shy := clubtest.Must(club.Bell.Shy(ctx, []id.ID{newt.ID, club.Regular.ID, want[0]}))(t)
		if len(shy) != 1 || len(shy[newt.ID]) != len(want) {
			t.Errorf("shy are %d", len(shy))
		}
	})
}
