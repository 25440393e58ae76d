package forum_test

import (
	"slices"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/problem"
)

// What is done to posts stands in the log of their topic, with why; what is done to the texts of a space in
// the log of the space alone. Nobody reads either but those who look after it.
func TestWhatIsDoneToPostsIsLogged(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod := t.Context(), club.Again(club.Moderator)
		topic := club.Topic(club.Open, "Garden plans")
		first, second := club.Reply(club.Regular, topic, "Sow beans."), club.Reply(club.Newcomer, topic, "Sow peas.")
		clubtest.Must(club.Forum.EditFrom(ctx, mod, first.ID, forum.Change{Text: "Sow nothing.", Why: "It is winter"}))(t)
		clubtest.Must(club.Forum.RemoveBecause(ctx, mod, second.ID, "Off the point"))(t)
		clubtest.Must(club.Forum.MakeWiki(ctx, mod, first.ID, true))(t)
		clubtest.Must(club.Forum.Notice(ctx, mod, first.ID, "Please stay kind."))(t)
		clubtest.Must(club.Forum.HideVersion(ctx, mod, first.ID, 1, "It named somebody", true))(t)
		clubtest.Must(club.Forum.Announce(ctx, club.Again(club.Owner), topic.ID, true, nil))(t)
		clubtest.Must(club.Forum.SaveReply(ctx, mod, forum.SavedReply{SpaceID: club.Open.ID, Name: "Welcome", Text: "Welcome here."}))(t)

		ofTopic := []string{"post.edited #2 It is winter", "post.removed #3 Off the point", "post.wiki #2 ", "post.noticed #2 ", "version.hidden #2 It named somebody", "topic.announced  "}
		wants(t, "the log of the topic", logOf(t, club, topic), ofTopic...)
		wants(t, "the log of the space", logOfSpace(t, club), append(ofTopic, "reply.saved Welcome ")...)
		for name, v := range club.Cast() {
			_, _, errTopic := club.Forum.Log(ctx, v, topic, "")
			_, _, errSpace := club.Forum.SpaceLog(ctx, v, club.Open.ID, "")
			if may := v.Keeps(club.Open.ID); (errTopic == nil) != may || (errSpace == nil) != may {
				t.Errorf("%s looks after it: %v, and reads the logs: %v, %v", name, may, errTopic, errSpace)
			}
		}
	})
}

func wants(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("%s has %q, not %q", what, got, want)
	}
}

func said(lines []forum.Logged) (all []string) {
	for _, l := range lines {
		all = append(all, l.What+" "+l.Detail+" "+l.Why)
	}
	return all
}

func logOf(t *testing.T, club *clubtest.Club, topic forum.Topic) []string {
	t.Helper()
	lines, _, err := club.Forum.Log(t.Context(), club.Again(club.Moderator), topic, "")
	clubtest.OK(t, err)
	return said(lines)
}

func logOfSpace(t *testing.T, club *clubtest.Club) []string {
	t.Helper()
	lines, _, err := club.Forum.SpaceLog(t.Context(), club.Again(club.Moderator), club.Open.ID, "")
	clubtest.OK(t, err)
	return said(lines)
}

// Each deed upon a post goes back once, while nothing like it was done to the same post since.
func TestDeedsUponPostsAreUndone(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod, owner := t.Context(), club.Again(club.Moderator), club.Again(club.Owner)
		topic := club.Topic(club.Open, "Garden plans")
		post, other := club.Reply(club.Regular, topic, "Sow beans."), club.Reply(club.Newcomer, topic, "Sow peas.")
		now := func() forum.Post {
			p, _, err := club.Forum.Post(ctx, club.Again(club.Moderator), post.ID)
			clubtest.OK(t, err)
			return p
		}
		last := func(what string) forum.Logged {
			t.Helper()
			lines, _, err := club.Forum.Log(ctx, club.Again(club.Owner), topic, "")
			clubtest.OK(t, err)
			at := slices.IndexFunc(lines, func(l forum.Logged) bool { return l.What == what && l.UndoneAt == nil })
			if at < 0 || !lines[at].Undoes {
				t.Fatalf("no line of %s has a way back", what)
			}
			return lines[at]
		}
		undo := func(v access.Viewer, what string) error {
			t.Helper()
			_, err := club.Forum.Undo(ctx, club.Again(v), last(what).ID)
			club.Clock.Turn(time.Second)
			return err
		}

		clubtest.Must(club.Forum.RemoveBecause(ctx, mod, post.ID, "Off the point"))(t)
		line := last("post.removed")
		for _, v := range []access.Viewer{club.Regular, club.Guest} {
			if _, err := club.Forum.Undo(ctx, club.Again(v), line.ID); err == nil || !now().Removed() {
				t.Fatalf("who does not look after it undid it: %v", err)
			}
		}
		club.Clock.Turn(time.Second)
		clubtest.Must(club.Forum.RemoveBecause(ctx, mod, other.ID, "This too"))(t) // of another post: it stands in no way
		if _, err := club.Forum.Undo(ctx, mod, line.ID); err != nil || now().Removed() {
			t.Errorf("the removal stands: %v", err)
		}
		if _, err := club.Forum.Undo(ctx, mod, line.ID); !problem.Is(err, problem.KindConflict) {
			t.Errorf("undone twice: %v", err)
		}
		clubtest.Must(club.Forum.MakeWiki(ctx, mod, post.ID, true))(t)
		if err := undo(mod, "post.wiki"); err != nil || now().Wiki {
			t.Errorf("a wiki still: %v", err)
		}
		clubtest.Must(club.Forum.Notice(ctx, mod, post.ID, "Please stay kind."))(t)
		club.Clock.Turn(time.Second)
		early := last("post.noticed")
		clubtest.Must(club.Forum.Notice(ctx, mod, post.ID, "Kinder still."))(t)
		if _, err := club.Forum.Undo(ctx, mod, early.ID); !problem.Is(err, problem.KindConflict) {
			t.Errorf("an earlier one is undone before a later one: %v", err)
		}
		if err := undo(mod, "post.noticed"); err != nil || now().Notice != "Please stay kind." {
			t.Errorf("the notice says %q: %v", now().Notice, err)
		}
		clubtest.Must(club.Forum.Announce(ctx, owner, topic.ID, true, nil))(t)
		if err := undo(mod, "topic.announced"); err == nil {
			t.Error("a moderator took back what an owner announced")
		}
		if err := undo(owner, "topic.announced"); err != nil {
			t.Error(err)
		}
		if up, err := club.Forum.Announced(ctx, club.Again(club.Regular)); err != nil || len(up) > 0 {
			t.Errorf("announced still: %v, %v", up, err)
		}
	})
}
