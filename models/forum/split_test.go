package forum_test

import (
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
)

// numbers are those of a topic's posts that stand, with their texts.
func numbers(t *testing.T, club *clubtest.Club, topic id.ID) map[int64]string {
	t.Helper()
	l := clubtest.Must(club.Forum.Topic(t.Context(), club.Again(club.Owner), topic))(t)
	page := clubtest.Must(club.Forum.Posts(t.Context(), club.Again(club.Owner), l, 1))(t)
	got := map[int64]string{}
	for _, p := range page.Posts {
		if !p.Removed() {
			got[p.Number] = p.Plain
		}
	}
	if l.Posts != int64(len(got)) {
		t.Errorf("%q counts %d posts and has %d", l.Title, l.Posts, len(got))
	}
	return got
}

func same(a, b map[int64]string) bool {
	if len(a) != len(b) {
		return false
	}
	for n, text := range a {
		if b[n] != text {
			return false
		}
	}
	return true
}

// TestASplitAndItsUndo: posts take the next numbers of a new topic, old addresses lead there, and undone
// they stand where they stood.
func TestASplitAndItsUndo(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod := t.Context(), club.Again(club.Moderator)
		topic := club.Topic(club.Open, "Two things at once")
		var posts []forum.Post
		for _, text := range []string{"On the first.", "On the second.", "Second again.", "First again."} {
			posts = append(posts, club.Reply(club.Regular, topic, text))
		}
		clubtest.Must(club.Forum.Accept(ctx, club.Again(club.Owner), posts[1].ID))(t)
		points := score(t, club, club.Regular)
		before := numbers(t, club, topic.ID)

		split := forum.Splitting{Posts: []id.ID{posts[2].ID, posts[1].ID}, Title: "The second thing", Key: club.Key(), Why: "One at a time."}
		_, _, err := club.Forum.Split(ctx, club.Again(club.Regular), topic.ID, split)
		clubtest.Refused(t, err, "Only the moderators")
		to, line, err := club.Forum.Split(ctx, mod, topic.ID, split)
		clubtest.OK(t, err)
		if got := numbers(t, club, to.ID); !same(got, map[int64]string{1: "On the second.", 2: "Second again."}) || to.AuthorID != club.Regular.ID {
			t.Fatalf("the new topic of %s has %v", to.AuthorID, got)
		}
		if got := numbers(t, club, topic.ID); !same(got, map[int64]string{1: before[1], 2: "On the first.", 5: "First again."}) {
			t.Fatalf("the old one has %v", got)
		}
		if got := clubtest.Must(club.Forum.Topic(ctx, club.Guest, topic.ID))(t); got.Solved() {
			t.Error("it is solved by a post that is not here")
		}
		p, at, ok, err := club.Forum.Moved(ctx, club.Guest, topic.ID, 4)
		if err != nil || !ok || p.ID != posts[2].ID || at.ID != to.ID {
			t.Fatalf("the old address leads to %v %v %v", p.ID, ok, err)
		}
		found := clubtest.Must(club.Forum.Pick(ctx, club.Guest, []id.ID{posts[1].ID}))(t)
		if found[posts[1].ID].Topic.ID != to.ID {
			t.Error("what is picked stands where it stood")
		}

		clubtest.Must(club.Forum.Undo(ctx, mod, line))(t)
		if got := numbers(t, club, topic.ID); !same(got, before) {
			t.Fatalf("undone, it has %v", got)
		}
		back := clubtest.Must(club.Forum.Topic(ctx, club.Guest, topic.ID))(t)
		if !back.Solved() || *back.AnswerID != posts[1].ID || math.Abs(score(t, club, club.Regular)-points) > 1e-6 {
			t.Errorf("undone, solved is %v and the answer earns %v of %v", back.Solved(), score(t, club, club.Regular), points)
		}
		if led := clubtest.Must(club.Forum.Topic(ctx, club.Guest, to.ID))(t); led.ID != topic.ID {
			t.Error("the address of the emptied topic leads nowhere")
		}
	})
}

