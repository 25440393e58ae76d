package forum_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/notify"
	"guildhall/models/store"
)

// lastNote is the latest of what the bell of v tells.
func lastNote(t *testing.T, club *clubtest.Club, v access.Viewer) (kind, said string, topic bool) {
	t.Helper()
	notes, _, err := club.Home.Notes(t.Context(), club.Again(v), "", 1)
	clubtest.OK(t, err)
	if len(notes) == 0 {
		return "", "", false
	}
	return notes[0].Kind, notes[0].Said, notes[0].Topic != 0
}

// TestAScheduledTopicKeepsItsTags: they are checked when it is scheduled, none is made before it begins,
// and what was renamed since is given by its new name.
func TestAScheduledTopicKeepsItsTags(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, v, owner := t.Context(), club.Again(club.Regular), club.Again(club.Owner)
		begins(t, club, club.Open, "What has a tag", "film", "paper")
		clubtest.OK(t, club.Forum.SetTagRule(ctx, owner, club.Open.ID, 1, nil))
		d := forum.Draft{Key: club.Key(), Title: "In the spring", Text: "Come."}
		at := club.Clock.Now().Add(time.Hour)
		_, err := club.Forum.Schedule(ctx, v, club.Open.ID, d, at)
		clubtest.Refused(t, err, "asks for one")
		d.Tags = []string{"film", "of-their-own"}
		clubtest.OK(t, club.Forum.SetTagMakers(ctx, owner, forum.TagMakers{Makers: forum.ByModerators}))
		_, err = club.Forum.Schedule(ctx, v, club.Open.ID, d, at)
		clubtest.Refused(t, err, "not open to you")
		clubtest.OK(t, club.Forum.SetTagMakers(ctx, owner, forum.TagMakers{Makers: forum.ByStarters}))
		one := clubtest.Must(club.Forum.Schedule(ctx, v, club.Open.ID, d, at))(t)
		if n := clubtest.Must(store.Value[int64](club.Store.Read(ctx).Table("tags").Select("count(*)").Where("name = 'of-their-own'")))(t); n != 0 {
			t.Fatal("a tag was made for a topic that does not exist")
		}
		_, err = club.Forum.Reschedule(ctx, v, one.ID, forum.Draft{Key: club.Key(), Title: d.Title, Text: d.Text}, at)
		clubtest.Refused(t, err, "asks for one")
		film := clubtest.Must(club.Forum.Tag(ctx, owner, "film"))(t)
		clubtest.Must(club.Forum.RenameTag(ctx, owner, film.ID, "cinema"))(t)
		club.Clock.Turn(time.Hour)
		if work(t, club) != 1 {
			t.Fatal("it was not due once")
		}
		mine := clubtest.Must(club.Forum.By(ctx, v, v.ID, 10))(t)
		if len(mine) != 1 || !slices.Equal(mine[0].Tags(), []string{"cinema", "of-their-own"}) {
			t.Fatalf("published are %+v", mine)
		}
		if kind, said, topic := lastNote(t, club, v); kind != notify.Published || said != "" || !topic {
			t.Errorf("its author is told %q %q, with the topic: %v", kind, said, topic)
		}
	})
}

// TestATagThatIsGoneIsLeftOut, and its author is told; a space that asks for more than is left gets no
// topic, and its author keeps the text, and reads why.
func TestATagThatIsGoneIsLeftOut(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, v, owner := t.Context(), club.Again(club.Regular), club.Again(club.Owner)
		begins(t, club, club.Open, "What has tags", "film", "paper")
		d := forum.Draft{Key: club.Key(), Title: "With both", Text: "Come.", Tags: []string{"film", "paper"}}
		at := club.Clock.Now().Add(time.Hour)
		clubtest.Must(club.Forum.Schedule(ctx, v, club.Open.ID, d, at))(t)
		d.Key, d.Title = club.Key(), "With both, later"
		late := clubtest.Must(club.Forum.Schedule(ctx, v, club.Open.ID, d, at.Add(time.Hour)))(t)
		clubtest.OK(t, club.Forum.SetTagMakers(ctx, owner, forum.TagMakers{Makers: forum.ByOwners}))
		clubtest.OK(t, club.Forum.DeleteTag(ctx, owner, clubtest.Must(club.Forum.Tag(ctx, owner, "film"))(t).ID))
		club.Clock.Turn(time.Hour)
		work(t, club)
		mine := clubtest.Must(club.Forum.By(ctx, v, v.ID, 10))(t)
		if len(mine) != 1 || !slices.Equal(mine[0].Tags(), []string{"paper"}) {
			t.Fatalf("published are %+v", mine)
		}
		if kind, said, _ := lastNote(t, club, v); kind != notify.Published || said != "The tag “film” was left out: it cannot be given here any more." {
			t.Errorf("its author is told %q %q", kind, said)
		}

		clubtest.OK(t, club.Forum.SetTagRule(ctx, owner, club.Open.ID, 2, []string{"paper", "ink"}))
		club.Clock.Turn(time.Hour)
		work(t, club)
		kept := clubtest.Must(club.Forum.ScheduledOne(ctx, v, late.ID))(t)
		if kept.State != forum.Refused || kept.Source != "Come." || !slices.Equal(kept.Tags(), d.Tags) {
			t.Fatalf("it became %+v", kept)
		}
		want := "The tag “film” was left out: it cannot be given here any more. Give it at least 2 tags: this space asks for them."
		if kind, said, topic := lastNote(t, club, v); kind != notify.Unpublished || said != want || kept.Refused != want || topic {
			t.Errorf("its author is told %q %q, and reads %q", kind, said, kept.Refused)
		}
		_, err := club.Forum.Publish(ctx, v, late.ID) // by hand it is put right first
		clubtest.Refused(t, err, "“film” is not among the tags")
		d.Tags = []string{"paper", "ink"}
		clubtest.Must(club.Forum.Reschedule(ctx, v, late.ID, d, club.Clock.Now().Add(time.Hour)))(t)
		topic := clubtest.Must(club.Forum.Publish(ctx, v, late.ID))(t)
		if got := clubtest.Must(club.Forum.Topic(ctx, v, topic.ID))(t); !slices.Equal(got.Tags(), []string{"ink", "paper"}) {
			t.Errorf("published with %v", got.Tags())
		}
	})
}

