package member_test

import (
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/member"
)

func TestSessionsAreListedAndRevoked(t *testing.T) {
	each(t, func(w *town) {
		hana, first := w.join("hana")
		otis, other := w.join("otis")
		second := clubtest.Must(w.Members.SignInDev(w.ctx(), "hana", member.From{Agent: "Mozilla\x00/5.0 \xff", IP: "203.0.113.9"}))(t)
		third := clubtest.Must(w.Members.SignInDev(w.ctx(), "hana", member.From{}))(t)
		all := clubtest.Must(w.Members.Sessions(w.ctx(), hana.Viewer))(t)
		if len(all) != 3 {
			t.Fatalf("%d sessions are listed", len(all))
		}
		clubtest.OK(t, w.Members.Revoke(w.ctx(), hana.Viewer, otis.Session.ID)) // not hers: nothing happens
		if w.who(other) != "otis" {
			t.Fatal("somebody else's session was ended")
		}
		clubtest.OK(t, w.Members.Revoke(w.ctx(), hana.Viewer, w.visit(second).Session.ID))
		if w.who(second) != "" || w.who(first) != "hana" || w.who(third) != "hana" {
			t.Error("one was to be ended")
		}
		clubtest.OK(t, w.Members.RevokeOthers(w.ctx(), hana.Viewer, w.visit(third).Session.ID))
		if w.who(first) != "" || w.who(third) != "hana" || w.who(other) != "otis" {
			t.Error("all but this one were to be ended")
		}
		clubtest.OK(t, w.Members.SignOut(w.ctx(), third))
		if w.who(third) != "" {
			t.Error("signing out ended nothing")
		}
	})
}

func TestASessionEndsByItself(t *testing.T) {
	each(t, func(w *town) {
		_, idle := w.join("hana")
		busy := clubtest.Must(w.Members.SignInDev(w.ctx(), "hana", member.From{}))(t)
		for w.Clock.Now().Before(clubtest.Start.Add(member.Longest - 7*24*time.Hour)) {
			w.Clock.Turn(7 * 24 * time.Hour)
			clubtest.OK(t, w.Members.Touch(w.ctx(), w.visit(busy)))
		}
		if w.who(idle) != "" || w.who(busy) != "hana" {
			t.Error("a fortnight without a visit ends a session, visits prolong it")
		}
		w.Clock.Set(clubtest.Start.Add(member.Longest))
		if w.who(busy) != "" {
			t.Error("a session outlived its longest time")
		}
	})
}
