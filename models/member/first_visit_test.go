package member_test

import (
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/store"
)

func TestAFirstVisitIsWholeOrNothing(t *testing.T) {
	each(t, func(w *town) {
		w.join("otis")
		out, err := w.come(google, w.visit(""))
		clubtest.OK(t, err)
		picture := &member.Picture{Hash: "p", Mime: "image/png", Body: []byte("x")}

		_, _, err = w.Members.FirstVisit(w.ctx(), member.First{Arrival: out.Arrival, Profile: profile("hana"), Picture: picture})
		clubtest.Refused(t, err, "rules")
		_, err = w.first(out.Arrival, "otis")
		clubtest.Refused(t, err, "Choose another")
		w.invited = func(*store.Tx, string, id.ID) (id.ID, error) { return 0, errTest }
		_, _, err = w.Members.FirstVisit(w.ctx(), member.First{Arrival: out.Arrival, Profile: profile("hana"), Picture: picture, Agreed: true, Invitation: "i"})
		if err == nil {
			t.Fatal("an invitation that was refused let somebody in")
		}
		if n := w.count("members", "handle = 'hana'") + w.count("identities", "1 = 1") + w.count("pictures", "1 = 1"); n != 0 {
			t.Errorf("%d rows of a visit that failed", n)
		}

		otis := clubtest.Must(w.Members.ByHandle(w.ctx(), "otis"))(t)
		w.invited = func(*store.Tx, string, id.ID) (id.ID, error) { return otis.ID, nil }
		in, m, err := w.Members.FirstVisit(w.ctx(), member.First{Arrival: out.Arrival, Profile: profile("hana"), Picture: picture, Agreed: true, Invitation: "i"})
		clubtest.OK(t, err)
		if w.who(in.Session) != "hana" || m.InvitedBy == nil || *m.InvitedBy != otis.ID || m.Number != 2 {
			t.Errorf("came in as %+v", m)
		}
	})
}

func TestOneArrivalMakesOneMember(t *testing.T) {
	each(t, func(w *town) {
		one, err := w.come(google, w.visit(""))
		clubtest.OK(t, err)
		two, err := w.come(google, w.visit("")) // the same person in another tab
		clubtest.OK(t, err)
		arrivals := []string{one.Arrival, two.Arrival}
		won := w.race(8, func(i int) error {
			_, err := w.first(arrivals[i%2], "hana"+string(rune('a'+i)))
			return err
		})
		if won != 1 || w.count("members", "1 = 1") != 1 || w.count("identities", "1 = 1") != 1 {
			t.Errorf("%d first visits, %d members", won, w.count("members", "1 = 1"))
		}
	})
}

func TestAnArrivalEnds(t *testing.T) {
	each(t, func(w *town) {
		out, err := w.come(google, w.visit(""))
		clubtest.OK(t, err)
		w.Clock.Turn(member.Welcome)
		_, err = w.first(out.Arrival, "hana")
		clubtest.Refused(t, err, "Begin again")
		_, _, err = w.Members.Arriving(w.ctx(), "")
		clubtest.Refused(t, err, "Begin again")
	})
}

func TestHandlesAreSuggestedFree(t *testing.T) {
	each(t, func(w *town) {
		w.join("hana_sato")
		for like, want := range map[string]string{"Hana Sato": "hana_sato2", "otis@example.org": "otis", "Zoë-Ann": "zo_ann", "admin": "admin2", "日本": "", "__x__": ""} {
			if got := clubtest.Must(w.Members.SuggestHandle(w.ctx(), like))(t); got != want {
				t.Errorf("for %q: %q, not %q", like, got, want)
			}
		}
	})
}
