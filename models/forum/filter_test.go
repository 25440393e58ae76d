package forum_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// lists are the ids of a whole list, walked page by page.
func lists(t *testing.T, club *clubtest.Club, v access.Viewer, of forum.Of) (ids []id.ID) {
	t.Helper()
	of.Joined = clubtest.Start
	for after := forum.Cursor(""); ; {
		page, next, err := club.Forum.List(t.Context(), club.Again(v), of, after)
		clubtest.OK(t, err)
		for _, l := range page {
			ids = append(ids, l.ID)
		}
		if after = next; next == "" {
			return ids
		}
	}
}

// works does the jobs that are due, of one kind.
func works(t *testing.T, club *clubtest.Club, kind queue.Kind, do func(context.Context, queue.Job) error) (n int) {
	t.Helper()
	for {
		job, ok, err := club.Queue.Take(t.Context(), []queue.Kind{kind})
		clubtest.OK(t, err)
		if !ok {
			return n
		}
		clubtest.OK(t, do(t.Context(), job))
		clubtest.OK(t, club.Queue.Finish(t.Context(), job))
		n++
	}
}

// TestEveryListIsOfWhatMayBeRead is the law of the lists: no filter shows what is closed to somebody.
func TestEveryListIsOfWhatMayBeRead(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		lounge := club.Space("Lounge", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		all := []forum.Topic{begins(t, club, club.Open, "In the open", "film"), begins(t, club, lounge, "In the lounge", "film"), begins(t, club, club.Open, "Out of sight", "film")}
		for _, topic := range all {
			club.Reply(club.Owner, topic, "So that it stands out.")
		}
		clubtest.Must(club.Forum.Hide(t.Context(), club.Again(club.Owner), all[2].ID, true))(t)
		for name, v := range club.Cast() {
			for _, of := range []forum.Of{{}, {Filter: forum.Top, Period: forum.Week}, {Filter: forum.Top, Period: forum.AllTime}, {Filter: forum.Unopened}, {Filter: forum.Unanswered}} {
				listed := lists(t, club, v, of)
				for _, topic := range all {
					_, err := club.Forum.Topic(t.Context(), v, topic.ID)
					may := err == nil
					if of.Filter == forum.Unopened {
						may = may && v.SignedIn() && v.ID != topic.AuthorID
					}
					if slices.Contains(listed, topic.ID) != may {
						t.Errorf("%s: %q of %+v is listed: %v", name, topic.Title, of, !may)
					}
				}
			}
		}
	})
}

func TestNewAndUnread(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, newt := t.Context(), club.Newcomer
		one, two := begins(t, club, club.Open, "One of them"), begins(t, club, club.Open, "Another one")
		counts := func() forum.Counts {
			return clubtest.Must(club.Forum.Counts(ctx, club.Again(newt), forum.Of{Joined: clubtest.Start}))(t)
		}
		if n := counts(); n.New != 2 || n.Unread != 0 {
			t.Fatalf("counted %+v", n)
		}
		clubtest.OK(t, club.Forum.ReadUpTo(ctx, club.Again(newt), one.ID, 1))
		second := club.Reply(club.Regular, one, "And so on.")
		if got := lists(t, club, newt, forum.Of{Filter: forum.Unread}); !slices.Equal(got, []id.ID{one.ID}) {
			t.Errorf("unread is %v", got)
		}
		if got := lists(t, club, newt, forum.Of{Filter: forum.Unopened}); !slices.Equal(got, []id.ID{two.ID}) {
			t.Errorf("new is %v", got)
		}
		clubtest.OK(t, club.Forum.SeenNew(ctx, club.Again(newt), club.Open.ID))
		clubtest.OK(t, club.Forum.ReadUpTo(ctx, club.Again(newt), one.ID, 2))
		if n := counts(); n.New != 0 || n.Unread != 0 {
			t.Errorf("seen and read, and counted %+v", n)
		}
		clubtest.Must(club.Forum.UnreadFrom(ctx, club.Again(newt), second.ID))(t)
		if l := clubtest.Must(club.Forum.Topic(ctx, club.Again(newt), one.ID))(t); l.ReadNumber != 1 || counts().Unread != 1 {
			t.Errorf("marked unread from the second, it stands at %d", l.ReadNumber)
		}
		club.Clock.Turn(time.Minute)
		begins(t, club, club.Open, "A third one")
		if n := counts(); n.New != 1 {
			t.Errorf("of what came since, counted %+v", n)
		}
		club.Clock.Turn(15 * 24 * time.Hour)
		if n := counts(); n.New != 0 {
			t.Errorf("after two weeks, counted %+v", n)
		}
	})
}

