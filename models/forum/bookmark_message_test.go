package forum_test

import (
	"context"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/notify"
	"guildhall/models/queue"
	"guildhall/models/space"
)

// TestAMessageIsKept: beside posts, with note and reminder, while its room may be read and it stands there.
func TestAMessageIsKept(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, paul := t.Context(), club.Paying
		lounge := club.Space("Lounge", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		says := func(in space.Space, text string) chat.Message {
			room := clubtest.Must(club.Chat.Room(ctx, club.Again(club.Owner), in.ID))(t)
			return clubtest.Must(club.Chat.Send(ctx, club.Again(club.Owner), room.ID, chat.Draft{Key: club.Key(), Text: text}))(t)
		}
		open, closed, gone := says(club.Open, "In the open"), says(lounge, "In the lounge"), says(club.Open, "To be taken back")
		var kept []forum.Bookmark
		for _, m := range []chat.Message{open, closed, gone} {
			kept = append(kept, clubtest.Must(club.Forum.KeepMessage(ctx, club.Again(paul), m.ID))(t))
		}
		if again := clubtest.Must(club.Forum.KeepMessage(ctx, club.Again(paul), open.ID))(t); again.ID != kept[0].ID {
			t.Error("kept twice, it is two")
		}
		if _, err := club.Forum.KeepMessage(ctx, club.Again(club.Regular), closed.ID); err == nil {
			t.Error("somebody keeps a message that they may not read")
		}
		topic := begins(t, club, club.Open, "A topic")
		clubtest.Must(club.Forum.Keep(ctx, club.Again(paul), clubtest.Must(club.Forum.First(ctx, topic.ID))(t)))(t)
		listed := func(of forum.Sought) (plain []string) {
			all, _, err := club.Forum.Bookmarks(ctx, club.Again(paul), of, "")
			clubtest.OK(t, err)
			for _, k := range all {
				plain = append(plain, k.Plain)
			}
			return plain
		}
		if got := listed(forum.Sought{}); len(got) != 4 {
			t.Fatalf("listed are %q", got)
		}
		if got := listed(forum.Sought{Words: "lounge"}); len(got) != 1 || got[0] != "In the lounge" {
			t.Errorf("by the name of the space they find %q", got)
		}
		room := clubtest.Must(club.Chat.Room(ctx, club.Again(paul), club.Open.ID))(t)
		if last := clubtest.Must(club.Chat.Last(ctx, club.Again(paul), room))(t); !last.Mine[open.ID][chat.Bookmarked] || len(last.Given[open.ID]) != 0 {
			t.Error("the room does not say that it is kept, or says it to others")
		}
		soon := club.Clock.Now().Add(time.Hour)
		for _, b := range kept {
			clubtest.OK(t, club.Forum.ChangeBookmark(ctx, club.Again(paul), b.ID, "For the walk", &soon))
		}
		clubtest.Must(club.Chat.Remove(ctx, club.Again(club.Owner), gone.ID, "It was sold."))(t)
		if got := listed(forum.Sought{}); len(got) != 3 {
			t.Errorf("with one removed, listed are %q", got)
		}
		club.Clock.Turn(40 * 24 * time.Hour) // the patron's dues are over
		works(t, club, forum.Remind, func(ctx context.Context, j queue.Job) error {
			var w forum.Reminding
			clubtest.OK(t, j.Read(&w))
			return club.Forum.Remind(ctx, w)
		})
		rows, _, err := club.Bell.Rung(ctx, club.Again(paul), "", 50)
		clubtest.OK(t, err)
		reminded := 0
		for _, r := range rows {
			if r.Kind == notify.Reminded && r.SubjectID == open.ID {
				reminded++
			} else if r.Kind == notify.Reminded {
				t.Error("reminded of what is closed to them, or gone")
			}
		}
		if got := listed(forum.Sought{}); reminded != 1 || len(got) != 2 {
			t.Errorf("%d reminders, and listed are %q", reminded, got)
		}
		clubtest.OK(t, club.Forum.Unkeep(ctx, club.Again(paul), open.ID))
		if got := listed(forum.Sought{}); len(got) != 1 {
			t.Errorf("with one kept no longer, listed are %q", got)
		}
	})
}
