package forum_test

import (
	"slices"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
)

// TestTagsOfManyAtOnce: given beside those that are there, and taken away, on those topics where it may be;
// logged; and undone for the tags that it was, while others stay.
func TestTagsOfManyAtOnce(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod := t.Context(), club.Again(club.Moderator)
		elsewhere := club.Space("Market", nil)
		bare, full := begins(t, club, club.Open, "Without any"), begins(t, club, club.Open, "With five", "a", "b", "c", "d", "e")
		some, foreign := begins(t, club, club.Open, "With one", "film"), begins(t, club, elsewhere, "Not theirs", "film")
		keys := []id.ID{bare.ID, full.ID, some.ID, foreign.ID}
		tags := func(of forum.Topic) []string {
			return clubtest.Must(club.Forum.Topic(ctx, club.Again(club.Owner), of.ID))(t).Tags()
		}
		is := func(when string, of forum.Topic, want ...string) {
			t.Helper()
			if got := tags(of); !slices.Equal(got, want) {
				t.Errorf("%s: %q has %v, want %v", when, of.Title, got, want)
			}
		}
		_, err := club.Forum.ActAll(ctx, mod, keys, forum.Command{Do: forum.ToTag})
		clubtest.Refused(t, err, "at least one tag")
		gave := clubtest.Must(club.Forum.ActAll(ctx, mod, keys, forum.Command{Do: forum.ToTag, Tags: []string{"film", "paper"}, Why: "Found more easily."}))(t)
		if gave.Done != 2 || gave.Left != 2 {
			t.Fatalf("given: %+v", gave)
		}
		is("given", bare, "film", "paper")
		is("given", some, "film", "paper")
		is("full", full, "a", "b", "c", "d", "e")
		is("of another space", foreign, "film")
		lines := clubtest.Must(club.Forum.Batch(ctx, mod, gave.Batch))(t)
		if len(lines) != 2 || lines[0].Why != "Found more easily." || lines[0].What != "topic.tagged" {
			t.Fatalf("the log says %+v", lines)
		}

		club.Clock.Turn(time.Minute)
		took := clubtest.Must(club.Forum.ActAll(ctx, mod, keys, forum.Command{Do: forum.ToUntag, Tags: []string{"film"}}))(t)
		if took.Done != 2 || took.Left != 2 {
			t.Fatalf("taken: %+v", took)
		}
		is("taken", bare, "paper")
		if undone := clubtest.Must(club.Forum.UndoAll(ctx, mod, gave.Batch))(t); undone.Done != 1 || undone.Left != 1 {
			t.Errorf("undone under a change of the same tag: %+v", undone) // of the one, film was not given but there
		}
		is("undone in part", some)
		clubtest.Must(club.Forum.UndoAll(ctx, mod, took.Batch))(t)
		clubtest.Must(club.Forum.ActAll(ctx, mod, keys[:1], forum.Command{Do: forum.ToTag, Tags: []string{"ink"}}))(t)
		if undone := clubtest.Must(club.Forum.UndoAll(ctx, mod, gave.Batch))(t); undone.Done != 1 {
			t.Errorf("undone: %+v", undone)
		}
		is("undone, with another that came since", bare, "ink")
		is("undone", some, "film")

		clubtest.OK(t, club.Forum.SetTagRule(ctx, club.Again(club.Owner), club.Open.ID, 1, nil))
		if kept := clubtest.Must(club.Forum.ActAll(ctx, mod, keys[:1], forum.Command{Do: forum.ToUntag, Tags: []string{"ink"}}))(t); kept.Done != 0 {
			t.Error("its space asks for a tag, and its last one was taken")
		}
	})
}

// TestModeratorsRetagOnTheRecord: what they change of another's tags is logged and undone; what its author
// changes is theirs.
func TestModeratorsRetagOnTheRecord(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod, owner := t.Context(), club.Again(club.Moderator), club.Again(club.Owner)
		topic := begins(t, club, club.Open, "With two", "film", "paper")
		film := clubtest.Must(club.Forum.Tag(ctx, owner, "film"))(t)
		clubtest.Must(club.Forum.Retag(ctx, mod, topic.ID, []string{"film", "ink"}))(t)
		clubtest.Must(club.Forum.RenameTag(ctx, owner, film.ID, "cinema"))(t)
		now := clubtest.Must(club.Forum.Topic(ctx, mod, topic.ID))(t)
		log, _, err := club.Forum.Log(ctx, mod, now.Topic, "")
		clubtest.OK(t, err)
		if len(log) != 1 || log[0].Detail != "+ink −paper" || !log[0].Undoes {
			t.Fatalf("the log says %+v", log)
		}
		clubtest.Must(club.Forum.Retag(ctx, mod, topic.ID, []string{"film", "ink"}))(t) // as it was called before
		if got := clubtest.Must(club.Forum.Topic(ctx, mod, topic.ID))(t).Tags(); !slices.Equal(got, []string{"cinema", "ink"}) {
			t.Fatalf("it has %v", got)
		}
		clubtest.Must(club.Forum.Undo(ctx, mod, log[0].ID))(t)
		if got := clubtest.Must(club.Forum.Topic(ctx, mod, topic.ID))(t).Tags(); !slices.Equal(got, []string{"cinema", "paper"}) {
			t.Errorf("undone, it has %v", got)
		}
		clubtest.Must(club.Forum.Retag(ctx, owner, topic.ID, nil))(t)
		if log, _, err = club.Forum.Log(ctx, mod, now.Topic, ""); err != nil || len(log) != 1 {
			t.Errorf("its author's own change is logged: %+v, %v", log, err)
		}
	})
}