// TestAMovedPostIsReadWhereItStands: behind a door nobody is told where it went, nor finds it by what hung
// on it.
func TestAMovedPostIsReadWhereItStands(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, owner := t.Context(), club.Again(club.Owner)
		shut := club.Space("Committee", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		topic, into := club.Topic(club.Open, "In the open"), club.Topic(shut, "Behind the door")
		post := club.Reply(club.Newcomer, topic, "To be taken inside.")
		clubtest.Must(club.Forum.React(ctx, club.Again(club.Regular), post.ID, "thanks", true))(t)
		_, _, err := club.Forum.Split(ctx, club.Again(club.Moderator), topic.ID, forum.Splitting{Posts: []id.ID{post.ID}, To: into.ID})
		if err == nil {
			t.Fatal("moved to where the mover does not moderate")
		}
		_, _, err = club.Forum.Split(ctx, owner, topic.ID, forum.Splitting{Posts: []id.ID{post.ID}, To: into.ID})
		clubtest.OK(t, err)
		for who, v := range club.Cast() {
			_, _, ok, err := club.Forum.Moved(ctx, v, topic.ID, 2)
			clubtest.OK(t, err)
			picked := clubtest.Must(club.Forum.Pick(ctx, v, []id.ID{post.ID}))(t)
			if may := v.CanRead(into) == nil; ok != may || (len(picked) == 1) != may {
				t.Errorf("%s may %v, is led there %v, picks %d", who, may, ok, len(picked))
			}
		}
		notes, _, err := club.Home.Notes(ctx, club.Again(club.Newcomer), "", 20)
		clubtest.OK(t, err)
		for _, n := range notes {
			if n.SubjectID == post.ID {
				t.Errorf("the bell tells of it still: %+v", n)
			}
		}
	})
}

// TestAMergeAndItsUndo: all posts go along, the old address leads whoever may read the new one, and undone
// both are as they were but for what was written since.
func TestAMergeAndItsUndo(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod := t.Context(), club.Again(club.Moderator)
		from, into := club.Topic(club.Open, "Asked again"), club.Topic(club.Open, "Asked before")
		club.Reply(club.Regular, from, "As I said.")
		club.Reply(club.Regular, into, "Here it is.")
		before, other := numbers(t, club, from.ID), numbers(t, club, into.ID)
		to, line, err := club.Forum.Merge(ctx, mod, from.ID, into.ID, "The same question.")
		clubtest.OK(t, err)
		want := map[int64]string{1: other[1], 2: other[2], 3: before[1], 4: before[2]}
		if got := numbers(t, club, to.ID); !same(got, want) {
			t.Fatalf("merged: %v", got)
		}
		if led := clubtest.Must(club.Forum.Topic(ctx, club.Guest, from.ID))(t); led.ID != into.ID {
			t.Fatalf("the old address leads to %s", led.ID)
		}
		for _, v := range []access.Viewer{club.Guest, mod} {
			all, _, err := club.Forum.Topics(ctx, v, club.Open.ID, forum.Latest, "")
			clubtest.OK(t, err)
			if slices.ContainsFunc(all, func(l forum.Listed) bool { return l.ID == from.ID }) {
				t.Error("the emptied topic is listed")
			}
		}
		late := clubtest.Must(club.Forum.Reply(ctx, club.Again(club.Newcomer), from.ID, forum.Draft{Key: club.Key(), Text: "From an open page."}))(t)
		if late.TopicID != into.ID || late.Number != 5 {
			t.Fatalf("a reply to the old topic went to %s as %d", late.TopicID, late.Number)
		}
		clubtest.Must(club.Forum.Undo(ctx, mod, line))(t)
		other[5] = "From an open page."
		if a, b := numbers(t, club, from.ID), numbers(t, club, into.ID); !same(a, before) || !same(b, other) {
			t.Fatalf("undone: %v and %v", a, b)
		}
		if led := clubtest.Must(club.Forum.Topic(ctx, club.Guest, from.ID))(t); led.ID != from.ID || led.Hidden {
			t.Error("undone, it is not itself again")
		}
	})
}

