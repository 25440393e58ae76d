package member_test

import (
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/member"
)

var google = member.Proof{Provider: "google", Subject: "108", Label: "hana@example.org", Name: "Hana Sato", Address: "hana@example.org"}

func TestAJourneyEndsOnceInTheBrowserItBeganIn(t *testing.T) {
	each(t, func(w *town) {
		browser := member.Secret()
		guest := w.visit("")
		state, begun, err := w.Members.Depart(w.ctx(), "google", browser, "/s/lounge", guest)
		clubtest.OK(t, err)

		for name, try := range map[string][3]string{
			"another browser":  {"google", member.Secret(), state},
			"no browser":       {"google", "", state},
			"another provider": {"github", browser, state},
			"a forged state":   {"google", browser, member.Secret()},
			"no state":         {"google", browser, ""},
		} {
			if _, err := w.Members.Return(w.ctx(), try[0], try[1], try[2]); err == nil {
				t.Errorf("%s finished the journey", name)
			}
		}
		ended := clubtest.Must(w.Members.Return(w.ctx(), "google", browser, state))(t)
		if ended != begun || ended.ReturnTo != "/s/lounge" || ended.Verifier == "" || ended.Nonce == "" || ended.Nonce == ended.Verifier {
			t.Errorf("came back with %+v, left with %+v", ended, begun)
		}
		_, err = w.Members.Return(w.ctx(), "google", browser, state)
		clubtest.Refused(t, err, "Begin again")
		if w.count("handshakes", "state = ? or detail like ?", state, "%"+state+"%") != 0 {
			t.Error("the state is kept in clear")
		}

		late, _, err := w.Members.Depart(w.ctx(), "google", browser, "/", guest)
		clubtest.OK(t, err)
		w.Clock.Turn(member.Patience)
		_, err = w.Members.Return(w.ctx(), "google", browser, late)
		clubtest.Refused(t, err, "took too long")
	})
}

func TestAJourneyIsUsedUpByOneOfMany(t *testing.T) {
	each(t, func(w *town) {
		browser := member.Secret()
		state, _, err := w.Members.Depart(w.ctx(), "google", browser, "/", w.visit(""))
		clubtest.OK(t, err)
		won := w.race(8, func(int) error {
			_, err := w.Members.Return(w.ctx(), "google", browser, state)
			return err
		})
		if won != 1 {
			t.Errorf("%d of 8 returns ended one journey", won)
		}
	})
}

func TestAnUnknownIdentityArrivesAndThenComesIn(t *testing.T) {
	each(t, func(w *town) {
		out, err := w.come(google, w.visit(""))
		clubtest.OK(t, err)
		if out.Arrival == "" || out.Session != "" || out.Added || out.ReturnTo != "/s/questions" {
			t.Fatalf("a newcomer came in with %+v", out)
		}
		a, known, err := w.Members.Arriving(w.ctx(), out.Arrival)
		clubtest.OK(t, err)
		if known != nil || a.Claimed != "hana@example.org" || a.Address != "" || a.Name != "Hana Sato" {
			t.Errorf("arrived as %+v, known as %v", a, known)
		}
		in, err := w.first(out.Arrival, "hana")
		clubtest.OK(t, err)
		if w.who(in.Session) != "hana" || in.ReturnTo != "/s/questions" {
			t.Errorf("the first visit ended with %+v, as %q", in, w.who(in.Session))
		}
		if w.count("addresses", "1 = 1") != 0 {
			t.Error("an address that nobody confirmed was kept as confirmed")
		}
		_, err = w.first(out.Arrival, "hana2")
		clubtest.Refused(t, err, "Begin again")

		again, err := w.come(google, w.visit(""))
		clubtest.OK(t, err)
		if w.who(again.Session) != "hana" {
			t.Errorf("the same identity came in as %q", w.who(again.Session))
		}
	})
}

func TestAnIdentityIsExactlyItsSubject(t *testing.T) {
	each(t, func(w *town) {
		out, err := w.come(google, w.visit(""))
		clubtest.OK(t, err)
		_, err = w.first(out.Arrival, "hana")
		clubtest.OK(t, err)
		for _, p := range []member.Proof{
			{Provider: "google", Subject: "1080"}, {Provider: "google", Subject: "10"}, {Provider: "Google", Subject: "108"},
			{Provider: "github", Subject: "108"}, {Provider: "google", Subject: "999", Label: google.Label, Address: google.Address},
		} {
			out, err := w.come(p, w.visit(""))
			clubtest.OK(t, err)
			if out.Session != "" {
				t.Errorf("%+v came in as %q", p, w.who(out.Session))
			}
		}
		for _, p := range []member.Proof{{Provider: "google"}, {Provider: "google", Subject: "108\x00"}, {Provider: "google", Subject: " 108"}, {Provider: "google", Subject: "108\n"}} {
			if _, err := w.come(p, w.visit("")); err == nil {
				t.Errorf("a proof with subject %q was taken", p.Subject)
			}
		}
	})
}

