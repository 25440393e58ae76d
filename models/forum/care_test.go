package forum_test

import (
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
)

// orders are one of each deed, with what it needs.
func orders(club *clubtest.Club, elsewhere space.Space) []forum.Command {
	soon, later := club.Clock.Now().Add(48*time.Hour), club.Clock.Now().Add(72*time.Hour)
	return []forum.Command{
		{Do: forum.ToPin, Until: &soon}, {Do: forum.ToPin, Until: &later}, {Do: forum.ToUnpin}, {Do: forum.ToClose}, {Do: forum.ToOpen},
		{Do: forum.ToUnlist}, {Do: forum.ToList}, {Do: forum.ToHide}, {Do: forum.ToShow}, {Do: forum.ToMove, To: elsewhere.ID},
		{Do: forum.ToRename, Title: "Another title"}, {Do: forum.ToSlow, Seconds: 60}, {Do: forum.ToSlow}, {Do: forum.ToGive, To: club.Regular.ID},
		{Do: forum.ToTime, Timer: &forum.Timer{Do: forum.ToClose, Quiet: 3}}, {Do: forum.ToTime, Timer: &forum.Timer{Do: forum.ToClose, At: &later}},
		{Do: forum.ToTime, Timer: &forum.Timer{Do: forum.ToClose}}, {Do: forum.ToArchive}, {Do: forum.ToUnarchive},
	}
}

// state is all of a topic that a deed may change.
func state(t *testing.T, club *clubtest.Club, key id.ID) forum.Topic {
	t.Helper()
	got := clubtest.Must(club.Forum.Topic(t.Context(), club.Again(club.Owner), key))(t).Topic
	got.ActiveAt, got.ClosedAt, got.PinnedAt, got.Key, got.SlowBy, got.ClosedBy = time.Time{}, flag(got.ClosedAt), flag(got.PinnedAt), "", nil, nil
	got.Lines, got.Timers = "", timers(got)
	return got
}

// timers are those of a topic without what tells one setting of the same from another.
func timers(t forum.Topic) (all string) {
	for _, m := range t.Clocks() {
		all += m.String() + "; "
	}
	return all
}

func flag(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	return &time.Time{}
}

// TestEveryDeedIsUndone: whatever was done is in the log with who and why, and undone it is as if it never was.
func TestEveryDeedIsUndone(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		elsewhere := club.Space("Market", nil)
		owner := club.Again(club.Owner)
		topic := club.Topic(club.Open, "To be looked after")
		done := 0
		for _, o := range orders(club, elsewhere) {
			o.Why = "For the test."
			before := state(t, club, topic.ID)
			_, line, err := club.Forum.Act(t.Context(), owner, topic.ID, o)
			clubtest.OK(t, err)
			if line == 0 {
				t.Fatalf("%s changed nothing", o.Do)
			}
			after := state(t, club, topic.ID)
			if equal(before, after) {
				t.Fatalf("%s: nothing is different", o.Do)
			}
			undone := clubtest.Must(club.Forum.Undo(t.Context(), owner, line))(t)
			if got := state(t, club, topic.ID); !equal(got, before) {
				t.Errorf("%s undone:\n%+v\nbefore:\n%+v", o.Do, got, before)
			}
			for _, told := range undone.Deeds() {
				if told.ID == line {
					t.Errorf("%s was undone and is told still", o.Do)
				}
			}
			_, err = club.Forum.Undo(t.Context(), owner, line)
			clubtest.Refused(t, err, "undone already")
			_, line, err = club.Forum.Act(t.Context(), owner, topic.ID, o) // and on to the next
			clubtest.OK(t, err)
			done += 2
			now := clubtest.Must(club.Forum.Topic(t.Context(), owner, topic.ID))(t)
			logged, _, err := club.Forum.Log(t.Context(), owner, now.Topic, "")
			clubtest.OK(t, err)
			if len(logged) != done || logged[0].ID != line || logged[0].By != owner.ID || logged[0].Why != "For the test." || logged[1].UndoneAt == nil {
				t.Fatalf("%s: the log has %+v", o.Do, logged[:min(2, len(logged))])
			}
			if _, again, err := club.Forum.Act(t.Context(), owner, topic.ID, o); err != nil || again != 0 && o.Timer == nil {
				t.Errorf("%s again: %v, %v", o.Do, again, err)
			} else if again != 0 {
				done++
			}
		}
		_, _, err := club.Forum.Log(t.Context(), club.Again(club.Regular), topic, "")
		clubtest.Refused(t, err, "Only the moderators")
	})
}