// TestTheBestOfAPeriod: by replies and reactions, with what was taken back leaving no trace, page by page.
func TestTheBestOfAPeriod(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		quiet, loved, busy := begins(t, club, club.Open, "A quiet one"), begins(t, club, club.Open, "A loved one"), begins(t, club, club.Open, "A busy one")
		first := clubtest.Must(club.Forum.First(ctx, loved.ID))(t)
		for _, v := range []access.Viewer{club.Regular, club.Paying} {
			clubtest.Must(club.Forum.React(ctx, club.Again(v), first, "thanks", true))(t)
		}
		for range 3 {
			club.Reply(club.Regular, busy, "And another thing.")
		}
		gone := club.Reply(club.Regular, quiet, "Taken back.")
		clubtest.Must(club.Forum.Remove(ctx, club.Again(club.Regular), gone.ID))(t)
		for _, p := range forum.Periods {
			if got := lists(t, club, club.Newcomer, forum.Of{Filter: forum.Top, Period: p}); !slices.Equal(got, []id.ID{loved.ID, busy.ID}) {
				t.Errorf("%s: %v", p, got)
			}
		}
		clubtest.Must(club.Forum.React(ctx, club.Again(club.Paying), first, "thanks", false))(t)
		if got := lists(t, club, club.Newcomer, forum.Of{Space: club.Open.ID, Filter: forum.Top, Period: forum.Week}); !slices.Equal(got, []id.ID{busy.ID, loved.ID}) {
			t.Errorf("with one reaction less: %v", got)
		}
		club.Clock.Turn(20 * 24 * time.Hour)
		if got := lists(t, club, club.Newcomer, forum.Of{Filter: forum.Top, Period: forum.Week}); len(got) != 0 {
			t.Errorf("three weeks later the best of the week are %v", got)
		}
		if got := lists(t, club, club.Newcomer, forum.Of{Filter: forum.Top, Period: forum.Year}); len(got) != 2 {
			t.Errorf("and of the year %v", got)
		}
		if swept := clubtest.Must(club.Forum.SweepTops(ctx, 100))(t); swept == 0 {
			t.Error("nothing of what is over was swept")
		}
	})
}

// TestALevelIsTheNearest: a topic's own stands before its tags', and those before its space's.
func TestALevelIsTheNearest(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, rita := t.Context(), club.Regular
		topic := begins(t, club, club.Open, "One of them", "film", "paper")
		tag := func(name string) id.ID { return clubtest.Must(club.Forum.Tag(ctx, club.Again(rita), name))(t).ID }
		level := func() forum.Level { return clubtest.Must(club.Forum.Topic(ctx, club.Again(rita), topic.ID))(t).Level }
		listed := func() bool { return slices.Contains(lists(t, club, rita, forum.Of{}), topic.ID) }
		for _, step := range []struct {
			kind    forum.Followed
			subject id.ID
			set     forum.Level
			want    forum.Level
		}{
			{forum.FollowSpace, club.Open.ID, forum.Muted, forum.Muted}, {forum.FollowTag, tag("film"), forum.Tracking, forum.Tracking},
			{forum.FollowTag, tag("paper"), forum.Muted, forum.Tracking}, {forum.FollowTopic, topic.ID, forum.Muted, forum.Muted}, {forum.FollowTopic, topic.ID, forum.Watching, forum.Watching},
		} {
			clubtest.OK(t, club.Forum.Watch(ctx, club.Again(rita), step.kind, step.subject, step.set))
			if got := level(); got != step.want || listed() != (step.want > forum.Muted) {
				t.Errorf("%s at %d: the topic is at %d, listed %v", step.kind, step.set, got, listed())
			}
		}
		lounge := club.Space("Lounge", map[access.Verb]access.Lock{access.See: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		closed := begins(t, club, lounge, "In the lounge", "velvet")
		velvet := clubtest.Must(club.Forum.Tag(ctx, club.Again(club.Owner), "velvet"))(t).ID
		clubtest.Missing(t, club.Forum.Watch(ctx, club.Again(rita), forum.FollowTopic, closed.ID, forum.Watching))
		clubtest.Missing(t, club.Forum.Watch(ctx, club.Again(rita), forum.FollowSpace, lounge.ID, forum.Watching))
		clubtest.Missing(t, club.Forum.Watch(ctx, club.Again(rita), forum.FollowTag, velvet, forum.Watching))
	})
}

