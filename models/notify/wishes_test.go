package notify_test

import (
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/store"
)

func wishesOf(t *testing.T, club *clubtest.Club, v access.Viewer) notify.Wishes {
	t.Helper()
	return clubtest.Must(club.Bell.Wishes(t.Context(), v.ID))(t)[v.ID]
}

func invalid(t *testing.T, err error) {
	t.Helper()
	if !problem.Is(err, problem.KindInvalid) {
		t.Errorf("not refused as invalid: %v", err)
	}
}

func TestEveryKindSaysItself(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range notify.Kinds {
		if k.Name == "" || k.Words == "" || seen[k.Name] {
			t.Errorf("%q lacks words, or is there twice", k.Name)
		}
		seen[k.Name] = true
	}
	if _, ok := notify.FindKind("nothing"); ok {
		t.Error("a kind that nobody declared was found")
	}
}

// What a member chooses holds for each kind and channel by itself, and a fixed kind rings anyway.
func TestWhatAMemberChoosesHolds(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		v := club.Newcomer
		before := wishesOf(t, club, v)
		if !before.Wants(notify.Replied, notify.ByMail) || before.Wants(notify.Reacted, notify.ByMail) || before.Digest != notify.Weekly || before.Pause != 10*time.Minute {
			t.Errorf("the usual is %+v", before)
		}
		clubtest.OK(t, club.Bell.Choose(t.Context(), v, notify.Chosen{Pause: 5 * time.Minute, Digest: notify.Never, Wanted: map[string]map[notify.Channel]bool{
			notify.Replied: {notify.OnBell: false, notify.ByMail: false, notify.ByPush: false},
			notify.Reacted: {notify.OnBell: true, notify.ByMail: true, notify.ByPush: false},
			notify.Warned:  {notify.OnBell: false},
		}}))
		w := wishesOf(t, club, v)
		for kind, want := range map[string][3]bool{notify.Replied: {}, notify.Reacted: {true, true, false}, notify.Quoted: {true, true, true}, notify.Warned: {true, true, false}} {
			for i, ch := range notify.Channels {
				if w.Wants(kind, ch) != want[i] {
					t.Errorf("%s by %s: %v", kind, ch, !want[i])
				}
			}
		}
		if w.Pause != 5*time.Minute || w.Digest != notify.Never {
			t.Errorf("kept %+v", w)
		}
		if other := wishesOf(t, club, club.Regular); !other.Wants(notify.Replied, notify.OnBell) {
			t.Error("somebody else's choices changed")
		}
		clubtest.Refused(t, club.Bell.Choose(t.Context(), club.Guest, notify.Chosen{}), "Sign in")
		invalid(t, club.Bell.Choose(t.Context(), v, notify.Chosen{Digest: "hourly"}))
		invalid(t, club.Bell.Choose(t.Context(), v, notify.Chosen{Pause: time.Second, Digest: notify.Never}))
	})
}

// What nobody wants is not kept; what is only mailed stands on no bell and in no count.
func TestTheBellRingsForWhatIsWantedThere(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, newt := t.Context(), club.Newcomer
		off := map[notify.Channel]bool{notify.OnBell: false, notify.ByMail: false, notify.ByPush: false}
		clubtest.OK(t, club.Bell.Choose(ctx, newt, notify.Chosen{Digest: notify.Never, Wanted: map[string]map[notify.Channel]bool{
			notify.Replied: off, notify.Reacted: {notify.OnBell: false, notify.ByPush: true},
		}}))
		acts(t, club, club.Regular, newt)
		if now := heard(t, club, newt); now[notify.Replied] != 0 || now[notify.Reacted] != 0 || now[notify.Mentioned] != 2 {
			t.Errorf("the bell rang for %v", now)
		}
		var kept []string
		clubtest.OK(t, club.Store.Read(ctx).Table("notifications").Where("member_id = ? and actor_id is not null", newt.ID).Pluck("kind", &kept).Error)
		if len(kept) != 3 { // two mentions, and the thanks that are wanted elsewhere
			t.Errorf("kept %v", kept)
		}
	})
}

// A week in two zones: the hours are those of the wall, through midnight and the change of the clocks.
func TestQuietHours(t *testing.T) {
	london := clubtest.Must(time.LoadLocation("Europe/London"))(t)
	w := notify.Wishes{Zone: london, Hours: []notify.Hours{
		{Weekday: time.Saturday, Starts: 22 * 60, Ends: 7 * 60}, {Weekday: time.Sunday, Starts: 7 * 60, Ends: 9 * 60}, {Weekday: time.Wednesday, Starts: 60, Ends: 120},
	}}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 3, day, hour, minute, 0, 0, london) } // the clocks change on Sunday, 29 March
	for _, c := range []struct{ now, until time.Time }{
		{at(28, 21, 59), time.Time{}},
		{at(28, 22, 0), at(29, 9, 0)}, // one stretch meets the next
		{at(29, 6, 59), at(29, 9, 0)},
		{at(29, 9, 0), time.Time{}},
		{at(25, 1, 30), at(25, 2, 0)},
		{at(26, 1, 30), time.Time{}},
	} {
		until, quiet := w.Quiet(c.now)
		if quiet != !c.until.IsZero() || quiet && !until.Equal(c.until) {
			t.Errorf("at %s: quiet is %v until %s", c.now, quiet, until)
		}
	}
	w.PausedUntil = at(28, 23, 0)
	if until, _ := w.Quiet(at(28, 12, 0)); !until.Equal(at(29, 9, 0)) {
		t.Errorf("a pause that ends within quiet hours ends at %s", until)
	}
	if !w.Now(notify.Replied, notify.OnBell, at(28, 12, 0)) || w.Now(notify.Replied, notify.ByPush, at(28, 12, 0)) || !w.Now(notify.Replied, notify.ByPush, at(29, 9, 0)) {
		t.Error("the bell was quiet, or a push was not")
	}
}

func TestPausesAndHoursAreKept(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, v := t.Context(), club.Newcomer
		clubtest.OK(t, club.Bell.Hush(ctx, v, []notify.Hours{{Weekday: time.Monday, Starts: 1320, Ends: 420}, {Weekday: time.Sunday, Starts: 0, Ends: 0}}))
		clubtest.OK(t, club.Bell.Rest(ctx, v, time.Hour))
		w := wishesOf(t, club, v)
		if len(w.Hours) != 2 || !w.PausedUntil.Equal(club.Clock.Now().Add(time.Hour)) || w.Zone.String() != "Europe/London" {
			t.Errorf("kept %+v", w)
		}
		invalid(t, club.Bell.Hush(ctx, v, []notify.Hours{{Weekday: 1}, {Weekday: 1}}))
		invalid(t, club.Bell.Rest(ctx, v, 100*24*time.Hour))
		clubtest.OK(t, club.Bell.Hush(ctx, v, nil))
		clubtest.OK(t, club.Bell.Rest(ctx, v, 0))
		if w := wishesOf(t, club, v); len(w.Hours) != 0 || !w.PausedUntil.IsZero() {
			t.Errorf("kept %+v", w)
		}
	})
}

// A kind that nobody declared is refused, so that none is told which no page can name.
func TestAnUndeclaredKindIsNotTold(t *testing.T) {
	club := clubtest.SQLite(t)
	topic := club.Topic(club.Open, "A question")
	err := club.Store.Write(t.Context(), func(tx *store.Tx) error {
		return notify.Tell(tx, notify.Line{Kind: "shouted", At: topic.ID, Subject: topic.ID}, club.Newcomer.ID)
	})
	if err == nil {
		t.Error("it was told")
	}
}