// TestPuttingOffIsOneJob: however often the time of a topic is changed, one job waits for it; a worker that
// holds it meanwhile does nothing, and it is done at the new time.
func TestPuttingOffIsOneJob(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, v := t.Context(), club.Again(club.Regular)
		jobs := func() int64 {
			return clubtest.Must(store.Value[int64](club.Store.Read(ctx).Table("jobs").Select("count(*)").Where("kind = ?", forum.PublishDue.String())))(t)
		}
		at := club.Clock.Now().Add(time.Hour)
		d := forum.Draft{Key: club.Key(), Title: "Put off and off", Text: "Later."}
		one := clubtest.Must(club.Forum.Schedule(ctx, v, club.Open.ID, d, at))(t)
		for i := range 5 {
			clubtest.Must(club.Forum.Reschedule(ctx, v, one.ID, d, at.Add(time.Duration(i)*time.Minute)))(t)
		}
		if n := jobs(); n != 1 {
			t.Fatalf("%d jobs wait for one topic", n)
		}
		club.Clock.Turn(64 * time.Minute)
		held, ok, err := club.Queue.Take(ctx, publishing)
		if err != nil || !ok {
			t.Fatalf("it is not due: %v", err)
		}
		clubtest.Must(club.Forum.Reschedule(ctx, v, one.ID, d, club.Clock.Now().Add(time.Hour)))(t)
		var of forum.PublishJob
		clubtest.OK(t, held.Read(&of))
		clubtest.OK(t, club.Forum.PublishDue(ctx, of))
		if club.Queue.Finish(ctx, held) == nil {
			t.Error("who held the job for the earlier time ended the one for the later")
		}
		if got := clubtest.Must(club.Forum.ScheduledOne(ctx, v, one.ID))(t); got.State != forum.Waits {
			t.Fatalf("it became %+v", got)
		}
		club.Clock.Turn(time.Hour)
		if work(t, club) != 1 || len(clubtest.Must(club.Forum.By(ctx, v, v.ID, 10))(t)) != 1 {
			t.Fatal("it was not published at the later time")
		}
		two := clubtest.Must(club.Forum.Schedule(ctx, v, club.Open.ID, forum.Draft{Key: club.Key(), Title: "Cancelled", Text: "Never."}, club.Clock.Now().Add(time.Hour)))(t)
		clubtest.Must(club.Forum.Cancel(ctx, v, two.ID))(t)
		if n := jobs(); n != 1 { // the one that is done
			t.Errorf("%d jobs are left", n)
		}
	})
}

// TestASpaceThatClosedTellsNothingOfItsTags: whose topic was scheduled where they may not start one any more
// learns that, and not which tags it has now.
func TestASpaceThatClosedTellsNothingOfItsTags(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, v, owner := t.Context(), club.Again(club.Regular), club.Again(club.Owner)
		begins(t, club, club.Open, "What has tags", "film", "paper")
		d := forum.Draft{Key: club.Key(), Title: "With both", Text: "Come.", Tags: []string{"film", "paper"}}
		one := clubtest.Must(club.Forum.Schedule(ctx, v, club.Open.ID, d, club.Clock.Now().Add(time.Hour)))(t)
		clubtest.OK(t, club.Forum.SetTagRule(ctx, owner, club.Open.ID, 0, []string{"paper"}))
		clubtest.OK(t, club.Access.SetLocks(ctx, owner, club.Open.ID, map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}}))
		club.Clock.Turn(time.Hour)
		work(t, club)
		kept := clubtest.Must(club.Forum.ScheduledOne(ctx, club.Again(v), one.ID))(t)
		if kept.State != forum.Refused || kept.Refused == "" || strings.Contains(kept.Refused, "tag") {
			t.Errorf("it became %+v", kept)
		}
	})
}
