package chat_test

import (
	"testing"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/id"
)

// What is said together stands as if it had been said one after the other: each with its own number in
// its room, twice-sent ones once, those that are refused alone, and all that follows from each.
func TestABatchIsWhatItsMessagesAreAlone(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		shut := club.Space("Darkroom", map[access.Verb]access.Lock{access.Chat: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		open := clubtest.Must(club.Chat.Room(t.Context(), club.Again(club.Owner), club.Open.ID))(t).ID
		dark := clubtest.Must(club.Chat.Room(t.Context(), club.Again(club.Owner), shut.ID))(t).ID
		earlier := clubtest.Must(club.Chat.Send(t.Context(), club.Regular, open, chat.Draft{Key: "before", Text: "Said before."}))(t)
		say := func(by access.Viewer, room id.ID, key, text string) chat.Saying {
			return chat.Saying{By: club.Again(by), Room: room, Draft: chat.Draft{Key: key, Text: text}}
		}
		unread := clubtest.Must(club.Bell.Unread(t.Context(), club.Again(club.Newcomer)))(t)
		asked := club.Statements()
		begun := asked.Transactions()
		kept, refused, err := club.Chat.SendTogether(t.Context(),
			say(club.Regular, open, "1", "First."),
			say(club.Newcomer, dark, "2", "Let me in."),
			say(club.Owner, dark, "3", "In the dark."),
			say(club.Regular, open, "before", "Said again."),
			say(club.Owner, open, "4", "Look, @newt."),
			say(club.Regular, open, "1", "First, once more."),
			say(club.Moderator, id.ID(7), "5", "Nowhere."),
			say(club.Newcomer, open, "6", "Last."),
		)
		clubtest.OK(t, err)
		if asked.Transactions()-begun != 1 {
			t.Errorf("%d transactions", asked.Transactions()-begun)
		}
		for i, err := range refused {
			if wrong := i == 1 || i == 6; wrong != (err != nil) {
				t.Errorf("message %d: %v", i, err)
			}
		}
		if kept[3].ID != earlier.ID || kept[5].ID != kept[0].ID || kept[5].Seq != kept[0].Seq {
			t.Errorf("what came twice is %+v and %+v", kept[3], kept[5])
		}
		if kept[0].Seq != earlier.Seq+1 || kept[4].Seq != earlier.Seq+2 || kept[7].Seq != earlier.Seq+3 || kept[2].Seq != 1 {
			t.Errorf("the numbers are %d %d %d and %d", kept[0].Seq, kept[4].Seq, kept[7].Seq, kept[2].Seq)
		}
		changes, now, whole, err := club.Streams.Since(t.Context(), open, earlier.Seq)
		clubtest.OK(t, err)
		if !whole || now != earlier.Seq+3 || len(changes) != 3 || changes[1].SubjectID != kept[4].ID {
			t.Errorf("open pages are told %+v up to %d", changes, now)
		}
		if n := clubtest.Must(club.Bell.Unread(t.Context(), club.Again(club.Newcomer)))(t); n != unread+1 {
			t.Errorf("the one who was named has %d unread, and had %d", n, unread)
		}
		var found, acts int64
		db := club.Store.Read(t.Context())
		clubtest.OK(t, db.Table("search_rows").Where("kind = 'message'").Count(&found).Error)
		clubtest.OK(t, db.Table("acts").Where("kind = 'message'").Count(&acts).Error)
		if found != 5 || acts != 5 {
			t.Errorf("%d of five are found, and %d count", found, acts)
		}
	})
}
