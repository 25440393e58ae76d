package draft_test

import (
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/draft"
	"guildhall/models/files"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/store"
)

func inTopic(t forum.Topic) draft.At {
	return draft.At{Kind: draft.Reply, Target: t.ID, In: t.Place()}
}

func save(t *testing.T, club *clubtest.Club, v access.Viewer, at draft.At, text string, seen int64) (draft.Draft, bool) {
	t.Helper()
	kept, apart, err := club.Drafts.Save(t.Context(), club.Again(v), at, draft.Written{Key: club.Key(), Text: text, Seen: seen})
	clubtest.OK(t, err)
	return kept, apart
}

func TestADraftEndsWithItsPost(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Garden plans")
		kept, _ := save(t, club, club.Regular, inTopic(topic), "Beans", 0)
		kept, _ = save(t, club, club.Regular, inTopic(topic), "Beans first", kept.Revision)
		save(t, club, club.Paying, inTopic(topic), "Theirs", 0)
		seen := clubtest.Must(club.Forum.Topic(t.Context(), club.Again(club.Regular), topic.ID))(t)
		if kept.Revision != 2 || seen.DraftID == nil || *seen.DraftID != kept.ID || !seen.DraftBegun.Equal(kept.BegunAt) {
			t.Fatalf("revision %d, and the topic knows of %v", kept.Revision, seen.DraftID)
		}
		d := forum.Draft{Key: club.Key(), Text: "Beans first."}
		clubtest.Must(club.Forum.Reply(t.Context(), club.Again(club.Regular), topic.ID, d))(t)
		if gone := find(t, club, club.Regular, draft.Reply, topic); gone.ID != 0 {
			t.Error("it outlived its post")
		}
		if still := find(t, club, club.Paying, draft.Reply, topic); still.Text != "Theirs" {
			t.Error("somebody else's went with it")
		}
		// A save that was on its way then comes late.
		late, _, err := club.Drafts.Save(t.Context(), club.Again(club.Regular), inTopic(topic), draft.Written{Key: d.Key, Text: "Beans first.", Seen: 2})
		clubtest.OK(t, err)
		if late.ID != 0 || find(t, club, club.Regular, draft.Reply, topic).ID != 0 {
			t.Error("what was posted is a draft again")
		}

		at := draft.At{Kind: draft.Topic, Target: club.Open.ID, In: access.Place{SpaceID: club.Open.ID}}
		save(t, club, club.Regular, at, "A new one", 0)
		clubtest.Must(club.Forum.Start(t.Context(), club.Again(club.Regular), club.Open.ID, forum.Draft{Key: club.Key(), Title: "A new one", Text: "A new one"}))(t)
		if all, _, _ := club.Drafts.List(t.Context(), club.Regular, ""); len(all) != 0 {
			t.Errorf("%d are left", len(all))
		}
	})
}

func find(t *testing.T, club *clubtest.Club, v access.Viewer, kind string, topic forum.Topic) draft.Draft {
	t.Helper()
	return clubtest.Must(club.Drafts.Find(t.Context(), club.Again(v), kind, topic.ID))(t)
}

func TestTwoDevicesKeepBothTexts(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		at := inTopic(club.Topic(club.Open, "Garden plans"))
		desk, _ := save(t, club, club.Regular, at, "Written at the desk", 0)
		if _, apart := save(t, club, club.Regular, at, "Written on the way", 0); !apart {
			t.Fatal("the second device was not told of the first")
		}
		both, apart := save(t, club, club.Regular, at, "Written at the desk, and on", desk.Revision)
		if apart || both.Text != "Written at the desk, and on" || both.Other != "Written on the way" {
			t.Fatalf("kept are %q and %q, apart %v", both.Text, both.Other, apart)
		}
		over, _, err := club.Drafts.Save(t.Context(), club.Again(club.Regular), at, draft.Written{Text: "Written on the way, too", Over: true})
		clubtest.OK(t, err)
		if over.Text != "Written on the way, too" || over.Other != "Written at the desk, and on" {
			t.Fatalf("kept are %q and %q", over.Text, over.Other)
		}
		if same, apart := save(t, club, club.Regular, at, over.Text, 1); apart || same.Revision != over.Revision {
			t.Error("the same text is no other")
		}
		settled := clubtest.Must(club.Drafts.Settle(t.Context(), club.Again(club.Regular), over.ID))(t)
		if settled.Other != "" || settled.Text != over.Text {
			t.Errorf("settled to %q and %q", settled.Text, settled.Other)
		}
		_, err = club.Drafts.Settle(t.Context(), club.Again(club.Paying), over.ID)
		clubtest.Missing(t, err)
	})
}

