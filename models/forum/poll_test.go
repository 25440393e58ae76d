package forum_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/safety"
	"guildhall/models/stream"
)

const evenings = ":::poll Which evening?\n- Tuesday\n- Thursday\n- Sunday\n%\n:::"

func asked(rules string) string { return strings.Replace(evenings, "%", rules, 1) }

// ballot is poll 1 of a post as v has it on the page of its topic.
func ballot(t *testing.T, club *clubtest.Club, v access.Viewer, p forum.Post) forum.Ballot {
	t.Helper()
	v = club.Again(v)
	topic := clubtest.Must(club.Forum.Topic(t.Context(), v, p.TopicID))(t)
	page := clubtest.Must(club.Forum.Posts(t.Context(), v, topic, 1))(t)
	b, ok := page.Polls[p.ID][1]
	if !ok {
		t.Fatalf("no poll on the page: %v", page.Polls)
	}
	alone := clubtest.Must(club.Forum.Ballots(t.Context(), v, p))(t)[1]
	if !slices.Equal(alone.Votes, b.Votes) || !slices.Equal(alone.Own, b.Own) || alone.Shown != b.Shown {
		t.Errorf("by itself the poll is %+v, on its page %+v", alone, b)
	}
	return b
}

func vote(t *testing.T, club *clubtest.Club, v access.Viewer, p forum.Post, chosen ...int) error {
	t.Helper()
	_, err := club.Forum.Choose(t.Context(), club.Again(v), p.ID, 1, chosen)
	return err
}

func TestVoting(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "When do we meet?")
		p := club.Reply(club.Regular, topic, asked("up to 2 answers"))
		clubtest.Must(club.Forum.React(t.Context(), club.Newcomer, p.ID, "thanks", true))(t)

		if b := ballot(t, club, club.Newcomer, p); b.Shown || b.Voted() || len(b.Votes) != 3 {
			t.Fatalf("before anybody voted the poll is %+v", b)
		}
		clubtest.OK(t, vote(t, club, club.Newcomer, p, 2, 1, 2))
		clubtest.OK(t, vote(t, club, club.Regular, p, 2)) // in one's own poll, too
		if b := ballot(t, club, club.Newcomer, p); !b.Shown || b.Voters != 2 || !slices.Equal(b.Votes, []int64{1, 2, 0}) || !slices.Equal(b.Own, []bool{true, true, false}) {
			t.Errorf("two votes make %+v", b)
		}
		if b := ballot(t, club, club.Owner, p); b.Shown || b.Voters != 2 || !slices.Equal(b.Votes, []int64{0, 0, 0}) {
			t.Errorf("who has not voted sees %+v", b)
		}
		if n := len(ballotReactions(t, club, p)); n != 1 {
			t.Errorf("%d kinds of reactions beside the poll, not 1", n)
		}

		clubtest.OK(t, vote(t, club, club.Newcomer, p, 3)) // another choice
		clubtest.OK(t, vote(t, club, club.Regular, p))     // and none
		if b := ballot(t, club, club.Newcomer, p); b.Voters != 1 || !slices.Equal(b.Votes, []int64{0, 0, 1}) {
			t.Errorf("changed and taken back they make %+v", b)
		}
		clubtest.Refused(t, vote(t, club, club.Newcomer, p, 1, 2, 3), "up to 2 answers")
		clubtest.Refused(t, vote(t, club, club.Newcomer, p, 4), "not in the poll")
		clubtest.Refused(t, vote(t, club, club.Guest, p, 1), "Sign in")
		_, err := club.Forum.Choose(t.Context(), club.Newcomer, p.ID, 2, []int{1})
		clubtest.Refused(t, err, "no such poll")
	})
}

func ballotReactions(t *testing.T, club *clubtest.Club, p forum.Post) []forum.Count {
	t.Helper()
	topic := clubtest.Must(club.Forum.Topic(t.Context(), club.Newcomer, p.TopicID))(t)
	return clubtest.Must(club.Forum.Posts(t.Context(), club.Newcomer, topic, 1))(t).Given[p.ID]
}