func equal(a, b forum.Topic) bool {
	if (a.PinnedUntil == nil) != (b.PinnedUntil == nil) || a.PinnedUntil != nil && !a.PinnedUntil.Equal(*b.PinnedUntil) {
		return false
	}
	if (a.PinnedAt == nil) != (b.PinnedAt == nil) || (a.ClosedAt == nil) != (b.ClosedAt == nil) {
		return false
	}
	a.PinnedUntil, b.PinnedUntil, a.PinnedAt, b.PinnedAt, a.ClosedAt, b.ClosedAt = nil, nil, nil, nil, nil, nil
	a.LastBy, b.LastBy, a.CreatedAt, b.CreatedAt = nil, nil, time.Time{}, time.Time{}
	return a == b
}

// TestOnlyKeepersCare: each deed is for those who look after the space, and for nobody else of the cast.
func TestOnlyKeepersCare(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		elsewhere := club.Space("Market", nil)
		topic := club.Topic(club.Open, "Not for everybody")
		for who, v := range club.Cast() {
			for _, o := range orders(club, elsewhere) {
				if v.Keeps(club.Open.ID) {
					continue
				}
				if _, _, err := club.Forum.Act(t.Context(), v, topic.ID, o); err == nil {
					t.Errorf("%s may %s", who, o.Do)
				}
			}
		}
		_, _, err := club.Forum.Act(t.Context(), club.Again(club.Moderator), topic.ID, forum.Command{Do: forum.ToMove, To: elsewhere.ID})
		clubtest.Refused(t, err, "a space that you moderate as well")
		_, line, err := club.Forum.Act(t.Context(), club.Again(club.Moderator), topic.ID, forum.Command{Do: forum.ToClose})
		clubtest.OK(t, err)
		_, err = club.Forum.Undo(t.Context(), club.Again(club.Regular), line)
		clubtest.Refused(t, err, "Only the moderators")
	})
}

// TestUndoWaitsForWhatCameAfter: a deed is undone while none of its kind came after it.
func TestUndoWaitsForWhatCameAfter(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		v, topic := club.Again(club.Moderator), club.Topic(club.Open, "To and fro")
		_, first, err := club.Forum.Act(t.Context(), v, topic.ID, forum.Command{Do: forum.ToRename, Title: "Once"})
		clubtest.OK(t, err)
		club.Clock.Turn(time.Minute)
		_, second, err := club.Forum.Act(t.Context(), v, topic.ID, forum.Command{Do: forum.ToRename, Title: "Twice"})
		clubtest.OK(t, err)
		_, err = club.Forum.Undo(t.Context(), v, first)
		clubtest.Refused(t, err, "changed again since")
		clubtest.Must(club.Forum.Undo(t.Context(), v, second))(t)
		if got := clubtest.Must(club.Forum.Undo(t.Context(), v, first))(t); got.Title != "To and fro" {
			t.Fatalf("it is %q", got.Title)
		}
	})
}

