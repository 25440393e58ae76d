package forum_test

import (
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
)

// TestAnAnnouncementStandsAtHomeUntilItIsOpenedOrDismissed: for those who may read it, and once: not
// among the questions that wait as well.
func TestAnAnnouncementStandsAtHomeUntilItIsOpenedOrDismissed(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		lounge := club.Space("Lounge", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		open, closed := begins(t, club, club.Open, "To everybody"), begins(t, club, lounge, "To patrons")
		stands := func(v access.Viewer) (announced, waiting []forum.Listed) {
			a := clubtest.Must(club.Forum.Arriving(ctx, club.Again(v), 3))(t)
			return a.Announced, a.Waiting
		}
		read := clubtest.Must(club.Forum.Topic(ctx, club.Again(club.Regular), open.ID))(t)
		clubtest.OK(t, club.Forum.Look(ctx, club.Again(club.Regular), read, forum.Sight{UpTo: 1}))
		club.Clock.Turn(time.Minute)
		for _, topic := range []forum.Topic{open, closed} {
			clubtest.Must(club.Forum.Announce(ctx, club.Again(club.Owner), topic.ID, true, nil))(t)
			club.Clock.Turn(time.Minute)
		}
		if got, waiting := stands(club.Paying); len(got) != 2 || got[0].ID != closed.ID || len(waiting) != 0 {
			t.Errorf("a patron finds %d announcements and %d questions", len(got), len(waiting))
		}
		if got, waiting := stands(club.Regular); len(got) != 1 || got[0].ID != open.ID || len(waiting) != 0 {
			t.Errorf("somebody who read one of them before finds %d announcements and %d questions", len(got), len(waiting))
		}
		clubtest.OK(t, club.Forum.ReadUpTo(ctx, club.Again(club.Paying), closed.ID, 1))
		clubtest.OK(t, club.Forum.Dismiss(ctx, club.Again(club.Regular), open.ID))
		if got, waiting := stands(club.Regular); len(got) != 0 || len(waiting) != 1 || waiting[0].ID != open.ID {
			t.Error("what was dismissed stands still, or does not wait as a question")
		}
		if got, _ := stands(club.Paying); len(got) != 1 || got[0].ID != open.ID {
			t.Errorf("after one was opened, %d stand", len(got))
		}
	})
}

// TestWhatIsMissedHeedsWhatOneFollows: what is watched comes first, what is muted or begun by somebody who is
// ignored does not come.
func TestWhatIsMissedHeedsWhatOneFollows(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, v, since := t.Context(), club.Newcomer, club.Clock.Now().Add(-time.Minute)
		yard := club.Space("Yard", nil)
		busy, watched := begins(t, club, club.Open, "Much was said"), begins(t, club, club.Open, "It is watched")
		tagged, muted, inYard := begins(t, club, club.Open, "Of a tag", "noise"), begins(t, club, club.Open, "It is muted"), begins(t, club, yard, "In the yard")
		theirs := clubtest.Must(club.Forum.Start(ctx, club.Again(club.Regular), club.Open.ID, forum.Draft{Key: club.Key(), Title: "Of somebody", Text: "Of it."}))(t)
		for range 3 {
			club.Reply(club.Regular, busy, "And more.")
		}
		missed := func() (titles []string) {
			for _, topic := range clubtest.Must(club.Forum.Missed(ctx, club.Again(v), since, 9))(t) {
				titles = append(titles, topic.Title)
			}
			return titles
		}
		if got := missed(); len(got) != 6 || got[0] != busy.Title {
			t.Fatalf("before anything is said, they missed %q", got)
		}
		tag := clubtest.Must(club.Forum.Tag(ctx, club.Again(v), "noise"))(t)
		clubtest.OK(t, club.Forum.Watch(ctx, club.Again(v), forum.FollowTopic, watched.ID, forum.Watching))
		clubtest.OK(t, club.Forum.Watch(ctx, club.Again(v), forum.FollowTopic, muted.ID, forum.Muted))
		clubtest.OK(t, club.Forum.Watch(ctx, club.Again(v), forum.FollowTag, tag.ID, forum.Muted))
		clubtest.OK(t, club.Forum.Watch(ctx, club.Again(v), forum.FollowSpace, yard.ID, forum.Muted))
		clubtest.OK(t, club.Bell.Ignore(ctx, club.Again(v), theirs.AuthorID, nil))
		if got := missed(); len(got) != 2 || got[0] != watched.Title || got[1] != busy.Title {
			t.Errorf("they missed %q; %q, %q and %q are not for them", got, tagged.Title, inYard.Title, theirs.Title)
		}
	})
}
