package forum_test

import (
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/queue"
)

var publishing = []queue.Kind{forum.PublishDue}

// work does every job of the forum that is due.
func work(t *testing.T, club *clubtest.Club) (done int) {
	t.Helper()
	for {
		job, ok, err := club.Queue.Take(t.Context(), []queue.Kind{forum.TimerDue, forum.PublishDue})
		clubtest.OK(t, err)
		if !ok {
			return done
		}
		if job.Kind == forum.TimerDue {
			var of forum.TimerJob
			clubtest.OK(t, job.Read(&of))
			clubtest.OK(t, club.Forum.RunTimer(t.Context(), of))
		} else {
			var of forum.PublishJob
			clubtest.OK(t, job.Read(&of))
			clubtest.OK(t, club.Forum.PublishDue(t.Context(), of))
		}
		clubtest.OK(t, club.Queue.Finish(t.Context(), job))
		done++
	}
}

func set(t *testing.T, club *clubtest.Club, v access.Viewer, topic id.ID, m forum.Timer) {
	t.Helper()
	clubtest.OK(t, act(t, club, v, topic, forum.Command{Do: forum.ToTime, Timer: &m, Why: "In time."}))
}

// TestTimersDoWhatTheySay at their time, and not before.
func TestTimersDoWhatTheySay(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod := t.Context(), club.Again(club.Moderator)
		at := club.Clock.Now().Add(time.Hour)
		of := map[forum.Deed]forum.Topic{}
		for _, do := range forum.TimedDeeds {
			of[do] = club.Topic(club.Open, "Timed to "+string(do))
			set(t, club, mod, of[do].ID, forum.Timer{Do: do, At: &at})
		}
		clubtest.OK(t, act(t, club, mod, of[forum.ToOpen].ID, forum.Command{Do: forum.ToClose}))
		clubtest.OK(t, act(t, club, mod, of[forum.ToList].ID, forum.Command{Do: forum.ToUnlist}))
		state := func() map[forum.Deed]bool {
			is := map[forum.Deed]bool{}
			for do, topic := range of {
				l := clubtest.Must(club.Forum.Topic(ctx, club.Again(club.Owner), topic.ID))(t)
				is[do] = map[forum.Deed]bool{forum.ToClose: l.Closed(), forum.ToOpen: !l.Closed(), forum.ToHide: l.Hidden, forum.ToList: !l.Unlisted, forum.ToBump: l.ActiveAt.Equal(at)}[do]
			}
			return is
		}
		club.Clock.Turn(59 * time.Minute)
		if n := work(t, club); n != 0 {
			t.Fatalf("%d jobs were early", n)
		}
		for do, is := range state() {
			if is {
				t.Errorf("%s was done before its time", do)
			}
		}
		club.Clock.Turn(time.Minute)
		if n := work(t, club); n != len(of) {
			t.Fatalf("%d jobs were due", n)
		}
		for do, is := range state() {
			if !is {
				t.Errorf("%s was not done", do)
			}
		}
		if l := clubtest.Must(club.Forum.Topic(ctx, club.Guest, of[forum.ToClose].ID))(t); len(l.Clocks()) != 0 || len(l.Deeds()) != 1 || !l.Deeds()[0].Timed || l.Deeds()[0].Why != "In time." {
			t.Errorf("it has %+v and tells %+v", l.Clocks(), l.Deeds())
		}
	})
}

// TestATimerWaitsForQuiet: each reply puts it off.
func TestATimerWaitsForQuiet(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		day := 24 * time.Hour
		topic := club.Topic(club.Open, "Until it is quiet")
		set(t, club, club.Again(club.Moderator), topic.ID, forum.Timer{Do: forum.ToClose, Quiet: 2})
		closed := func() bool { return clubtest.Must(club.Forum.Topic(t.Context(), club.Guest, topic.ID))(t).Closed() }
		club.Clock.Turn(day)
		club.Reply(club.Regular, topic, "Not yet.")
		club.Clock.Turn(day)
		if work(t, club) != 1 || closed() {
			t.Fatal("it closed though somebody replied")
		}
		club.Clock.Turn(day)
		if work(t, club) != 1 || !closed() {
			t.Fatal("it is open after two quiet days")
		}
	})
}