// TestAnArchivedTopicStaysAsItIs: everybody reads it, nobody changes it.
func TestAnArchivedTopicStaysAsItIs(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod := t.Context(), club.Again(club.Moderator)
		topic := club.Topic(club.Open, "For the archive")
		post := club.Reply(club.Regular, topic, "It was good.")
		tries := func() map[string]error {
			own := club.Again(club.Regular)
			_, reply := club.Forum.Reply(ctx, mod, topic.ID, forum.Draft{Key: club.Key(), Text: "One more."})
			_, edit := club.Forum.Edit(ctx, own, post.ID, "It was "+club.Key())
			_, react := club.Forum.React(ctx, club.Again(club.Newcomer), post.ID, "thanks", true)
			_, accept := club.Forum.Accept(ctx, club.Again(club.Owner), post.ID)
			_, title := club.Forum.Retitle(ctx, club.Again(club.Owner), topic.ID, "A title "+club.Key())
			_, notice := club.Forum.Notice(ctx, mod, post.ID, "Mind "+club.Key())
			_, remove := club.Forum.Remove(ctx, mod, post.ID)
			_, restore := club.Forum.Restore(ctx, mod, post.ID)
			return map[string]error{"reply": reply, "edit": edit, "react": react, "accept": accept, "title": title, "notice": notice, "remove": remove, "restore": restore}
		}
		for what, err := range tries() {
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
		}
		_, _, err := club.Forum.Act(ctx, mod, topic.ID, forum.Command{Do: forum.ToArchive})
		clubtest.OK(t, err)
		clubtest.Must(club.Forum.UnreadFrom(ctx, club.Again(club.Newcomer), post.ID))(t) // that is one's own
		for what, err := range tries() {
			if err == nil {
				t.Errorf("%s went through", what)
				continue
			}
			clubtest.Refused(t, err, "archive")
		}
		got := clubtest.Must(club.Forum.Topic(ctx, club.Guest, topic.ID))(t)
		if mod.CanReply(got) == nil {
			t.Error("a moderator may reply")
		}
	})
}

// TestAnUnlistedTopicIsForItsAddress: who has the address reads and answers; nobody but its keepers finds it.
func TestAnUnlistedTopicIsForItsAddress(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		topic := club.Topic(club.Open, "Between the lines")
		club.Reply(club.Regular, topic, "Quite between.")
		for _, on := range []bool{false, true} {
			if on {
				_, _, err := club.Forum.Act(ctx, club.Again(club.Moderator), topic.ID, forum.Command{Do: forum.ToUnlist})
				clubtest.OK(t, err)
			}
			for who, v := range club.Cast() {
				if who == "suspended" {
					continue
				}
				_, err := club.Forum.Topic(ctx, v, topic.ID)
				clubtest.OK(t, err)
				found := places(t, club, v, topic)
				for list, has := range found {
					if wants := !on || v.Keeps(club.Open.ID); has != wants {
						t.Errorf("unlisted %v: %s finds it in %s: %v", on, who, list, has)
					}
				}
			}
		}
		clubtest.Must(club.Forum.Reply(ctx, club.Again(club.Newcomer), topic.ID, forum.Draft{Key: club.Key(), Text: "I have the address."}))(t)
	})
}

// places are the lists in which a listed topic stands, and whether it does.
func places(t *testing.T, club *clubtest.Club, v access.Viewer, topic forum.Topic) map[string]bool {
	t.Helper()
	has := func(all []forum.Listed, err error) bool {
		clubtest.OK(t, err)
		for _, l := range all {
			if l.ID == topic.ID {
				return true
			}
		}
		return false
	}
	latest, _, err := club.Forum.Topics(t.Context(), v, club.Open.ID, forum.Latest, "")
	found := map[string]bool{"the space": has(latest, err)}
	found["recent"] = has(club.Forum.Recent(t.Context(), v, 50))
	found["by its author"] = has(club.Forum.By(t.Context(), v, topic.AuthorID, 50))
	return found
}

