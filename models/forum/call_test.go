package forum_test

import (
	"slices"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/store"
)

// told tells of which of its members a post's mention was told.
func told(t *testing.T, club *clubtest.Club, p forum.Post) (all []id.ID) {
	t.Helper()
	clubtest.OK(t, club.Store.Read(t.Context()).Table("notifications").Where("kind = ? and subject_id = ?", notify.Mentioned, p.ID).Order("member_id").Pluck("member_id", &all).Error)
	return all
}

func TestAGroupIsCalledByWhomItAllows(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		sp := club.Space("Darkroom", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		topic := club.Topic(sp, "Fixer")
		handle := "printers"
		group := clubtest.Must(club.Access.SaveGroup(t.Context(), club.Again(club.Owner), access.Group{Name: "Printers", Handle: &handle, CalledBy: access.ByItself}))(t)
		for _, v := range []access.Viewer{club.Paying, club.Newcomer} {
			clubtest.OK(t, club.Access.Join(t.Context(), club.Again(club.Owner), group.ID, v.ID, nil))
		}
		outside := club.Join("otto")
		club.Give(outside, club.Patron, 0)
		silent := club.Reply(outside, topic, "Hello @printers and @nobody.")
		if len(told(t, club, silent)) != 0 || strings.Contains(silent.HTML, "mention") {
			t.Errorf("one who may not call it told %v and wrote %q", told(t, club, silent), silent.HTML)
		}
		heard := club.Reply(club.Owner, topic, "Hello @printers.")
		if got := told(t, club, heard); !slices.Equal(got, []id.ID{club.Paying.ID}) {
			t.Errorf("told were %v, and not the one of them who may read it", got)
		}
		if !strings.Contains(heard.HTML, `<span class="mention">@printers</span>`) {
			t.Errorf("it reads %q", heard.HTML)
		}
		if groups, _ := club.Access.GroupsLike(t.Context(), club.Again(outside), "prin", 8); len(groups) != 0 {
			t.Error("it is offered to one who may not call it")
		}
		if groups, _ := club.Access.GroupsLike(t.Context(), club.Again(club.Paying), "prin", 8); len(groups) != 1 {
			t.Error("it is not offered to one of them")
		}
		taken := "paul"
		_, err := club.Access.SaveGroup(t.Context(), club.Again(club.Owner), access.Group{Name: "Taken", Handle: &taken, CalledBy: access.ByMembers})
		clubtest.Refused(t, err, "goes by that handle")
	})
}

func TestWhoCannotReadIsNotTold(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		sp := club.Space("Darkroom", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		topic := club.Topic(sp, "Fixer")
		p := club.Reply(club.Owner, topic, "Ask @paul, @newt and @nobody.")
		if !slices.Equal(p.Untold, []string{"newt"}) || !slices.Equal(told(t, club, p), []id.ID{club.Paying.ID}) {
			t.Errorf("untold %v, told %v", p.Untold, told(t, club, p))
		}
		if strings.Count(p.HTML, "/m/") != 2 {
			t.Errorf("it reads %q", p.HTML)
		}
		found := clubtest.Must(club.Members.Like(t.Context(), club.Again(club.Owner), topic, "", 8))(t)
		if len(found) != 1 || found[0].ID != club.Paying.ID {
			t.Errorf("offered are %v", found)
		}
		clubtest.OK(t, club.Bell.Block(t.Context(), club.Again(club.Paying), club.Owner.ID))
		if found = clubtest.Must(club.Members.Like(t.Context(), club.Again(club.Owner), topic, "pa", 8))(t); len(found) != 0 {
			t.Error("one who blocks the writer is offered")
		}
	})
}

func TestAnEditTellsWhomItMentionsAnew(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Garden plans")
		p := club.Reply(club.Regular, topic, "Ask @paul.")
		club.Write(func(tx *store.Tx) error { return tx.Exec("delete from notifications where subject_id = ?", p.ID).Error })
		clubtest.Must(club.Forum.Edit(t.Context(), club.Again(club.Regular), p.ID, "Ask @paul or @newt."))(t)
		if got := told(t, club, p); !slices.Equal(got, []id.ID{club.Newcomer.ID}) {
			t.Errorf("told were %v", got)
		}
	})
}

func TestHereIsForModerators(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		topic := club.Topic(club.Open, "Garden plans")
		say := func(v access.Viewer) []id.ID {
			d := forum.Draft{Key: club.Key(), Text: "Look, @here.", Here: []id.ID{club.Paying.ID, club.Suspended.ID, v.ID}}
			return told(t, club, clubtest.Must(club.Forum.Reply(t.Context(), club.Again(v), topic.ID, d))(t))
		}
		if got := say(club.Regular); len(got) != 0 {
			t.Errorf("a member told %v", got)
		}
		if got := say(club.Moderator); !slices.Equal(got, []id.ID{club.Paying.ID}) {
			t.Errorf("a moderator told %v", got)
		}
	})
}