// TestALateTimerNeverActsOnAStaleOrder: by hand, set anew, taken away, or by one who may no more.
func TestALateTimerNeverActsOnAStaleOrder(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod := t.Context(), club.Again(club.Moderator)
		soon, later := club.Clock.Now().Add(time.Hour), club.Clock.Now().Add(48*time.Hour)
		byHand, anew, away, lost := club.Topic(club.Open, "By hand"), club.Topic(club.Open, "Anew"), club.Topic(club.Open, "Away"), club.Topic(club.Open, "Lost")
		for _, topic := range []forum.Topic{byHand, anew, away, lost} {
			set(t, club, mod, topic.ID, forum.Timer{Do: forum.ToClose, At: &soon})
		}
		clubtest.OK(t, act(t, club, mod, byHand.ID, forum.Command{Do: forum.ToClose}))
		clubtest.OK(t, act(t, club, mod, byHand.ID, forum.Command{Do: forum.ToOpen}))
		set(t, club, club.Again(club.Owner), anew.ID, forum.Timer{Do: forum.ToClose, At: &later})
		clubtest.OK(t, act(t, club, mod, away.ID, forum.Command{Do: forum.ToTime, Timer: &forum.Timer{Do: forum.ToClose}}))
		clubtest.OK(t, club.Access.Unseat(ctx, club.Again(club.Owner), club.Open.ID, mod.ID))
		club.Clock.Turn(24 * time.Hour) // the worker was away
		if n := work(t, club); n != 4 {
			t.Fatalf("%d jobs were due", n)
		}
		for _, topic := range []forum.Topic{byHand, anew, away, lost} {
			if clubtest.Must(club.Forum.Topic(ctx, club.Guest, topic.ID))(t).Closed() {
				t.Errorf("%q was closed by an order that does not stand", topic.Title)
			}
		}
		now := clubtest.Must(club.Forum.Topic(ctx, club.Again(club.Owner), lost.ID))(t)
		logged, _, err := club.Forum.Log(ctx, club.Again(club.Owner), now.Topic, "")
		clubtest.OK(t, err)
		if logged[0].What != "timer.lapsed" || len(now.Clocks()) != 0 {
			t.Errorf("the log says %+v", logged[0])
		}
		club.Clock.Turn(24 * time.Hour)
		work(t, club)
		if !clubtest.Must(club.Forum.Topic(ctx, club.Guest, anew.ID))(t).Closed() {
			t.Error("the order that stands was not carried out")
		}
	})
}

// TestAScheduledTopicIsNothingUntilItsTime, and is started then if its author still may.
func TestAScheduledTopicIsNothingUntilItsTime(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		sp := club.Space("Patrons", map[access.Verb]access.Lock{access.Start: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		at := club.Clock.Now().Add(time.Hour)
		d := forum.Draft{Key: club.Key(), Title: "Not before its time", Text: "About time."}
		_, err := club.Forum.Schedule(ctx, club.Again(club.Newcomer), sp.ID, d, at)
		clubtest.Refused(t, err, "opens with Patron")
		paying := club.Again(club.Paying)
		one := clubtest.Must(club.Forum.Schedule(ctx, paying, sp.ID, d, at))(t)
		if two := clubtest.Must(club.Forum.Schedule(ctx, paying, sp.ID, d, at))(t); two.ID != one.ID {
			t.Fatal("the same key scheduled two")
		}
		count := func() (n int64) {
			clubtest.OK(t, club.Store.Read(ctx).Table("topics").Where("space_id = ?", sp.ID).Count(&n).Error)
			return n
		}
		lapsing := clubtest.Must(club.Forum.Schedule(ctx, paying, sp.ID, forum.Draft{Key: club.Key(), Title: "Too late for this", Text: "No more."}, at.Add(40*24*time.Hour)))(t)
		club.Clock.Turn(59 * time.Minute)
		if work(t, club) != 0 || count() != 0 {
			t.Fatal("it was early")
		}
		if all := clubtest.Must(club.Forum.ScheduledBy(ctx, club.Again(club.Newcomer)))(t); len(all) != 0 {
			t.Fatal("somebody else is shown it")
		}
		if _, err := club.Forum.ScheduledIn(ctx, club.Again(club.Regular), sp.ID); err == nil {
			t.Fatal("anybody lists what waits")
		}
		if all := clubtest.Must(club.Forum.ScheduledIn(ctx, club.Again(club.Owner), sp.ID))(t); len(all) != 2 {
			t.Fatalf("those who keep the space are shown %d", len(all))
		}
		for _, key := range []id.ID{one.ID, club.Store.NewID()} {
			_, err := club.Forum.Publish(ctx, club.Again(club.Owner), key)
			clubtest.Missing(t, err)
		}
		club.Clock.Turn(time.Minute)
		if work(t, club) != 1 || count() != 1 {
			t.Fatal("it was not started")
		}
		club.Clock.Turn(40 * 24 * time.Hour) // the tier is over by now
		if work(t, club) != 1 || count() != 1 {
			t.Fatal("it was started by somebody who may not")
		}
		got := clubtest.Must(club.Forum.ScheduledOne(ctx, club.Again(paying), lapsing.ID))(t)
		if got.State != forum.Refused || got.Refused == "" {
			t.Fatalf("%+v", got)
		}
		notes, _, err := club.Home.Notes(ctx, club.Again(paying), "", 10)
		clubtest.OK(t, err)
		if len(notes) == 0 || notes[0].Title != "Too late for this" {
			t.Fatalf("its author is told %+v", notes)
		}
	})
}

