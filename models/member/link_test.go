package member_test

import (
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// confirm makes an address one of a member's, by way of a letter.
func (w *town) confirm(visit member.Visit, address string) {
	w.Helper()
	clubtest.OK(w, w.Members.AddAddress(w.ctx(), visit.Viewer, address, "/settings/ways"))
	_, secret := w.letter()
	out, err := w.Members.OpenLink(w.ctx(), secret, member.Hand{Viewer: visit.Viewer})
	clubtest.OK(w, err)
	if !out.Added || out.Session != "" {
		w.Fatalf("confirming ended with %+v", out)
	}
}

func TestALinkSignsInWhoConfirmedTheAddress(t *testing.T) {
	each(t, func(w *town) {
		otis, _ := w.join("otis")
		w.confirm(otis, "Otis@Example.org")
		clubtest.OK(t, w.Members.SendLink(w.ctx(), " OTIS@example.ORG ", "/s/lounge"))
		l, secret := w.letter()
		if l.Address != "otis@example.org" {
			t.Errorf("the letter goes to %q", l.Address)
		}

		for range 3 {
			_, err := w.Members.Peek(w.ctx(), secret)
			clubtest.OK(t, err) // looking uses nothing up
		}
		out, err := w.Members.OpenLink(w.ctx(), secret, member.Hand{})
		clubtest.OK(t, err)
		if w.who(out.Session) != "otis" || out.ReturnTo != "/s/lounge" {
			t.Errorf("the link ended with %+v, as %q", out, w.who(out.Session))
		}
		_, err = w.Members.OpenLink(w.ctx(), secret, member.Hand{})
		clubtest.Refused(t, err, "Ask for another")
		_, err = w.Members.Peek(w.ctx(), secret)
		clubtest.Refused(t, err, "Ask for another")
	})
}

func TestALinkLetsANewcomerArriveWithTheirAddress(t *testing.T) {
	each(t, func(w *town) {
		clubtest.OK(t, w.Members.SendLink(w.ctx(), "hana@example.org", "/"))
		_, secret := w.letter()
		out, err := w.Members.OpenLink(w.ctx(), secret, member.Hand{})
		clubtest.OK(t, err)
		if out.Arrival == "" || out.Session != "" {
			t.Fatalf("a newcomer's link ended with %+v", out)
		}
		in, err := w.first(out.Arrival, "hana")
		clubtest.OK(t, err)
		hana := w.visit(in.Session)
		all := clubtest.Must(w.Members.Addresses(w.ctx(), hana.Viewer))(t)
		if len(all) != 1 || all[0].Address != "hana@example.org" || hana.Session.Method != "link" {
			t.Errorf("hana has %+v", all)
		}
	})
}

func TestALinkHasOneWinner(t *testing.T) {
	each(t, func(w *town) {
		otis, _ := w.join("otis")
		w.confirm(otis, "otis@example.org")
		clubtest.OK(t, w.Members.SendLink(w.ctx(), "otis@example.org", "/"))
		_, secret := w.letter()
		won := w.race(8, func(int) error {
			_, err := w.Members.OpenLink(w.ctx(), secret, member.Hand{})
			return err
		})
		if won != 1 || w.count("login_sessions", "method = 'link'") != 1 {
			t.Errorf("%d uses of one link, %d sessions", won, w.count("login_sessions", "method = 'link'"))
		}
	})
}

func TestALinkEnds(t *testing.T) {
	each(t, func(w *town) {
		clubtest.OK(t, w.Members.SendLink(w.ctx(), "hana@example.org", "/"))
		w.Clock.Turn(10 * time.Minute) // while the letter waits, its time has not begun
		_, secret := w.letter()
		w.Clock.Turn(member.LinkFor - time.Second)
		_, err := w.Members.Peek(w.ctx(), secret)
		clubtest.OK(t, err)
		w.Clock.Turn(time.Second)
		_, err = w.Members.OpenLink(w.ctx(), secret, member.Hand{})
		clubtest.Refused(t, err, "has ended")

		clubtest.OK(t, w.Members.SendLink(w.ctx(), "june@example.org", "/"))
		w.Clock.Turn(time.Hour)
		if _, secret := w.letter(); secret != "" {
			t.Error("a letter was written that nobody waits for")
		}
	})
}

func TestOnlyTheNewestLinkOpens(t *testing.T) {
	each(t, func(w *town) {
		clubtest.OK(t, w.Members.SendLink(w.ctx(), "hana@example.org", "/"))
		_, first := w.letter()
		clubtest.OK(t, w.Members.SendLink(w.ctx(), "june@example.org", "/"))
		_, other := w.letter()
		clubtest.OK(t, w.Members.SendLink(w.ctx(), "hana@example.org", "/"))
		l, second := w.letter()
		_, err := w.Members.OpenLink(w.ctx(), first, member.Hand{})
		clubtest.Refused(t, err, "a newer one")

		_, third, ok, err := w.Members.WriteLink(w.ctx(), l.ID) // the same letter, written once more
		clubtest.OK(t, err)
		if !ok || third == second {
			t.Fatal("a letter that is written again has no secret of its own")
		}
		_, err = w.Members.OpenLink(w.ctx(), second, member.Hand{})
		clubtest.Refused(t, err, "a newer one")
		for _, secret := range []string{third, other} {
			_, err = w.Members.OpenLink(w.ctx(), secret, member.Hand{})
			clubtest.OK(t, err)
		}
	})
}

func TestNoSecretOfALinkIsKept(t *testing.T) {
	each(t, func(w *town) {
		clubtest.OK(t, w.Members.SendLink(w.ctx(), "hana@example.org", "/"))
		_, secret := w.letter()
		if w.count("jobs", "payload like ? or payload like ?", "%"+secret+"%", "%hana%") != 0 {
			t.Error("a job holds the secret or the address")
		}
		if w.count("sign_in_links", "hash = ?", secret) != 0 || w.count("sign_in_links", "hash = ?", member.Hash(secret)) != 1 {
			t.Error("the row holds the secret, not its hash")
		}
		_, err := w.Members.OpenLink(w.ctx(), member.Hash(secret), member.Hand{})
		clubtest.Refused(t, err, "Ask for another")
		_, err = w.Members.OpenLink(w.ctx(), "", member.Hand{})
		clubtest.Refused(t, err, "Ask for another")
	})
}

func TestKnownAndUnknownAddressesAreTreatedAlike(t *testing.T) {
	each(t, func(w *town) {
		otis, _ := w.join("otis")
		w.confirm(otis, "otis@example.org")
		rows := func() [3]int {
			return [3]int{w.count("sign_in_links", "1 = 1"), w.count("jobs", "1 = 1"), w.count("mailboxes", "1 = 1")}
		}
		w.Clock.Turn(2 * time.Hour)
		before := rows()
		clubtest.OK(t, w.Members.SendLink(w.ctx(), "otis@example.org", "/"))
		known := rows()
		clubtest.OK(t, w.Members.SendLink(w.ctx(), "nobody@example.org", "/"))
		unknown := rows()
		if known[0]-before[0] != 1 || known[1]-before[1] != 1 || unknown[0]-known[0] != 1 || unknown[1]-known[1] != 1 {
			t.Errorf("rows went %v, %v, %v", before, known, unknown)
		}
	})
}

func TestAMailboxIsSentFiveLettersAnHour(t *testing.T) {
	each(t, func(w *town) {
		won := w.race(12, func(int) error { return w.Members.SendLink(w.ctx(), "hana@example.org", "/") })
		if won != 5 || w.count("jobs", "1 = 1") != 5 {
			t.Errorf("%d letters, %d jobs", won, w.count("jobs", "1 = 1"))
		}
		again := func() error { return w.Members.SendLink(w.ctx(), "HANA@example.org", "/") }
		clubtest.Refused(t, again(), "within the hour")
		clubtest.OK(t, w.Members.SendLink(w.ctx(), "june@example.org", "/"))
		w.Clock.Turn(12*time.Minute - time.Second)
		clubtest.Refused(t, again(), "in 12 minutes")
		w.Clock.Turn(time.Second)
		if won = w.race(6, func(int) error { return again() }); won != 1 {
			t.Errorf("%d letters after 12 minutes without one", won)
		}
		w.Clock.Turn(time.Hour)
		clubtest.OK(t, again())
	})
}

// Whoever asks for links to somebody's mailbox without end, or wants to add it as theirs, does not keep
// its owner out: there is always a link in it that opens.
func TestNobodyIsKeptOutByLettersToThem(t *testing.T) {
	each(t, func(w *town) {
		otis, _ := w.join("otis")
		w.confirm(otis, "otis@example.org")
		eve, _ := w.join("eve")
		flood := func() {
			for range 7 {
				_ = w.Members.SendLink(w.ctx(), "otis@example.org", "/")
				_ = w.Members.AddAddress(w.ctx(), eve.Viewer, "otis@example.org", "/")
			}
		}
		flood()
		for minutes := range 90 {
			w.Clock.Turn(time.Minute)
			flood()
			w.letters()
			if open := w.count("sign_in_links", "address = 'otis@example.org' and purpose = 'sign_in' and used_at is null and expires_at > ?", w.Clock.Now()); open != 1 {
				t.Fatalf("%d links to sign in are open after %d minutes", open, minutes+1)
			}
		}
	})
}

func TestAnAddressIsConfirmedByWhoAskedForIt(t *testing.T) {
	each(t, func(w *town) {
		otis, _ := w.join("otis")
		hana, _ := w.join("hana")
		clubtest.OK(t, w.Members.AddAddress(w.ctx(), otis.Viewer, "hana@example.org", "/"))
		_, secret := w.letter()
		for name, hand := range map[string]member.Hand{"a guest": {}, "the mailbox's owner": {Viewer: hana.Viewer}} {
			if _, err := w.Members.OpenLink(w.ctx(), secret, hand); err == nil {
				t.Errorf("%s gave an address to somebody else", name)
			}
		}
		if w.count("addresses", "1 = 1") != 0 {
			t.Fatal("an address was confirmed")
		}
		_, err := w.Members.OpenLink(w.ctx(), secret, member.Hand{Viewer: otis.Viewer}) // the refusals used nothing up
		clubtest.OK(t, err)

		clubtest.OK(t, w.Members.AddAddress(w.ctx(), hana.Viewer, "hana@example.org", "/"))
		_, secret = w.letter()
		_, err = w.Members.OpenLink(w.ctx(), secret, member.Hand{Viewer: hana.Viewer})
		clubtest.Refused(t, err, "another account")
		clubtest.Refused(t, w.Members.AddAddress(w.ctx(), w.visit("").Viewer, "hana@example.org", "/"), "Sign in")
	})
}

// An account elsewhere claims an address that a member confirmed: only who holds the mailbox, in
// the browser that came from there, may link the two.
func TestAnArrivalProvesItsAddressInItsOwnBrowser(t *testing.T) {
	each(t, func(w *town) {
		otis, _ := w.join("otis")
		w.confirm(otis, "otis@example.org")
		claims := member.Proof{Provider: "google", Subject: "7", Label: "otis@example.org", Address: "Otis@example.org"}
		out, err := w.come(claims, w.visit(""))
		clubtest.OK(t, err)
		clubtest.OK(t, w.Members.ProveAddress(w.ctx(), out.Arrival))
		_, secret := w.letter()

		other, err := w.come(member.Proof{Provider: "google", Subject: "8"}, w.visit(""))
		clubtest.OK(t, err)
		for name, hand := range map[string]member.Hand{"a guest": {}, "another arrival": {Arrival: other.Arrival}, "the member": {Viewer: otis.Viewer}} {
			_, err := w.Members.OpenLink(w.ctx(), secret, hand)
			if err == nil {
				t.Fatalf("%s vouched for an arrival in another browser", name)
			}
			clubtest.Refused(t, err, "browser in which you began")
		}
		proved, err := w.Members.OpenLink(w.ctx(), secret, member.Hand{Arrival: out.Arrival})
		clubtest.OK(t, err)
		if proved.Arrival != out.Arrival || proved.Session != "" {
			t.Errorf("proving ended with %+v", proved)
		}
		_, known, err := w.Members.Arriving(w.ctx(), out.Arrival)
		clubtest.OK(t, err)
		if known == nil || known.Handle != "otis" {
			t.Fatalf("who proved the mailbox is told of %v", known)
		}
		in, err := w.Members.Rejoin(w.ctx(), out.Arrival, member.From{})
		clubtest.OK(t, err)
		again, err := w.come(claims, w.visit(""))
		clubtest.OK(t, err)
		if w.who(in.Session) != "otis" || w.who(again.Session) != "otis" {
			t.Errorf("linked as %q, then %q", w.who(in.Session), w.who(again.Session))
		}
	})
}

func TestAnArrivalMayStaySeparate(t *testing.T) {
	each(t, func(w *town) {
		otis, _ := w.join("otis")
		w.confirm(otis, "otis@example.org")
		out, err := w.come(member.Proof{Provider: "google", Subject: "7", Address: "otis@example.org"}, w.visit(""))
		clubtest.OK(t, err)
		clubtest.OK(t, w.Members.ProveAddress(w.ctx(), out.Arrival))
		_, secret := w.letter()
		_, err = w.Members.OpenLink(w.ctx(), secret, member.Hand{Arrival: out.Arrival})
		clubtest.OK(t, err)
		in, err := w.first(out.Arrival, "otto")
		clubtest.OK(t, err)
		if w.who(in.Session) != "otto" || w.count("addresses", "member_id = ?", otis.Viewer.ID) != 1 || w.count("addresses", "1 = 1") != 1 {
			t.Error("staying separate moved the address")
		}

		none, err := w.come(member.Proof{Provider: "discord", Subject: "9"}, w.visit(""))
		clubtest.OK(t, err)
		clubtest.Refused(t, w.Members.ProveAddress(w.ctx(), none.Arrival), "No address")
	})
}

// A mailbox alone adds no way in to staff who hold a passkey: they are asked for it first.
func TestAMailboxAddsNoWayPastAPasskey(t *testing.T) {
	each(t, func(w *town) {
		otis, _ := w.join("otis")
		w.confirm(otis, "otis@example.org")
		proved := func(subject string) string {
			out, err := w.come(member.Proof{Provider: "google", Subject: subject, Address: "otis@example.org"}, w.visit(""))
			clubtest.OK(t, err)
			clubtest.OK(t, w.Members.ProveAddress(w.ctx(), out.Arrival))
			_, secret := w.letter()
			_, err = w.Members.OpenLink(w.ctx(), secret, member.Hand{Arrival: out.Arrival})
			clubtest.OK(t, err)
			return out.Arrival
		}
		clubtest.OK(t, w.Store.Write(w.ctx(), func(tx *store.Tx) error {
			row := map[string]any{"id": tx.NewID(), "member_id": otis.Member.ID, "credential": "c", "name": "key", "detail": "{}", "created_at": tx.Now}
			return tx.Table("passkeys").Create(row).Error
		}))
		_, err := w.Members.Rejoin(w.ctx(), proved("7"), member.From{}) // a member like others
		clubtest.OK(t, err)
		clubtest.OK(t, w.Store.Write(w.ctx(), func(tx *store.Tx) error { return w.Access.MakeOwner(tx, otis.Member.ID) }))
		arrival := proved("8")
		if _, err := w.Members.Rejoin(w.ctx(), arrival, member.From{}); !problem.Is(err, problem.KindConflict) {
			t.Errorf("an owner was given a way in: %v", err)
		}
		if n := w.count("identities", "subject = '8'"); n != 0 {
			t.Error("it was kept")
		}
		if _, _, err := w.Members.Arriving(w.ctx(), arrival); err != nil {
			t.Errorf("the arrival was used up: %v", err)
		}
	})
}
