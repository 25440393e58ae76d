package access_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/store"
)

func TestGroupsOfAMember(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, a := t.Context(), club.Access
		group := func(name string) access.Group {
			return clubtest.Must(a.SaveGroup(ctx, club.Owner, access.Group{Name: name}))(t)
		}
		committee, class := group("Committee"), group("Spring class")
		ends := club.Clock.Now().Add(24 * time.Hour)
		clubtest.OK(t, a.Join(ctx, club.Owner, committee.ID, club.Newcomer.ID, nil))
		clubtest.OK(t, a.Join(ctx, club.Owner, class.ID, club.Newcomer.ID, &ends))
		clubtest.OK(t, a.Join(ctx, club.Owner, class.ID, club.Regular.ID, nil))

		of := clubtest.Must(a.GroupsOf(ctx, club.Owner, club.Newcomer.ID))(t)
		if len(of) != 2 || of[0].GroupID != committee.ID || of[0].EndsAt != nil || of[1].GroupID != class.ID || of[1].EndsAt == nil || !of[1].EndsAt.Equal(ends) {
			t.Errorf("the newcomer is in %+v", of)
		}
		if in := clubtest.Must(a.InGroup(ctx, club.Owner, class.ID))(t); len(in) != 2 {
			t.Errorf("the class has %+v", in)
		}
		club.Clock.Turn(24 * time.Hour)
		if of := clubtest.Must(a.GroupsOf(ctx, club.Owner, club.Newcomer.ID))(t); len(of) != 1 {
			t.Errorf("after its end the newcomer is in %+v", of)
		}
		if in := clubtest.Must(a.InGroup(ctx, club.Owner, class.ID))(t); len(in) != 1 || in[0].MemberID != club.Regular.ID {
			t.Errorf("after its end the class has %+v", in)
		}
		if got := clubtest.Must(a.Group(ctx, club.Owner, class.ID))(t); got != class {
			t.Errorf("the class is %+v", got)
		}

		clubtest.OK(t, a.Leave(ctx, club.Owner, class.ID, club.Regular.ID))
		clubtest.OK(t, a.Leave(ctx, club.Owner, class.ID, club.Regular.ID))
		if in := clubtest.Must(a.InGroup(ctx, club.Owner, class.ID))(t); len(in) != 0 {
			t.Errorf("the class has %+v", in)
		}
		clubtest.Missing(t, a.Leave(ctx, club.Owner, club.Store.NewID(), club.Newcomer.ID))
		clubtest.Missing(t, a.Join(ctx, club.Owner, club.Store.NewID(), club.Newcomer.ID, nil))
		clubtest.Missing(t, a.Join(ctx, club.Owner, class.ID, club.Store.NewID(), nil))
		_, err := a.Group(ctx, club.Owner, club.Store.NewID())
		clubtest.Missing(t, err)
		_, err = a.SaveGroup(ctx, club.Owner, access.Group{ID: club.Store.NewID(), Name: "Ghosts"})
		clubtest.Missing(t, err)
		_, err = a.GroupsOf(ctx, club.Moderator, club.Newcomer.ID)
		clubtest.Refused(t, err, "Only the owners")
		_, err = a.Group(ctx, club.Moderator, class.ID)
		clubtest.Refused(t, err, "Only the owners")
	})
}

func TestKeepers(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		lounge := club.Space("Lounge", nil)
		club.Clock.Turn(time.Minute)
		clubtest.OK(t, club.Access.Seat(t.Context(), club.Owner, club.Open.ID, club.Regular.ID))
		keepers := clubtest.Must(club.Access.Keepers(t.Context(), club.Owner))(t)
		if got := keepers[club.Open.ID]; !slices.Equal(got, []id.ID{club.Moderator.ID, club.Regular.ID}) || keepers[lounge.ID] != nil {
			t.Errorf("the keepers are %v", keepers)
		}
		_, err := club.Access.Keepers(t.Context(), club.Moderator)
		clubtest.Refused(t, err, "Only the owners")
	})
}

func TestAWithdrawalSaysWhy(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, a := t.Context(), club.Access
		g := club.Give(club.Newcomer, club.Patron, 0)
		holds := func() bool { return club.Again(club.Newcomer).Tier().ID == club.Patron.ID }
		for _, why := range []string{"", " ", strings.Repeat("a", 301)} {
			clubtest.Refused(t, a.Withdraw(ctx, club.Owner, g.ID, why), "Say why")
		}
		clubtest.Refused(t, a.Withdraw(ctx, club.Moderator, g.ID, "Because."), "Only the owners")
		clubtest.Missing(t, a.Withdraw(ctx, club.Owner, club.Store.NewID(), "Because."))
		if !holds() {
			t.Fatal("a refused withdrawal took it away")
		}
		clubtest.OK(t, a.Withdraw(ctx, club.Owner, g.ID, " Dues are not paid. "))
		if holds() {
			t.Error("it is held still")
		}
		got := clubtest.Must(a.Grant(ctx, club.Owner, g.ID))(t)
		why := clubtest.Must(store.Value[string](club.Store.Read(ctx).Table("audits").Select("why").Where("what = 'grant.withdrawn'")))(t)
		if got.WithdrawnBy == nil || *got.WithdrawnBy != club.Owner.ID || why != "Dues are not paid." {
			t.Errorf("withdrawn by %v, for %q", got.WithdrawnBy, why)
		}
		_, err := a.Grant(ctx, club.Newcomer, g.ID)
		clubtest.Refused(t, err, "Only the owners")
		_, err = a.Give(ctx, club.Owner, access.Grant{Key: "k", MemberID: club.Newcomer.ID, Reason: "For the test."})
		clubtest.Refused(t, err, "Choose a tier.")
	})
}

func TestOneTier(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		got := clubtest.Must(club.Access.Tier(t.Context(), club.Patron.ID))(t)
		if got != club.Patron {
			t.Errorf("it is %+v", got)
		}
		_, err := club.Access.Tier(t.Context(), club.Store.NewID())
		clubtest.Missing(t, err)
		clubtest.OK(t, club.Access.MoveTier(t.Context(), club.Owner, club.Patron.ID, false))
		if v := club.Again(club.Newcomer); v.Tier().ID != club.Patron.ID {
			t.Error("the lowest tier is not everybody's at once")
		}
		n := clubtest.Must(store.Value[int](club.Store.Read(t.Context()).Table("audits").Select("count(*)").Where("what = 'tier.moved'")))(t)
		if n != 1 {
			t.Errorf("%d lines tell of the move", n)
		}
	})
}
