package forum_test

import (
	"slices"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/home"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/store"
)

// notes are what stands on a member's bell of one kind, latest first.
func notes(t *testing.T, club *clubtest.Club, v access.Viewer, kind string) (all []home.Note) {
	t.Helper()
	rung, _, err := club.Home.Notes(t.Context(), club.Again(v), "", 50)
	clubtest.OK(t, err)
	return slices.DeleteFunc(rung, func(n home.Note) bool { return n.Kind != kind })
}

// Whoever wrote a post is told who else changed it or took it away, and why; each time anew, and nothing
// of what they do themselves.
func TestWhatOthersDoToAPostIsTold(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, rita := t.Context(), club.Regular
		topic := club.Topic(club.Open, "Fixer")
		p := club.Reply(rita, topic, "Use HP5.")
		clubtest.Must(club.Forum.Edit(ctx, club.Again(rita), p.ID, "Use FP4."))(t)
		if n := notes(t, club, rita, notify.Edited); len(n) != 0 {
			t.Fatalf("told of what they did: %+v", n)
		}
		clubtest.Must(club.Forum.EditBecause(ctx, club.Again(club.Moderator), p.ID, "Use FP4 plus.", "Spelling."))(t)
		n := notes(t, club, rita, notify.Edited)
		if len(n) != 1 || n[0].Said != "Spelling." || n[0].Actor.ID != club.Moderator.ID || n[0].Number != p.Number {
			t.Fatalf("told %+v", n)
		}
		clubtest.OK(t, club.Bell.Read(ctx, club.Again(rita), 0))
		clubtest.Must(club.Forum.EditBecause(ctx, club.Again(club.Moderator), p.ID, "Use FP4+.", "Once more."))(t)
		if n := notes(t, club, rita, notify.Edited); len(n) != 1 || n[0].ReadAt != nil || n[0].Said != "Once more." {
			t.Errorf("the second time told %+v", n)
		}
		_, err := club.Forum.RemoveBecause(ctx, club.Again(club.Moderator), p.ID, " ")
		clubtest.Refused(t, err, "Say why")
		clubtest.Must(club.Forum.RemoveBecause(ctx, club.Again(club.Moderator), p.ID, "Off the point."))(t)
		if n := notes(t, club, rita, notify.Removed); len(n) != 1 || n[0].Topic != topic.ID || n[0].Said != "Off the point." {
			t.Errorf("of the removal told %+v", n)
		}
		clubtest.Must(club.Forum.Restore(ctx, club.Again(club.Moderator), p.ID))(t)
		if n := notes(t, club, rita, notify.Removed); len(n) != 0 {
			t.Errorf("of what was brought back told %+v", n)
		}
		clubtest.OK(t, club.Forum.Watch(ctx, club.Again(rita), forum.FollowTopic, topic.ID, forum.Muted))
		clubtest.Must(club.Forum.Remove(ctx, club.Again(club.Moderator), p.ID))(t)
		if n := notes(t, club, rita, notify.Removed); len(n) != 0 {
			t.Errorf("of what is muted told %+v", n)
		}
	})
}

// Whose topic it is learns what was done to it, by whom and why; of where they may not read, no more than
// that it was done. What is undone is told no longer.
func TestWhatOthersDoToATopicIsTold(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, rita := t.Context(), club.Regular
		shut := club.Space("Vault", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		begin := func(title string) forum.Topic {
			return clubtest.Must(club.Forum.Start(ctx, club.Again(rita), club.Open.ID, forum.Draft{Key: club.Key(), Title: title, Text: "How?"}))(t)
		}
		act := func(topic forum.Topic, o forum.Command) id.ID {
			t.Helper()
			_, line, err := club.Forum.Act(ctx, club.Again(club.Owner), topic.ID, o)
			clubtest.OK(t, err)
			return line
		}
		closed := begin("Fixer")
		line := act(closed, forum.Command{Do: forum.ToClose, Why: "It was answered."})
		n := notes(t, club, rita, notify.Moved)
		if len(n) != 1 || n[0].Did != "topic.closed" || n[0].Said != "It was answered." || n[0].Title != "Fixer" || n[0].Actor.ID != club.Owner.ID {
			t.Fatalf("told %+v", n)
		}
		clubtest.Must(club.Forum.Undo(ctx, club.Again(club.Owner), line))(t)
		act(closed, forum.Command{Do: forum.ToPin})
		if n := notes(t, club, rita, notify.Moved); len(n) != 0 {
			t.Errorf("of what was undone, or is no concern of theirs, told %+v", n)
		}
		for did, do := range map[string]func(forum.Topic){
			"topic.hidden": func(topic forum.Topic) { act(topic, forum.Command{Do: forum.ToHide, Why: "Twice."}) },
			"topic.moved":  func(topic forum.Topic) { act(topic, forum.Command{Do: forum.ToMove, To: shut.ID, Why: "Twice."}) },
			"topic.merged": func(topic forum.Topic) {
				into := club.Topic(shut, "The zq7 of gold")
				_, _, err := club.Forum.Merge(ctx, club.Again(club.Owner), topic.ID, into.ID, "Twice.")
				clubtest.OK(t, err)
			},
		} {
			do(begin("Paper"))
			if n := notes(t, club, rita, notify.Moved); len(n) == 0 || n[0].Did != did || n[0].Said != "Twice." || n[0].Title != "" || n[0].Topic != 0 || n[0].Space != "" {
				t.Errorf("%s, where they may not read, told %+v", did, n)
			}
			clubtest.OK(t, club.Store.Write(ctx, func(tx *store.Tx) error { return tx.Exec("delete from notifications").Error }))
		}
		into := club.Topic(club.Open, "Everything of paper")
		_, _, err := club.Forum.Merge(ctx, club.Again(club.Owner), begin("Paper").ID, into.ID, "")
		clubtest.OK(t, err)
		if n := notes(t, club, rita, notify.Moved); len(n) != 1 || n[0].Title != into.Title || n[0].Topic != into.ID {
			t.Errorf("of a merge told %+v", n)
		}
		given := begin("Light")
		act(given, forum.Command{Do: forum.ToGive, To: club.Paying.ID})
		if n := notes(t, club, rita, notify.Moved); len(n) != 2 || n[0].Did != "topic.given" || n[0].Title != "Light" {
			t.Errorf("of a topic that was given away told %+v", n)
		}
		if n := notes(t, club, club.Paying, notify.Moved); len(n) != 1 || n[0].Did != "topic.received" || n[0].Title != "Light" {
			t.Errorf("whoever it was given to is told %+v", n)
		}
	})
}
