package forum_test

import (
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	drafting "guildhall/models/draft"
	"guildhall/models/files"
	"guildhall/models/forum"
	"guildhall/models/id"
)

// withFile schedules a topic of Regular's that shows a file of theirs, a month from now.
func withFile(t *testing.T, club *clubtest.Club) (forum.Scheduled, files.File) {
	t.Helper()
	v := club.Again(club.Regular)
	file := clubtest.Must(club.Files.Keep(t.Context(), v, files.Upload{Key: club.Key(), Name: "a.txt", Body: []byte("hello there")}))(t)
	d := forum.Draft{Key: club.Key(), Title: "In a month", Text: "[it](" + file.Address() + ")"}
	return clubtest.Must(club.Forum.Schedule(t.Context(), v, club.Open.ID, d, club.Clock.Now().Add(30*24*time.Hour)))(t), file
}

// ownFile is Regular's file as the list of theirs shows it, after a sweep.
func ownFile(t *testing.T, club *clubtest.Club, key id.ID) (found files.Own, ok bool) {
	t.Helper()
	clubtest.OK(t, club.Files.Sweep(t.Context()))
	all, _, err := club.Files.Own(t.Context(), club.Again(club.Regular), "")
	clubtest.OK(t, err)
	for _, f := range all {
		if f.ID == key {
			return f, true
		}
	}
	return found, false
}

const twoDays = 48 * time.Hour

// TestARefusedTopicKeepsItsFiles: it waits with its author unchanged, for as long as they take, and so does
// one whose time passed while nothing ran.
func TestARefusedTopicKeepsItsFiles(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		s, file := withFile(t, club)
		clubtest.OK(t, club.Forum.SetTagRule(ctx, club.Again(club.Owner), club.Open.ID, 1, nil))
		club.Clock.Turn(30*24*time.Hour + twoDays)
		if f, ok := ownFile(t, club, file.ID); !ok || !f.Waits {
			t.Fatalf("before its work was done, the file is there: %v, and waits: %v", ok, f.Waits)
		}
		work(t, club)
		if one := clubtest.Must(club.Forum.ScheduledOne(ctx, club.Again(club.Regular), s.ID))(t); one.State != forum.Refused {
			t.Fatalf("it is %s", one.State)
		}
		club.Clock.Turn(twoDays)
		if f, ok := ownFile(t, club, file.ID); !ok || !f.Waits || f.Loose() {
			t.Fatalf("of what was refused the file is there: %v, and waits: %v", ok, f.Waits)
		}
		clubtest.OK(t, club.Forum.SetTagRule(ctx, club.Again(club.Owner), club.Open.ID, 0, nil))
		clubtest.Must(club.Forum.Publish(ctx, club.Again(club.Regular), s.ID))(t)
		if f, ok := ownFile(t, club, file.ID); !ok || f.Waits || f.SubjectID == nil {
			t.Errorf("once published, it is %+v", f)
		}
	})
}

// TestADraftLeavesTheFilesOfItsTopic: a change that was begun and thrown away changes nothing.
func TestADraftLeavesTheFilesOfItsTopic(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		v := func() access.Viewer { return club.Again(club.Regular) }
		s, file := withFile(t, club)
		at := drafting.At{Kind: drafting.Scheduled, Target: s.ID, In: access.Place{SpaceID: s.SpaceID}}
		d, _, err := club.Drafts.Save(ctx, v(), at, drafting.Written{Key: club.Key(), Title: s.Title, Text: "more " + s.Source})
		clubtest.OK(t, err)
		club.Clock.Turn(time.Minute)
		d, _, err = club.Drafts.Save(ctx, v(), at, drafting.Written{Key: club.Key(), Title: s.Title, Text: "and more", Seen: d.Revision})
		clubtest.OK(t, err)
		clubtest.Must(club.Drafts.Discard(ctx, v(), d.ID, true))(t)
		club.Clock.Turn(twoDays)
		clubtest.OK(t, club.Drafts.Sweep(ctx))
		if f, ok := ownFile(t, club, file.ID); !ok || !f.Waits || f.Drafted {
			t.Errorf("the file is there: %v, as %+v", ok, f)
		}
	})
}

// TestWhatIsNotPublishedLetsItsFilesGo: a cancelled topic, and one that names a file no longer, keep nothing
// from being removed, nor from being swept a day later.
func TestWhatIsNotPublishedLetsItsFilesGo(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, v := t.Context(), club.Again(club.Regular)
		s, cancelled := withFile(t, club)
		other, changed := withFile(t, club)
		club.Clock.Turn(twoDays)
		clubtest.Must(club.Forum.Cancel(ctx, club.Again(club.Moderator), s.ID))(t)
		clubtest.Must(club.Forum.Reschedule(ctx, v, other.ID, forum.Draft{Key: club.Key(), Title: "In a month", Text: "Come."}, other.PublishAt))(t)
		for _, file := range []files.File{cancelled, changed} {
			if f, ok := ownFile(t, club, file.ID); !ok || !f.Loose() {
				t.Errorf("the file is there: %v, as %+v", ok, f)
			}
		}
		clubtest.OK(t, club.Files.Remove(ctx, v, cancelled.ID))
		club.Clock.Turn(twoDays)
		if _, ok := ownFile(t, club, changed.ID); ok {
			t.Error("what nothing names is kept")
		}
	})
}