// TestUndoingAMergeKeepsWhatCameSince: what was written there since stays, with its number; what happened
// to the merged posts since goes back with them; and it can all be done again.
func TestUndoingAMergeKeepsWhatCameSince(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod := t.Context(), club.Again(club.Moderator)
		from, into := club.Topic(club.Open, "Asked again"), club.Topic(club.Open, "Asked before")
		edited, removed := club.Reply(club.Regular, from, "To be edited."), club.Reply(club.Regular, from, "To be removed.")
		first, other := numbers(t, club, from.ID)[1], numbers(t, club, into.ID)[1]
		_, _, err := club.Forum.Merge(ctx, mod, from.ID, into.ID, "")
		clubtest.OK(t, err)
		clubtest.Must(club.Forum.Edit(ctx, club.Again(club.Regular), edited.ID, "Edited since."))(t)
		clubtest.Must(club.Forum.Remove(ctx, club.Again(club.Regular), removed.ID))(t)
		answer := clubtest.Must(club.Forum.Reply(ctx, club.Again(club.Newcomer), into.ID, forum.Draft{Key: club.Key(), Text: "An answer to what was merged."}))(t)
		topic := clubtest.Must(club.Forum.Topic(ctx, mod, into.ID))(t)
		clubtest.Must(club.Forum.Accept(ctx, club.Again(club.Owner), edited.ID))(t)

		log, _, err := club.Forum.Log(ctx, mod, topic.Topic, "") // of where the posts went
		clubtest.OK(t, err)
		if log[0].What != "topic.gained" || !log[0].Undoes {
			t.Fatalf("its log says %+v", log[0])
		}
		clubtest.Must(club.Forum.Undo(ctx, mod, log[0].ID))(t)
		source, target := numbers(t, club, from.ID), numbers(t, club, into.ID)
		if !same(target, map[int64]string{1: other, answer.Number: "An answer to what was merged."}) || answer.Number != 5 {
			t.Fatalf("the other has %v", target)
		}
		if !same(source, map[int64]string{1: first, 2: "Edited since."}) {
			t.Fatalf("undone, it has %v", source)
		}
		if got := clubtest.Must(club.Forum.Topic(ctx, mod, into.ID))(t); got.Solved() {
			t.Error("the other is solved by a post that is not there")
		}
		_, err = club.Forum.Undo(ctx, mod, log[0].ID)
		clubtest.Refused(t, err, "undone already")
		_, _, err = club.Forum.Merge(ctx, mod, from.ID, into.ID, "")
		clubtest.OK(t, err)
		logged, _, err := club.Forum.SpaceLog(ctx, mod, club.Open.ID, "")
		clubtest.OK(t, err)
		again := slices.IndexFunc(logged, func(l forum.Logged) bool { return l.What == "topic.merged" && l.Undoes })
		clubtest.Must(club.Forum.Undo(ctx, mod, logged[again].ID))(t)
		if a, b := numbers(t, club, from.ID), numbers(t, club, into.ID); !same(a, source) || !same(b, target) {
			t.Fatalf("done again and undone: %v and %v", a, b)
		}
		next := club.Reply(club.Regular, from, "And on it goes.")
		if next.Number != 4 { // the number of what was removed is not given again
			t.Errorf("the next reply is %d", next.Number)
		}
	})
}

// TestAMergeBehindADoorNeverWas for whoever may not read where it went.
func TestAMergeBehindADoorNeverWas(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		shut := club.Space("Committee", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		from, into := club.Topic(club.Open, "In the open"), club.Topic(shut, "Behind the door")
		_, _, err := club.Forum.Merge(t.Context(), club.Again(club.Owner), from.ID, into.ID, "")
		clubtest.OK(t, err)
		_, _, gone := club.TopicAt(t.Context(), club.Again(club.Newcomer), club.Open.Slug, from.ID)
		_, _, never := club.TopicAt(t.Context(), club.Again(club.Newcomer), club.Open.Slug, club.Store.NewID())
		clubtest.Missing(t, gone)
		if gone.Error() != never.Error() {
			t.Errorf("%q and %q can be told apart", gone, never)
		}
		_, led, err := club.TopicAt(t.Context(), club.Again(club.Paying), club.Open.Slug, from.ID)
		if err != nil || led.ID != into.ID {
			t.Errorf("who may read it is led to %v, %v", led.ID, err)
		}
	})
}