// However many requests come at once, one member has one vote, and the count is that of the votes.
func TestVotesAtOnceAreOne(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		p := club.Reply(club.Regular, club.Topic(club.Open, "One vote each"), asked("results always"))
		var wait sync.WaitGroup
		for i := range 6 {
			wait.Go(func() { clubtest.OK(t, vote(t, club, club.Newcomer, p, i%3+1)) })
		}
		wait.Wait()
		b := ballot(t, club, club.Owner, p)
		if sum := b.Votes[0] + b.Votes[1] + b.Votes[2]; sum != 1 || b.Voters != 1 {
			t.Errorf("six requests of one member make %+v", b)
		}
	})
}

func TestPollsClose(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		end := club.Clock.Now().Add(time.Hour).UTC()
		p := club.Reply(club.Regular, club.Topic(club.Open, "Until then"), asked("results after closing\nuntil "+end.Format("2006-01-02 15:04")))
		clubtest.OK(t, vote(t, club, club.Newcomer, p, 1))
		if b := ballot(t, club, club.Newcomer, p); b.Shown || b.Closed || !b.Voted() || b.Votes[0] != 0 {
			t.Errorf("before its end a voter sees %+v", b)
		}
		club.Clock.Turn(time.Hour)
		clubtest.Refused(t, vote(t, club, club.Owner, p, 1), "closed")
		clubtest.Refused(t, vote(t, club, club.Newcomer, p), "closed")
		if b := ballot(t, club, club.Owner, p); !b.Shown || !b.Closed || b.Votes[0] != 1 {
			t.Errorf("after its end everybody sees %+v", b)
		}
	})
}

// What was voted on stays what it was; what nobody voted on may become anything.
func TestEditingAPoll(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		p := club.Reply(club.Regular, club.Topic(club.Open, "Second thoughts"), asked(""))
		edit := func(v access.Viewer, text string) error {
			_, err := club.Forum.Edit(t.Context(), club.Again(v), p.ID, text)
			return err
		}
		clubtest.OK(t, edit(club.Regular, strings.Replace(asked("several answers"), "Sunday", "Monday", 1)))
		clubtest.OK(t, vote(t, club, club.Newcomer, p, 3))

		was := strings.Replace(asked("several answers"), "Sunday", "Monday", 1)
		clubtest.Refused(t, edit(club.Regular, "No poll at all."), "so it stays in the text")
		clubtest.Refused(t, edit(club.Regular, strings.Replace(was, "Tuesday", "Friday", 1)), "in their order and their words")
		clubtest.Refused(t, edit(club.Regular, strings.Replace(was, "evening?", "morning?", 1)), "question and options stay")
		clubtest.Refused(t, edit(club.Owner, strings.Replace(was, "- Tuesday\n", "", 1)), "question and options stay")
		clubtest.Refused(t, edit(club.Regular, strings.Replace(was, "several answers", "one answer", 1)), "its rules stay")
		clubtest.Refused(t, edit(club.Regular, strings.Replace(was, "several answers", "several answers\nnames shown", 1)), "its rules stay")
		clubtest.Refused(t, edit(club.Regular, strings.Replace(was, "- Monday", "- Monday\n- Sunday", 1)), "only a moderator can add")
		clubtest.Refused(t, edit(club.Regular, ":::poll Another first?\n- a\n- b\n:::\n\n"+was), "question and options stay")

		clubtest.OK(t, edit(club.Regular, "Words around it.\n\n"+was+"\n\n:::poll And?\n- a\n- b\n:::"))
		clubtest.OK(t, edit(club.Owner, strings.Replace(was, "- Monday", "- Monday\n- Sunday\nuntil 2099-01-01", 1)))
		clubtest.OK(t, vote(t, club, club.Owner, p, 1, 2, 3, 4))
		if b := ballot(t, club, club.Newcomer, latest(t, club, p)); b.Voters != 2 || !slices.Equal(b.Votes, []int64{1, 1, 2, 1}) {
			t.Errorf("after all that the votes are %+v", b)
		}
	})
}

