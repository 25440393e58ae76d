package forum_test

import (
	"fmt"
	"slices"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/space"
	"guildhall/models/stream"
)

func TestAVoteIsOnePerMemberAndTakenBack(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Which film for snow?")
		p := club.Reply(club.Regular, topic, "Meter the shadows.")
		before := score(t, club, club.Regular)
		vote := func(v access.Viewer, on bool) int64 {
			t.Helper()
			voted := clubtest.Must(club.Forum.Vote(t.Context(), club.Again(v), p.ID, on))(t)
			if kept, _, err := club.Forum.Post(t.Context(), v, p.ID); err != nil || kept.Votes != voted.Votes {
				t.Fatalf("kept %d, returned %d (%v)", kept.Votes, voted.Votes, err)
			}
			return voted.Votes
		}
		seq := func() int64 {
			return clubtest.Must(club.Forum.Topic(t.Context(), club.Owner, topic.ID))(t).Seq
		}
		from := seq()
		if n := vote(club.Paying, true); n != 1 {
			t.Fatalf("%d votes after the first", n)
		}
		if n := vote(club.Paying, true); n != 1 || seq() != from+1 {
			t.Fatalf("the same vote twice: %d votes, %d changes", n, seq()-from)
		}
		changes, _, _, err := club.Streams.Since(t.Context(), topic.ID, from)
		clubtest.OK(t, err)
		if len(changes) != 1 || changes[0].Kind != stream.Reacted || changes[0].SubjectID != p.ID {
			t.Fatalf("changes %+v", changes)
		}
		if n := vote(club.Newcomer, true); n != 2 {
			t.Fatalf("%d votes of two", n)
		}
		if got := score(t, club, club.Regular) - before; got < 3.9 || got > 4.1 {
			t.Fatalf("two votes earned %v", got)
		}
		read := func(v access.Viewer) forum.Page {
			listed := clubtest.Must(club.Forum.Topic(t.Context(), v, topic.ID))(t)
			return clubtest.Must(club.Forum.Posts(t.Context(), v, listed, 1))(t)
		}
		if mine := read(club.Paying); !mine.Mine[p.ID][forum.Voted] || len(mine.Given[p.ID]) != 0 {
			t.Fatalf("own %v, reactions %v", mine.Mine, mine.Given)
		}
		if others := read(club.Moderator); others.Mine[p.ID][forum.Voted] {
			t.Fatal("somebody else's vote is one's own")
		}
		if n := vote(club.Paying, false); n != 1 || read(club.Paying).Mine[p.ID][forum.Voted] {
			t.Fatalf("taken back: %d", n)
		}
		if n := vote(club.Paying, false); n != 1 {
			t.Fatalf("taken back twice: %d", n)
		}
		if got := score(t, club, club.Regular) - before; got < 1.9 || got > 2.1 {
			t.Fatalf("one vote left earned %v", got)
		}
	})
}

func TestWhoMayVoteOnWhat(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Which film for snow?")
		p := club.Reply(club.Regular, topic, "Meter the shadows.")
		vote := func(v access.Viewer, p forum.Post) error {
			_, err := club.Forum.Vote(t.Context(), club.Again(v), p.ID, true)
			return err
		}
		clubtest.Refused(t, vote(club.Regular, p), "what others wrote")
		clubtest.Refused(t, vote(club.Guest, p), "")
		clubtest.OK(t, vote(club.Newcomer, p))
		listed := clubtest.Must(club.Forum.Topic(t.Context(), club.Owner, topic.ID))(t)
		question := clubtest.Must(club.Forum.Posts(t.Context(), club.Owner, listed, 1))(t).Posts[0]
		clubtest.Refused(t, vote(club.Newcomer, question), "Votes are for answers")
		clubtest.Must(club.Forum.Remove(t.Context(), club.Again(club.Moderator), p.ID))(t)
		clubtest.Missing(t, vote(club.Newcomer, p))

		talk := club.Space("Talk", nil)
		talk.Kind = space.Talk
		clubtest.OK(t, club.Spaces.Change(t.Context(), club.Again(club.Owner), talk))
		said := club.Reply(club.Regular, club.Topic(talk, "The long evening"), "So it is.")
		clubtest.Refused(t, vote(club.Newcomer, said), "question spaces")

		locked := club.Space("Locked", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		inside := club.Reply(club.Paying, club.Topic(locked, "Behind the door"), "Here.")
		clubtest.OK(t, vote(club.Owner, inside))
		if err := vote(club.Newcomer, inside); err == nil {
			t.Fatal("a vote from before the door")
		}
	})
}