// TestWhoWatchesIsTold: of every post once, in steps, and only while they may read it.
func TestWhoWatchesIsTold(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		lounge := club.Space("Lounge", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		clubtest.OK(t, club.Forum.Watch(ctx, club.Again(club.Paying), forum.FollowSpace, lounge.ID, forum.Watching))
		clubtest.OK(t, club.Forum.Watch(ctx, club.Again(club.Moderator), forum.FollowSpace, club.Open.ID, forum.Watching))
		for i := range 120 { // more than one step holds
			v := club.Join("w" + string(rune('a'+i/26)) + string(rune('a'+i%26)))
			club.Write(func(tx *store.Tx) error {
				return tx.Exec("insert into watches (member_id, kind, subject_id, level, at) values (?, 'space', ?, 3, ?)", v.ID, club.Open.ID, tx.Now).Error
			})
		}
		tell := func(ctx context.Context, j queue.Job) error {
			var w forum.Telling
			clubtest.OK(t, j.Read(&w))
			return club.Forum.TellFollowers(ctx, w)
		}
		told := func(kind string, subject id.ID) (n int64) {
			clubtest.OK(t, club.Store.Read(ctx).Table("notifications").Where("kind = ? and subject_id = ?", kind, subject).Count(&n).Error)
			return n
		}
		topic := begins(t, club, club.Open, "One of them")
		if steps := works(t, club, forum.TellFollowers, tell); steps != 2 {
			t.Errorf("told in %d steps", steps)
		}
		first := clubtest.Must(club.Forum.First(ctx, topic.ID))(t)
		if n := told(notify.Started, first); n != 121 {
			t.Errorf("%d are told of a new topic", n)
		}
		reply := club.Reply(club.Regular, topic, "And so on, @mods.")
		works(t, club, forum.TellFollowers, tell)
		if n, mentioned := told(notify.Watched, reply.ID), told(notify.Mentioned, reply.ID); n != 120 || mentioned != 1 {
			t.Errorf("%d are told of a reply, and %d that they are mentioned", n, mentioned)
		}
		closed := begins(t, club, lounge, "In the lounge")
		club.Clock.Turn(40 * 24 * time.Hour) // the patron's dues end before the job runs
		works(t, club, forum.TellFollowers, tell)
		if n := told(notify.Started, clubtest.Must(club.Forum.First(ctx, closed.ID))(t)); n != 0 {
			t.Errorf("%d are told of what is closed to them", n)
		}
	})
}

// TestWhatIsFollowedByItself: what one begins, what one replies in, and what one comes back to.
func TestWhatIsFollowedByItself(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, newt := t.Context(), club.Newcomer
		level := func(topic forum.Topic) forum.Level {
			return clubtest.Must(club.Forum.Topic(ctx, club.Again(newt), topic.ID))(t).Level
		}
		own := clubtest.Must(club.Forum.Start(ctx, club.Again(newt), club.Open.ID, forum.Draft{Key: club.Key(), Title: "My own", Text: "Of mine."}))(t)
		answered, read := begins(t, club, club.Open, "One of them"), begins(t, club, club.Open, "Another one")
		club.Reply(newt, answered, "So it is.")
		clubtest.OK(t, club.Forum.ReadUpTo(ctx, club.Again(newt), read.ID, 1))
		if level(own) != forum.Watching || level(answered) != forum.Tracking || level(read) != forum.Normal {
			t.Errorf("own %d, answered %d, read %d", level(own), level(answered), level(read))
		}
		club.Clock.Turn(5 * time.Minute)
		club.Reply(club.Regular, read, "More of it.")
		clubtest.OK(t, club.Forum.ReadUpTo(ctx, club.Again(newt), read.ID, 2))
		if level(read) != forum.Tracking {
			t.Errorf("come back to, it is at %d", level(read))
		}
		clubtest.OK(t, club.Forum.SetWays(ctx, club.Again(newt), forum.Ways{TrackAfter: -1, OnReply: forum.Watching}))
		last := begins(t, club, club.Open, "The last one")
		club.Reply(newt, last, "So it is.")
		if level(last) != forum.Watching {
			t.Errorf("as they chose, it is at %d", level(last))
		}
	})
}