// TestAScheduledTopicIsChangedAndCancelled: an order for an earlier time does nothing.
func TestAScheduledTopicIsChangedAndCancelled(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, v := t.Context(), club.Again(club.Regular)
		at := club.Clock.Now().Add(time.Hour)
		d := forum.Draft{Key: club.Key(), Title: "To be put off", Text: "Later."}
		one := clubtest.Must(club.Forum.Schedule(ctx, v, club.Open.ID, d, at))(t)
		d.Title = "Put off"
		clubtest.Must(club.Forum.Reschedule(ctx, v, one.ID, d, at.Add(time.Hour)))(t)
		_, err := club.Forum.Reschedule(ctx, club.Again(club.Owner), one.ID, d, at)
		clubtest.Missing(t, err)
		club.Clock.Turn(time.Hour)
		if work(t, club); clubtest.Must(club.Forum.ScheduledOne(ctx, v, one.ID))(t).State != forum.Waits {
			t.Fatal("the earlier order was carried out")
		}
		clubtest.Must(club.Forum.Cancel(ctx, club.Again(club.Moderator), one.ID))(t)
		club.Clock.Turn(time.Hour)
		work(t, club)
		if all := clubtest.Must(club.Forum.By(ctx, v, v.ID, 10))(t); len(all) != 0 {
			t.Fatalf("%+v", all)
		}
		now := clubtest.Must(club.Forum.Schedule(ctx, v, club.Open.ID, forum.Draft{Key: club.Key(), Title: "After all", Text: "Now."}, club.Clock.Now().Add(time.Hour)))(t)
		topic := clubtest.Must(club.Forum.Publish(ctx, v, now.ID))(t)
		club.Clock.Turn(time.Hour)
		work(t, club)
		if all := clubtest.Must(club.Forum.By(ctx, v, v.ID, 10))(t); len(all) != 1 || all[0].ID != topic.ID {
			t.Fatalf("%+v", all)
		}
	})
}

// TestTextsOfASpace are for those who keep it; a template is for whoever may start there.
func TestTextsOfASpace(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod := t.Context(), club.Again(club.Moderator)
		r := forum.SavedReply{SpaceID: club.Open.ID, Name: "Welcome", Text: "Hello {name}, this is {space}."}
		_, err := club.Forum.SaveReply(ctx, club.Again(club.Regular), r)
		clubtest.Refused(t, err, "Only the moderators")
		saved := clubtest.Must(club.Forum.SaveReply(ctx, mod, r))(t)
		_, err = club.Forum.SaveReply(ctx, mod, r)
		clubtest.Refused(t, err, "of that name")
		saved.Text = "Hi {name}."
		clubtest.Must(club.Forum.SaveReply(ctx, mod, saved))(t)
		all := clubtest.Must(club.Forum.SavedReplies(ctx, mod, club.Open.ID))(t)
		if len(all) != 1 || forum.Fill(all[0].Text, "Nina", "Mods", "T", "S") != "Hi Nina." {
			t.Fatalf("%+v", all)
		}
		_, err = club.Forum.SavedReplies(ctx, club.Again(club.Regular), club.Open.ID)
		clubtest.Refused(t, err, "Only the moderators")

		a := clubtest.Must(club.Forum.SaveTemplate(ctx, mod, forum.Template{SpaceID: club.Open.ID, Name: "Question", Text: "What I tried:", First: true}))(t)
		b := clubtest.Must(club.Forum.SaveTemplate(ctx, mod, forum.Template{SpaceID: club.Open.ID, Name: "Fault", Title: "Broken: ", Text: "It broke.", First: true}))(t)
		begun := clubtest.Must(club.Forum.Templates(ctx, club.Again(club.Newcomer), club.Open.ID))(t)
		if len(begun) != 2 || begun[0].ID != b.ID || begun[1].First {
			t.Fatalf("%+v", begun)
		}
		clubtest.OK(t, club.Forum.DropTemplate(ctx, mod, club.Open.ID, a.ID))
		other := club.Space("Market", nil)
		a.ID, a.SpaceID = b.ID, other.ID
		_, err = club.Forum.SaveTemplate(ctx, club.Again(club.Owner), a) // of another space
		clubtest.Missing(t, err)
		clubtest.OK(t, club.Forum.DropReply(ctx, mod, club.Open.ID, saved.ID))
		if all = clubtest.Must(club.Forum.SavedReplies(ctx, mod, club.Open.ID))(t); len(all) != 0 {
			t.Fatalf("%+v", all)
		}
	})
}