func TestAnAddressThatAProviderClaimsFindsNobody(t *testing.T) {
	each(t, func(w *town) {
		otis, _ := w.join("otis")
		w.confirm(otis, "otis@example.org")
		claims := member.Proof{Provider: "google", Subject: "7", Address: "otis@example.org"}
		out, err := w.come(claims, w.visit(""))
		clubtest.OK(t, err)
		if out.Session != "" {
			t.Fatal("a claimed address signed its claimant in")
		}
		a, known, err := w.Members.Arriving(w.ctx(), out.Arrival)
		clubtest.OK(t, err)
		if known != nil || a.Address != "" {
			t.Error("the page tells who has the address, to who only claims it")
		}
		_, err = w.Members.Rejoin(w.ctx(), out.Arrival, member.From{})
		clubtest.Refused(t, err, "nobody to link")
	})
}

func TestAMemberAddsAnIdentityThatIsNobodyElses(t *testing.T) {
	each(t, func(w *town) {
		hana, _ := w.join("hana")
		otis, _ := w.join("otis")
		out, err := w.come(google, hana)
		clubtest.OK(t, err)
		if !out.Added || out.Session != "" || out.Arrival != "" {
			t.Fatalf("adding ended with %+v", out)
		}
		_, err = w.come(google, hana)
		clubtest.OK(t, err) // twice is once
		_, err = w.come(google, otis)
		clubtest.Refused(t, err, "another member")
		in, err := w.come(google, w.visit(""))
		clubtest.OK(t, err)
		if w.who(in.Session) != "hana" {
			t.Errorf("the identity came in as %q", w.who(in.Session))
		}
		if n := len(clubtest.Must(w.Members.Identities(w.ctx(), hana.Viewer))(t)); n != 1 {
			t.Errorf("hana has %d identities", n)
		}
	})
}

func TestAddingEndsWithTheSessionItBeganIn(t *testing.T) {
	each(t, func(w *town) {
		hana, secret := w.join("hana")
		browser := member.Secret()
		before, _, err := w.Members.Depart(w.ctx(), "google", browser, "/", hana)
		clubtest.OK(t, err)
		after, _, err := w.Members.Depart(w.ctx(), "google", browser, "/", hana)
		clubtest.OK(t, err)
		j := clubtest.Must(w.Members.Return(w.ctx(), "google", browser, before))(t)
		clubtest.OK(t, w.Members.SignOut(w.ctx(), secret))

		_, err = w.Members.ComeIn(w.ctx(), j, google, member.From{})
		clubtest.Refused(t, err, "signed out meanwhile")
		_, err = w.Members.Return(w.ctx(), "google", browser, after)
		clubtest.Refused(t, err, "Begin again")
	})
}

func TestTheSweepTakesOnlyWhatEndedADayAgo(t *testing.T) {
	each(t, func(w *town) {
		_, _, err := w.Members.Depart(w.ctx(), "google", "b", "/", w.visit(""))
		clubtest.OK(t, err)
		clubtest.OK(t, w.Members.SendLink(w.ctx(), "hana@example.org", "/"))
		_, secret := w.join("otis")
		w.Clock.Turn(26 * time.Hour)
		clubtest.OK(t, w.Members.SendLink(w.ctx(), "june@example.org", "/"))
		clubtest.OK(t, w.Members.Sweep(w.ctx()))
		if w.count("handshakes", "1 = 1") != 0 || w.count("sign_in_links", "address <> 'june@example.org'") != 0 || w.count("mailboxes", "1 = 1") != 1 {
			t.Error("what ended is still there")
		}
		if w.count("sign_in_links", "1 = 1") != 1 || w.who(secret) != "otis" {
			t.Error("what lasts is gone")
		}
	})
}

func TestADevSessionEndsWhenTheProgramStartsForReal(t *testing.T) {
	each(t, func(w *town) {
		_, secret := w.join("otis")
		clubtest.OK(t, w.Members.EndDev(w.ctx()))
		if w.who(secret) != "" {
			t.Error("a session without proof lives on")
		}
		_, err := w.Members.SignInDev(w.ctx(), "nobody", member.From{})
		clubtest.Missing(t, err)
	})
}
