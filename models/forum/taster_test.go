package forum_test

import (
	"errors"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/space"
)

// TestTheTasterIsThereToBeRead: whoever wrote in it before the space closed to them changes nothing in
// it from the door.
func TestTheTasterIsThereToBeRead(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, v := t.Context(), club.Paying
		sp := club.Space("Masterclass", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		topic := clubtest.Must(club.Forum.Start(ctx, club.Again(v), sp.ID, forum.Draft{Key: club.Key(), Title: "Chapter one", Text: "Mine."}))(t)
		post := club.Reply(v, topic, "Mine too.")
		clubtest.OK(t, club.Spaces.SetDoor(ctx, club.Again(club.Owner), sp.ID, space.Doorway{Taster: topic.ID}))
		clubtest.Must(club.Forum.Retitle(ctx, club.Again(v), topic.ID, "Chapter two"))(t)
		clubtest.Must(club.Forum.Remove(ctx, club.Again(v), post.ID))(t)

		grants := clubtest.Must(club.Access.Grants(ctx, club.Again(club.Owner), v.ID))(t)
		clubtest.OK(t, club.Access.Withdraw(ctx, club.Again(club.Owner), grants[0].ID, "It was a gift."))
		if _, err := club.Forum.Topic(ctx, club.Again(v), topic.ID); err != nil {
			t.Fatal("the taster cannot be read to begin with")
		}
		shut := (*access.Shut)(nil)
		if _, err := club.Forum.Retitle(ctx, club.Again(v), topic.ID, "Chapter three"); !errors.As(err, &shut) {
			t.Errorf("retitled: %v", err)
		}
		if _, err := club.Forum.Restore(ctx, club.Again(v), post.ID); !errors.As(err, &shut) {
			t.Errorf("restored: %v", err)
		}
	})
}

// TestAClosedTopicStaysAsItIs: its posts are neither changed nor brought back by their authors.
func TestAClosedTopicStaysAsItIs(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, topic := t.Context(), club.Topic(club.Open, "Grain")
		p := club.Reply(club.Newcomer, topic, "Taken back.")
		clubtest.Must(club.Forum.Remove(ctx, club.Again(club.Newcomer), p.ID))(t)
		clubtest.Must(club.Forum.Close(ctx, club.Again(club.Moderator), topic.ID, true))(t)
		_, err := club.Forum.Restore(ctx, club.Again(club.Newcomer), p.ID)
		clubtest.Refused(t, err, "This topic is closed")
		clubtest.Must(club.Forum.Restore(ctx, club.Again(club.Moderator), p.ID))(t)
	})
}
