package forum_test

import (
	"slices"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
)

// undoLast undoes the latest line of the topic's log that says what, as its moderator.
func undoLast(t *testing.T, club *clubtest.Club, topic forum.Topic, what string) {
	t.Helper()
	mod := club.Again(club.Moderator)
	lines, _, err := club.Forum.Log(t.Context(), mod, topic, "")
	clubtest.OK(t, err)
	at := slices.IndexFunc(lines, func(l forum.Logged) bool { return l.What == what && l.UndoneAt == nil })
	if at < 0 {
		t.Fatalf("no line says %s", what)
	}
	clubtest.Must(club.Forum.Undo(t.Context(), mod, lines[at].ID))(t)
	club.Clock.Turn(time.Second)
}

// TestAnUndoneRemovalIsWhoseItWas: what its author took away stays away when a moderator's word on it is
// undone, and is the author's to bring back again.
func TestAnUndoneRemovalIsWhoseItWas(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		rita, mod := func() access.Viewer { return club.Again(club.Regular) }, club.Again(club.Moderator)
		topic := club.Topic(club.Open, "Garden plans")
		for what, by := range map[string]func(id.ID){
			"post.removed":  func(post id.ID) { clubtest.Must(club.Forum.RemoveBecause(ctx, mod, post, "Off the point"))(t) },
			"post.restored": func(post id.ID) { clubtest.Must(club.Forum.Restore(ctx, mod, post))(t) },
		} {
			p := club.Reply(club.Regular, topic, "Sow beans.")
			clubtest.Must(club.Forum.Remove(ctx, rita(), p.ID))(t)
			club.Clock.Turn(time.Second)
			by(p.ID)
			club.Clock.Turn(time.Second)
			undoLast(t, club, topic, what)
			if now, _, err := club.Forum.Post(ctx, mod, p.ID); err != nil || !now.Removed() || *now.RemovedBy != club.Regular.ID {
				t.Errorf("with %s undone, it is %+v, %v", what, now, err)
			}
			if _, err := club.Forum.Restore(ctx, rita(), p.ID); err != nil {
				t.Errorf("with %s undone, its author may not bring it back: %v", what, err)
			}
		}
	})
}

// TestAnAnswerComesBackAsTheAnswer: with what it earned, unless another is the answer by then.
func TestAnAnswerComesBackAsTheAnswer(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod := t.Context(), club.Again(club.Moderator)
		topic := club.Topic(club.Open, "When to sow?")
		p, other := club.Reply(club.Regular, topic, "In May."), club.Reply(club.Newcomer, topic, "In June.")
		clubtest.Must(club.Forum.Accept(ctx, club.Again(club.Owner), p.ID))(t)
		answer := func() id.ID {
			listed := clubtest.Must(club.Forum.Topic(ctx, mod, topic.ID))(t)
			if listed.AnswerID == nil {
				return 0
			}
			return *listed.AnswerID
		}
		before := score(t, club, club.Regular)
		clubtest.Must(club.Forum.RemoveBecause(ctx, mod, p.ID, "Off the point"))(t)
		if answer() != 0 || score(t, club, club.Regular) >= before {
			t.Fatal("what was removed is the answer still, or earns")
		}
		club.Clock.Turn(time.Second)
		undoLast(t, club, topic, "post.removed")
		if answer() != p.ID || score(t, club, club.Regular) < before-0.01 {
			t.Errorf("it came back, the answer: %v, with %v of %v", answer() == p.ID, score(t, club, club.Regular), before)
		}
		clubtest.Must(club.Forum.RemoveBecause(ctx, mod, p.ID, "Off the point"))(t)
		clubtest.Must(club.Forum.Accept(ctx, club.Again(club.Owner), other.ID))(t)
		club.Clock.Turn(time.Second)
		undoLast(t, club, topic, "post.removed")
		if answer() != other.ID {
			t.Error("it came back in place of another answer")
		}
	})
}
