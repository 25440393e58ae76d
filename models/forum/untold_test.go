package forum_test

import (
	"slices"
	"testing"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
)

// Whoever writes is told whom the locks of the space keep out, wherever they write, and of each once.
func TestTheWriterHearsWhomTheLocksKeepOut(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx := t.Context()
		sp := club.Space("Darkroom", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		v := club.Again(club.Paying)
		topic := clubtest.Must(club.Forum.Start(ctx, v, sp.ID, forum.Draft{Key: club.Key(), Title: "Fixer", Text: "Ask @newt or @olive."}))(t)
		if !topic.Untold {
			t.Error("of a new topic it is not said")
		}
		if club.Topic(sp, "Developer").Untold {
			t.Error("it is said of a topic that mentions nobody")
		}
		post := club.Reply(v, topic, "Or @newt.")
		edited := clubtest.Must(club.Forum.Edit(ctx, v, post.ID, "Or @newt and @rita."))(t)
		if !slices.Equal(edited.Untold, []string{"rita"}) {
			t.Errorf("of an edit untold are %v, and not the one whom it mentions anew", edited.Untold)
		}
		room := clubtest.Must(club.Chat.Room(ctx, v, sp.ID))(t)
		said := clubtest.Must(club.Chat.Send(ctx, v, room.ID, chat.Draft{Key: club.Key(), Text: "Hello @newt and @olive."}))(t)
		if !slices.Equal(said.Untold, []string{"newt"}) {
			t.Errorf("of a message untold are %v", said.Untold)
		}
	})
}

// A suspension is nobody else's business: whoever is suspended is spoken of as if they were not.
func TestAMentionTellsNobodyOfASuspension(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Garden plans")
		p := club.Reply(club.Regular, topic, "Ask @suse.")
		if len(told(t, club, p)) != 0 {
			t.Fatal("who is suspended is told")
		}
		if len(p.Untold) != 0 {
			t.Errorf("where everybody reads, %v are said not to", p.Untold)
		}
		sp := club.Space("Darkroom", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		inside := club.Topic(sp, "Fixer")
		if p := club.Reply(club.Paying, inside, "Ask @suse and @newt."); !slices.Equal(p.Untold, []string{"newt", "suse"}) {
			t.Errorf("where neither has a key, untold are %v", p.Untold)
		}
		handles := clubtest.Must(club.Members.Untold(t.Context(), access.Place{SpaceID: club.Open.ID}, []string{"suse", "newt"}))(t)
		if len(handles) != 0 {
			t.Errorf("while one writes, %v are said not to read", handles)
		}
	})
}