// Along every page of the order of votes, on and back, each post stands once: the question, the
// accepted answer, then by votes and, where they are equal, by number.
func TestTheOrderOfVotes(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Which film for snow?")
		voters := []access.Viewer{club.Newcomer, club.Paying, club.Moderator, club.Stranger}
		want := []int64{1}
		var posts []forum.Post
		for i := range 49 {
			p := club.Reply(club.Regular, topic, fmt.Sprintf("Answer %d.", i))
			for _, v := range voters[:i*7%5] {
				p = clubtest.Must(club.Forum.Vote(t.Context(), club.Again(v), p.ID, true))(t)
			}
			posts = append(posts, p)
		}
		answer := posts[20]
		clubtest.Must(club.Forum.Accept(t.Context(), club.Again(club.Owner), answer.ID))(t)
		want = append(want, answer.Number)
		slices.SortStableFunc(posts, func(a, b forum.Post) int { return int(b.Votes - a.Votes) })
		for _, p := range posts {
			if p.ID != answer.ID {
				want = append(want, p.Number)
			}
		}
		listed := clubtest.Must(club.Forum.Topic(t.Context(), club.Newcomer, topic.ID))(t)
		read := func(s forum.Stretch) (forum.Page, []int64) {
			t.Helper()
			page := clubtest.Must(club.Forum.Stretch(t.Context(), club.Newcomer, listed, s))(t)
			var numbers []int64
			for _, p := range page.Posts {
				numbers = append(numbers, p.Number)
			}
			if len(numbers) == 0 || len(numbers) > forum.PostsPerPage+2 {
				t.Fatalf("%+v is a page of %d", s, len(numbers))
			}
			return page, numbers
		}
		var got []int64
		page, numbers := read(forum.Stretch{Order: forum.ByVotes})
		for got = numbers; page.After != 0; got = append(got, numbers...) {
			page, numbers = read(forum.Stretch{Order: forum.ByVotes, From: page.After})
			if page.Before == 0 || page.Answer == nil || page.Answer.ID != answer.ID {
				t.Fatalf("a later page goes back to %d, with the answer %v", page.Before, page.Answer)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("onward %v\nwant %v", got, want)
		}
		for got = numbers; page.Before != 0; got = append(numbers, got...) {
			page, numbers = read(forum.Stretch{Order: forum.ByVotes, Till: page.Before})
		}
		if !slices.Equal(got, want) {
			t.Fatalf("backward %v\nwant %v", got, want)
		}
		for _, n := range want { // the address of a post leads to a page on which it stands
			if _, numbers := read(forum.Stretch{Order: forum.ByVotes, From: n}); !slices.Contains(numbers, n) {
				t.Errorf("post %d is not on its page: %v", n, numbers)
			}
		}
		page, numbers = read(forum.Stretch{Order: forum.Newest})
		if numbers[0] != 50 || page.After != 30 || page.Before != 0 {
			t.Fatalf("newest first: %v, then %d", numbers, page.After)
		}
		if page, numbers = read(forum.Stretch{Order: forum.Newest, From: page.After}); numbers[0] != 30 || page.Before != 50 {
			t.Fatalf("on: %v, back to %d", numbers, page.Before)
		}
	})
}

// A topic that fits on a page is there whole, wherever one asks to begin.
func TestAShortTopicIsShownWhole(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Which film for snow?")
		for i := range forum.PostsPerPage - 1 {
			club.Reply(club.Regular, topic, fmt.Sprintf("Answer %d.", i))
		}
		for _, order := range forum.Orders {
			listed := clubtest.Must(club.Forum.Topic(t.Context(), club.Newcomer, topic.ID))(t)
			page := clubtest.Must(club.Forum.Stretch(t.Context(), club.Newcomer, listed, forum.Stretch{Order: order, From: 7}))(t)
			if len(page.Posts) != forum.PostsPerPage || !page.Whole() {
				t.Errorf("by %s: %d posts, back to %d, on to %d", order, len(page.Posts), page.Before, page.After)
			}
		}
	})
}
