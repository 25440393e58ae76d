package forum_test

import (
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
)

// Who may make a wiki of what, and who may edit it then: whoever may reply, for as long as they may, and
// nobody takes away by it what is not theirs.
func TestAWikiIsForThoseWhoMayReply(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		regulars := access.Lock{{{Kind: access.StatusKey, Amount: 3}}}
		sp := club.Space("Garden", map[access.Verb]access.Lock{access.Reply: regulars})
		topic := club.Topic(sp, "Garden plans")
		p := club.Reply(club.Regular, topic, "Sow in March.")
		edit := func(v access.Viewer, text string) error {
			_, err := club.Forum.Edit(t.Context(), club.Again(v), p.ID, text)
			return err
		}
		wiki := func(v access.Viewer, on bool) error {
			kept, err := club.Forum.MakeWiki(t.Context(), club.Again(v), p.ID, on)
			if err == nil && kept.Wiki != on {
				t.Fatalf("made it %v, and it is %v", on, kept.Wiki)
			}
			return err
		}
		other := club.Join("other")
		club.Earn(other.ID, 110)
		clubtest.Refused(t, edit(other, "Sow in April."), "Only its author")
		clubtest.Refused(t, wiki(other, true), "Only its author")
		clubtest.OK(t, wiki(club.Regular, true))
		clubtest.OK(t, edit(other, "Sow in April."))
		got, listed, err := club.Forum.Post(t.Context(), club.Again(club.Regular), p.ID)
		clubtest.OK(t, err)
		if got.Source != "Sow in April." || got.AuthorID != club.Regular.ID || got.EditedBy == nil || *got.EditedBy != other.ID {
			t.Fatalf("after an edit by another it is %+v", got)
		}
		if forum.CanEdit(club.Again(other), listed.Topic, got) != nil || forum.CanRemove(club.Again(other), listed.Topic, got) == nil {
			t.Error("another may edit it, and may not take it away")
		}
		_, err = club.Forum.Remove(t.Context(), club.Again(other), p.ID)
		clubtest.Refused(t, err, "Only its author")
		clubtest.Refused(t, edit(club.Newcomer, "Sow in May."), "opens at Regular")
		clubtest.Refused(t, wiki(other, false), "Only its author")

		clubtest.Must(club.Forum.Close(t.Context(), club.Again(club.Owner), topic.ID, true))(t)
		clubtest.Refused(t, edit(other, "Sow in June."), "closed")
		clubtest.Must(club.Forum.Close(t.Context(), club.Again(club.Owner), topic.ID, false))(t)
		clubtest.OK(t, wiki(club.Owner, false))
		clubtest.Refused(t, edit(other, "Sow in July."), "Only its author")

		shut := club.Space("Listed", map[access.Verb]access.Lock{access.Start: {{{Kind: access.StatusKey, Amount: 5}}}})
		own := club.Reply(club.Regular, club.Topic(shut, "What to list"), "This.")
		_, err = club.Forum.MakeWiki(t.Context(), club.Again(club.Regular), own.ID, true)
		clubtest.Refused(t, err, "opens at")
	})
}