// TestRepliesAndDeedsAtOnce: whatever comes first, no reply is lost, none is in two places, and a closed
// topic has none after its closing.
func TestRepliesAndDeedsAtOnce(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod := t.Context(), club.Again(club.Moderator)
		from, into := club.Topic(club.Open, "To be merged"), club.Topic(club.Open, "To take it in")
		closing := club.Topic(club.Open, "To be closed")
		var wait sync.WaitGroup
		kept, closed := make([]forum.Post, 8), make([]error, 8)
		who := club.Again(club.Regular)
		for i := range kept {
			wait.Go(func() {
				var err error
				if kept[i], err = club.Forum.Reply(ctx, who, from.ID, forum.Draft{Key: club.Key(), Text: "Not to be lost."}); err != nil {
					t.Error(err)
				}
				_, closed[i] = club.Forum.Reply(ctx, who, closing.ID, forum.Draft{Key: club.Key(), Text: "In time?"})
			})
		}
		wait.Go(func() {
			if _, _, err := club.Forum.Merge(ctx, mod, from.ID, into.ID, ""); err != nil {
				t.Error(err)
			}
		})
		wait.Go(func() {
			if _, err := club.Forum.Close(ctx, mod, closing.ID, true); err != nil {
				t.Error(err)
			}
		})
		wait.Wait()
		if got := numbers(t, club, into.ID); len(got) != 2+len(kept) || int64(len(got)) != slices.Max(keysOf(got)) {
			t.Errorf("%d replies became %v", len(kept), got)
		}
		in := 0
		for _, err := range closed {
			if err == nil {
				in++
				continue
			}
			clubtest.Refused(t, err, "closed")
		}
		if got := numbers(t, club, closing.ID); len(got) != 1+in {
			t.Errorf("%d replies went through, and it has %d posts", in, len(got))
		}
	})
}

func keysOf(m map[int64]string) (all []int64) {
	for n := range m {
		all = append(all, n)
	}
	return all
}

// TestManyAtOnce: each is asked for by itself, the rest is done, and all of it is undone together.
func TestManyAtOnce(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod := t.Context(), club.Again(club.Moderator)
		elsewhere := club.Space("Market", nil)
		foreign := club.Topic(elsewhere, "Not theirs to close")
		keys := []id.ID{foreign.ID, club.Store.NewID()}
		for range 23 {
			keys = append(keys, club.Topic(club.Open, "One of many").ID)
		}
		_, err := club.Forum.Close(ctx, mod, keys[2], true)
		clubtest.OK(t, err)
		did := clubtest.Must(club.Forum.ActAll(ctx, mod, keys, forum.Command{Do: forum.ToClose, Why: "Spring cleaning."}))(t)
		if did.Done != 22 || did.Left != 3 {
			t.Fatalf("%+v", did)
		}
		closed := func() (n int) {
			for _, key := range keys[2:] {
				if clubtest.Must(club.Forum.Topic(ctx, club.Again(club.Guest), key))(t).Closed() {
					n++
				}
			}
			return n
		}
		if closed() != 23 || clubtest.Must(club.Forum.Topic(ctx, club.Again(club.Guest), foreign.ID))(t).Closed() {
			t.Fatalf("%d are closed", closed())
		}
		_, err = club.Forum.Close(ctx, mod, keys[5], false) // since then
		clubtest.OK(t, err)
		club.Clock.Turn(time.Minute)
		_, err = club.Forum.UndoAll(ctx, club.Again(club.Regular), did.Batch)
		clubtest.Missing(t, err) // to anybody else it never was
		undone := clubtest.Must(club.Forum.UndoAll(ctx, mod, did.Batch))(t)
		if undone.Done != 21 || undone.Left != 1 || closed() != 1 {
			t.Fatalf("undone %+v, closed still %d", undone, closed())
		}
		_, err = club.Forum.ActAll(ctx, mod, make([]id.ID, forum.MaxBulk+1), forum.Command{Do: forum.ToClose})
		clubtest.Refused(t, err, "from 1 to 100")
	})
}