// TestAPinEndsByTheClock: nobody has to be there.
func TestAPinEndsByTheClock(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod := t.Context(), club.Again(club.Moderator)
		until := club.Clock.Now().Add(time.Hour)
		topic := club.Topic(club.Open, "On top for an hour")
		clubtest.OK(t, act(t, club, mod, topic.ID, forum.Command{Do: forum.ToPin, Until: &until}))
		pinned := func() int {
			all := clubtest.Must(club.Forum.Pinned(ctx, club.Guest, club.Open.ID))(t)
			rest, _, err := club.Forum.Topics(ctx, club.Guest, club.Open.ID, forum.Latest, "")
			clubtest.OK(t, err)
			if len(all)+len(rest) != 1 {
				t.Fatalf("%d pinned and %d others of one topic", len(all), len(rest))
			}
			return len(all)
		}
		if pinned() != 1 {
			t.Fatal("it is not pinned")
		}
		club.Clock.Turn(time.Hour)
		if pinned() != 0 || clubtest.Must(club.Forum.Topic(ctx, club.Guest, topic.ID))(t).Pinned() {
			t.Fatal("it is pinned still")
		}
		past := club.Clock.Now()
		clubtest.Refused(t, act(t, club, mod, topic.ID, forum.Command{Do: forum.ToPin, Until: &past}), "still to come")
	})
}

func act(t *testing.T, club *clubtest.Club, v access.Viewer, topic id.ID, o forum.Command) error {
	t.Helper()
	_, _, err := club.Forum.Act(t.Context(), v, topic, o)
	return err
}

// TestSlowMode: one member waits between replies, moderators do not, and the page knows for how long.
func TestSlowMode(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, mod := t.Context(), club.Again(club.Moderator)
		topic := club.Topic(club.Open, "Heated")
		clubtest.OK(t, act(t, club, mod, topic.ID, forum.Command{Do: forum.ToSlow, Seconds: 90, Why: "Breathe."}))
		say := func(v access.Viewer) error {
			_, err := club.Forum.Reply(ctx, club.Again(v), topic.ID, forum.Draft{Key: club.Key(), Text: "And another thing."})
			return err
		}
		clubtest.OK(t, say(club.Regular))
		clubtest.OK(t, say(club.Newcomer)) // each for themselves
		clubtest.Refused(t, say(club.Regular), "reply again in 90 seconds")
		clubtest.OK(t, say(mod))
		clubtest.OK(t, say(mod))
		club.Clock.Turn(89 * time.Second)
		clubtest.Refused(t, say(club.Regular), "reply again in a second")
		l := clubtest.Must(club.Forum.Topic(ctx, club.Again(club.Regular), topic.ID))(t)
		if w := l.Wait(club.Again(club.Regular), club.Clock.Now()); w != time.Second || l.SlowWhy != "Breathe." || l.SlowBy == nil || *l.SlowBy != mod.ID {
			t.Fatalf("waits %v; %+v", w, l.Topic)
		}
		club.Clock.Turn(time.Second)
		clubtest.OK(t, say(club.Regular))
		clubtest.OK(t, act(t, club, mod, topic.ID, forum.Command{Do: forum.ToSlow}))
		clubtest.OK(t, say(club.Regular))
	})
}

// TestANoticeStandsBesideItsPost for everybody who reads it.
func TestANoticeStandsBesideItsPost(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Chemistry")
		post := club.Reply(club.Regular, topic, "Just pour it away.")
		_, err := club.Forum.Notice(t.Context(), club.Again(club.Regular), post.ID, "I say so.")
		clubtest.Refused(t, err, "Only the moderators")
		got := clubtest.Must(club.Forum.Notice(t.Context(), club.Again(club.Moderator), post.ID, "**Please** do not."))(t)
		if !strings.Contains(got.NoticeHTML, "<strong>Please</strong>") || got.NoticeBy == nil || got.NoticeAt == nil {
			t.Fatalf("%+v", got)
		}
		page := clubtest.Must(club.Forum.Posts(t.Context(), club.Guest, clubtest.Must(club.Forum.Topic(t.Context(), club.Guest, topic.ID))(t), 1))(t)
		if page.Posts[1].NoticeHTML != got.NoticeHTML {
			t.Fatalf("a guest reads %q", page.Posts[1].NoticeHTML)
		}
		if got = clubtest.Must(club.Forum.Notice(t.Context(), club.Again(club.Moderator), post.ID, " "))(t); got.NoticeAt != nil || got.NoticeHTML != "" {
			t.Fatalf("%+v", got)
		}
	})
}