// The end of a poll in which members voted moves by its author's or a moderator's hand alone, while it is
// open, and never so that results meant for its end come out sooner.
func TestMovingTheEndOfAPoll(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		until := func(rules string, days int) string {
			if days == 0 {
				return asked(rules)
			}
			return asked(strings.TrimSpace(rules + "\nuntil " + club.Clock.Now().AddDate(0, 0, days).Format(time.DateOnly)))
		}
		edit := func(v access.Viewer, p forum.Post, text string) error {
			_, err := club.Forum.Edit(t.Context(), club.Again(v), p.ID, text)
			return err
		}
		topic := club.Topic(club.Open, "Ends")
		p := club.Reply(club.Regular, topic, until("results always", 10))
		clubtest.OK(t, vote(t, club, club.Newcomer, p, 1))
		clubtest.OK(t, edit(club.Regular, p, until("results always", 5)))
		clubtest.OK(t, edit(club.Owner, p, until("results always", 20)))
		clubtest.Refused(t, edit(club.Regular, p, until("results always", -1)), "and not in the past")
		clubtest.OK(t, edit(club.Regular, p, until("results always", 0)))

		shy := club.Reply(club.Regular, topic, until("results after closing", 10))
		clubtest.OK(t, vote(t, club, club.Newcomer, shy, 1))
		clubtest.Refused(t, edit(club.Regular, shy, until("results after closing", 5)), "cannot come sooner")
		clubtest.Refused(t, edit(club.Owner, shy, until("results after closing", 5)), "cannot come sooner")
		clubtest.OK(t, edit(club.Regular, shy, until("results after closing", 11)))
		club.Clock.Turn(12 * 24 * time.Hour)
		clubtest.Refused(t, edit(club.Regular, shy, until("results after closing", 20)), "is closed, so its end stays")
	})
}

func latest(t *testing.T, club *clubtest.Club, p forum.Post) forum.Post {
	t.Helper()
	fresh, _, err := club.Forum.Post(t.Context(), club.Regular, p.ID)
	clubtest.OK(t, err)
	return fresh
}

// A vote hangs on the place of its post: what cannot be read cannot be voted in, and what is removed is gone.
func TestVotesHangOnTheirPost(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Gone tomorrow")
		p := club.Reply(club.Regular, topic, asked(""))
		clubtest.OK(t, vote(t, club, club.Newcomer, p, 1))

		clubtest.Must(club.Forum.Remove(t.Context(), club.Again(club.Regular), p.ID))(t)
		clubtest.Refused(t, vote(t, club, club.Owner, p, 1), "no such topic or post")
		if gone, err := club.Forum.Ballots(t.Context(), club.Owner, latest(t, club, p)); err != nil || len(gone) > 0 {
			t.Errorf("a removed post has %v, %v", gone, err)
		}
		clubtest.Must(club.Forum.Restore(t.Context(), club.Again(club.Regular), p.ID))(t)
		if b := ballot(t, club, club.Newcomer, p); b.Voters != 1 {
			t.Errorf("restored it is %+v", b)
		}
		clubtest.Must(club.Forum.Hide(t.Context(), club.Again(club.Owner), topic.ID, true))(t)
		if err := vote(t, club, club.Newcomer, p, 2); err == nil {
			t.Error("somebody voted in a hidden topic")
		}
	})
}

// The count outlives whoever leaves, and a vote is told to the open pages once.
func TestVotesAreToldAndStay(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Tell them")
		p := club.Reply(club.Regular, topic, asked("results always"))
		_, before, _, err := club.Streams.Since(t.Context(), topic.ID, 0)
		clubtest.OK(t, err)
		clubtest.OK(t, vote(t, club, club.Newcomer, p, 1))
		clubtest.OK(t, vote(t, club, club.Newcomer, p, 1)) // the same again changes nothing
		changes, _, _, err := club.Streams.Since(t.Context(), topic.ID, before)
		if err != nil || len(changes) != 1 || changes[0].Kind != stream.Voted || changes[0].SubjectID != p.ID {
			t.Errorf("told %+v, %v", changes, err)
		}
		clubtest.OK(t, club.Safety.Remove(t.Context(), club.Again(club.Owner), club.Newcomer.ID, safety.Removal{Typed: "newt", Reason: "They asked to go."}))
		if b := ballot(t, club, club.Owner, p); b.Voters != 1 || b.Votes[0] != 1 {
			t.Errorf("after they left it is %+v", b)
		}
	})
}