func TestDiscardingCanBeUndoneForADay(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		at := inTopic(club.Topic(club.Open, "Garden plans"))
		kept, _ := save(t, club, club.Regular, at, "Beans", 0)
		clubtest.Must(club.Drafts.Discard(t.Context(), club.Again(club.Regular), kept.ID, true))(t)
		all, _, err := club.Drafts.List(t.Context(), club.Regular, "")
		clubtest.OK(t, err)
		away := clubtest.Must(club.Drafts.Discarded(t.Context(), club.Regular))(t)
		if len(all) != 0 || len(away) != 1 {
			t.Fatalf("%d kept, %d discarded", len(all), len(away))
		}
		_, err = club.Drafts.Discard(t.Context(), club.Again(club.Paying), kept.ID, false)
		clubtest.Missing(t, err)
		clubtest.Must(club.Drafts.Discard(t.Context(), club.Again(club.Regular), kept.ID, false))(t)
		if all, _, _ = club.Drafts.List(t.Context(), club.Regular, ""); len(all) != 1 {
			t.Fatal("it did not come back")
		}
		clubtest.Must(club.Drafts.Discard(t.Context(), club.Again(club.Regular), kept.ID, true))(t)
		other, _ := save(t, club, club.Paying, at, "Peas", 0)
		club.Clock.Turn(draft.Undoing + time.Minute)
		clubtest.OK(t, club.Drafts.Sweep(t.Context()))
		_, err = club.Drafts.Discard(t.Context(), club.Again(club.Regular), kept.ID, false)
		clubtest.Missing(t, err)
		if all, _, _ := club.Drafts.List(t.Context(), club.Paying, ""); len(all) != 1 || all[0].ID != other.ID {
			t.Fatal("what nobody discarded went too")
		}
		club.Clock.Turn(draft.Kept)
		clubtest.OK(t, club.Drafts.Sweep(t.Context()))
		if all, _, _ := club.Drafts.List(t.Context(), club.Paying, ""); len(all) != 0 {
			t.Fatal("what nobody went on with for half a year is still there")
		}
	})
}

// Files that a draft names are kept as long as it lives, and no longer.
func TestADraftHoldsItsFiles(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		at := inTopic(club.Topic(club.Open, "Garden plans"))
		keep := func(v access.Viewer) files.File {
			return clubtest.Must(club.Files.Keep(t.Context(), club.Again(v), files.Upload{Key: club.Key(), Name: "plan.txt", Body: []byte("beans")}))(t)
		}
		held, loose, others := keep(club.Regular), keep(club.Regular), keep(club.Paying)
		kept, _ := save(t, club, club.Regular, at, "See [plan]("+held.Address()+") and [theirs]("+others.Address()+")", 0)
		club.Clock.Turn(files.LooseFor + time.Hour)
		clubtest.OK(t, club.Files.Sweep(t.Context()))
		there := func() (ids []string) {
			clubtest.OK(t, club.Store.Read(t.Context()).Table("files").Order("id").Pluck("id", &ids).Error)
			return ids
		}
		if got := there(); len(got) != 1 {
			t.Fatalf("%d files are left of %s, %s and %s", len(got), held.ID, loose.ID, others.ID)
		}
		save(t, club, club.Regular, at, "It is not named any more", kept.Revision)
		clubtest.OK(t, club.Files.Sweep(t.Context()))
		if len(there()) != 1 {
			t.Fatal("a file that was named a moment ago has no day left")
		}
		club.Clock.Turn(files.LooseFor + time.Hour)
		clubtest.OK(t, club.Files.Sweep(t.Context()))
		if len(there()) != 0 {
			t.Fatal("a file that nothing names is kept")
		}
	})
}

func TestOnlyWhoMayReadSaves(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		sp := club.Space("Darkroom", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		topic := club.Topic(sp, "Fixer")
		w := draft.Written{Text: "Hello"}
		for name, v := range club.Cast() {
			_, _, err := club.Drafts.Save(t.Context(), v, inTopic(topic), w)
			if may := v.SignedIn() && v.CanRead(topic) == nil; may != (err == nil) {
				t.Errorf("%s may %v, and got %v", name, may, err)
			}
		}
		_, _, err := club.Drafts.Save(t.Context(), club.Again(club.Paying), inTopic(topic), draft.Written{Text: strings.Repeat("x", draft.MaxText+1)})
		clubtest.Refused(t, err, "at most")
		// What was begun while it was open is kept when it closes.
		club.Clock.Turn(31 * 24 * time.Hour)
		if all, _, _ := club.Drafts.List(t.Context(), club.Again(club.Paying), ""); len(all) != 1 {
			t.Error("a draft went with the right to read")
		}
		if topics := clubtest.Must(club.Forum.Some(t.Context(), club.Again(club.Paying), []id.ID{topic.ID}))(t); len(topics) != 0 {
			t.Error("the topic is named to one who may not read it")
		}
		club.Write(func(tx *store.Tx) error { return draft.Forget(tx, club.Paying.ID) })
		if all, _, _ := club.Drafts.List(t.Context(), club.Again(club.Paying), ""); len(all) != 0 {
			t.Error("it is still there")
		}
	})
}
