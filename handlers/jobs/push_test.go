package jobs_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/clubtest/pushbox"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/push"
)

// browser signs a member in with a browser that is told.
func (d *desk) browser(t *testing.T, v access.Viewer, handle string) (*pushbox.Box, id.ID) {
	t.Helper()
	club := d.club
	host := handle + ".example.com"
	box := pushbox.Open(t, "https://"+host, club.Clock.Now)
	club.Outside.Host(host, box)
	visit := clubtest.Must(club.Members.SignedIn(t.Context(), clubtest.Must(club.Members.SignInDev(t.Context(), handle, member.From{}))(t)))(t)
	clubtest.OK(t, club.Bell.AddDevice(t.Context(), v, visit.Session.ID, box.Target, "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"))
	return box, visit.Session.ID
}

// later lets what waits for a moment be told.
func (d *desk) later(t *testing.T) {
	t.Helper()
	d.club.Clock.Turn(10 * time.Second)
	d.all(t.Context())
}

type said struct{ Title, Body, Href, Tag string }

func one(t *testing.T, box *pushbox.Box) said {
	t.Helper()
	came, _ := box.Came()
	if len(came) != 1 {
		t.Fatalf("came %+v", came)
	}
	var s said
	clubtest.OK(t, json.Unmarshal([]byte(came[0].Text), &s))
	return s
}

func TestABrowserIsTold(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		club.Push.StandsAt("https://club.example")
		box, _ := d.browser(t, club.Newcomer, "newt")
		topic := clubtest.Must(club.Forum.Start(t.Context(), club.Again(club.Newcomer), club.Open.ID, forum.Draft{Key: club.Key(), Title: "Where to sit", Text: "Well?"}))(t)
		p := club.Reply(club.Regular, topic, "On the **old** bench.\n\nBy the lake.")
		d.all(t.Context())
		if came, _ := box.Came(); len(came) != 0 {
			t.Fatal("told before its member could see it here")
		}
		d.later(t)
		if s := one(t, box); s.Title != "Rita replied in Where to sit" || s.Body != "On the old bench. By the lake." || s.Tag != topic.ID.String() || !strings.Contains(s.Href, topic.ID.String()) || p.Number != 2 {
			t.Errorf("told %+v", s)
		}
		came, _ := box.Came()
		public := clubtest.Must(club.Push.Public(t.Context()))(t)
		if m := came[0]; m.Key != public || m.Subject != "https://club.example" || m.TTL != "86400" || m.Topic != topic.ID.String() || m.Urge != "normal" {
			t.Errorf("it came as %+v", m)
		}
	})
}

// What a browser is told is asked when it is sent: nothing of what is closed, read, quiet, unwanted or
// of a session that ended meanwhile.
func TestWhatABrowserIsNotTold(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		ctx := t.Context()
		locked := club.Space("Masterclass", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: club.Patron.ID}}}})
		box, session := d.browser(t, club.Paying, "paul")
		paul := club.Again(club.Paying)
		topic := clubtest.Must(club.Forum.Start(ctx, paul, locked.ID, forum.Draft{Key: club.Key(), Title: "Behind the door", Text: "Well?"}))(t)
		room := clubtest.Must(club.Chat.Room(ctx, paul, club.Open.ID))(t)
		mention := func() {
			clubtest.Must(club.Chat.Send(ctx, club.Again(club.Regular), room.ID, chat.Draft{Key: club.Key(), Text: "Hello @paul."}))(t)
		}
		quiet := func(why string) {
			t.Helper()
			d.later(t)
			if came, _ := box.Came(); len(came) != 0 {
				t.Fatalf("%s: told %+v", why, came)
			}
		}
		mention()
		clubtest.OK(t, club.Bell.Read(ctx, paul, 0))
		quiet("read meanwhile")
		clubtest.OK(t, club.Bell.Rest(ctx, paul, time.Hour))
		mention()
		quiet("a pause")
		clubtest.OK(t, club.Bell.Rest(ctx, paul, 0))
		clubtest.OK(t, club.Bell.Choose(ctx, paul, notify.Chosen{Digest: notify.Never, Wanted: map[string]map[notify.Channel]bool{notify.Mentioned: {notify.ByPush: false, notify.OnBell: true}}}))
		mention()
		quiet("not wanted")
		clubtest.OK(t, club.Bell.Block(ctx, paul, club.Regular.ID))
		club.Reply(club.Owner, topic, "Said while they could read it.")
		gone := club.Reply(club.Owner, topic, "Removed before it was told.")
		clubtest.Must(club.Forum.Remove(ctx, club.Again(club.Owner), gone.ID))(t)
		for _, g := range clubtest.Must(club.Access.Grants(ctx, club.Again(club.Owner), paul.ID))(t) {
			if g.TierID == club.Patron.ID {
				clubtest.OK(t, club.Access.Withdraw(ctx, club.Again(club.Owner), g.ID, "For the test."))
			}
		}
		quiet("a door that closed")
		clubtest.OK(t, club.Bell.Choose(ctx, paul, notify.Chosen{Digest: notify.Never, Wanted: map[string]map[notify.Channel]bool{notify.Mentioned: {notify.ByPush: true, notify.OnBell: true}}}))
		clubtest.OK(t, club.Bell.Unblock(ctx, paul, club.Regular.ID))
		mention()
		d.later(t)
		if s := one(t, box); !strings.Contains(s.Title, "Rita mentioned you") || s.Body != "Hello @paul." {
			t.Errorf("told %+v", s) // and so the rest was of the rules, and not of the box
		}
		mention()
		clubtest.OK(t, club.Members.Revoke(ctx, club.Again(club.Paying), session))
		d.later(t)
		one(t, box)
		if all := clubtest.Must(club.Bell.Devices(ctx, paul))(t); len(all) != 0 {
			t.Errorf("the browser outlives its session: %+v", all)
		}
	})
}

// A browser that is no more is forgotten; a service that is busy is asked again later; what it never
// takes is let go.
func TestWhatAServiceAnswers(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		ctx := t.Context()
		box, session := d.browser(t, club.Newcomer, "newt")
		only := func() notify.Device {
			t.Helper()
			all := clubtest.Must(club.Bell.Devices(ctx, club.Newcomer))(t)
			if len(all) != 1 {
				t.Fatalf("the browsers are %+v", all)
			}
			return all[0]
		}
		clubtest.Missing(t, club.Bell.TryDevice(ctx, club.Regular, only().ID))
		clubtest.OK(t, club.Bell.RemoveDevice(ctx, club.Regular, only().ID)) // not theirs
		for _, busy := range []int{http.StatusTooManyRequests, http.StatusBadGateway} {
			box.Answer(busy)
			clubtest.OK(t, club.Bell.TryDevice(ctx, club.Newcomer, only().ID))
			d.all(ctx)
			box.Answer(0)
			before, _ := box.Came()
			club.Clock.Turn(time.Minute)
			d.all(ctx)
			if came, _ := box.Came(); len(came) != len(before)+1 || only().SentAt == nil {
				t.Errorf("after %d came %+v: %s", busy, came, d.log)
			}
		}
		box.Answer(http.StatusRequestEntityTooLarge)
		clubtest.OK(t, club.Bell.TryDevice(ctx, club.Newcomer, only().ID))
		d.all(ctx)
		_, knocked := box.Came()
		club.Clock.Turn(time.Hour)
		d.all(ctx)
		if _, again := box.Came(); again != knocked {
			t.Errorf("what it never takes was tried again")
		}
		for _, gone := range []int{http.StatusNotFound, http.StatusGone} {
			box.Answer(gone)
			clubtest.OK(t, club.Bell.TryDevice(ctx, club.Newcomer, only().ID))
			d.all(ctx)
			if all := clubtest.Must(club.Bell.Devices(ctx, club.Newcomer))(t); len(all) != 0 {
				t.Errorf("%d: still told: %+v", gone, all)
			}
			clubtest.OK(t, club.Bell.AddDevice(ctx, club.Newcomer, session, box.Target, ""))
		}
		other := clubtest.Must(club.Members.SignedIn(ctx, clubtest.Must(club.Members.SignInDev(ctx, "rita", member.From{}))(t)))(t)
		clubtest.OK(t, club.Bell.AddDevice(ctx, club.Regular, other.Session.ID, box.Target, ""))
		if all := clubtest.Must(club.Bell.Devices(ctx, club.Newcomer))(t); len(all) != 0 {
			t.Error("a browser that somebody else uses now still tells of the one before")
		}
		if err := club.Bell.AddDevice(ctx, club.Guest, session, box.Target, ""); err == nil {
			t.Error("nobody is told")
		}
	})
}

// A browser whose service gives it another address goes on being told; one that was taken away does not
// begin anew, and nobody renews another's.
func TestABrowserHasAnotherAddress(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		ctx, bell := t.Context(), club.Bell
		box, session := d.browser(t, club.Newcomer, "newt")
		other, others := d.browser(t, club.Regular, "rita")
		next := pushbox.Open(t, "https://next.example.com", club.Clock.Now)
		club.Outside.Host("next.example.com", next)
		renew := func(v access.Viewer, session id.ID, old string, to push.Target) bool {
			t.Helper()
			return clubtest.Must(bell.RenewDevice(ctx, club.Again(v), session, old, to))(t)
		}
		if renew(club.Regular, others, box.Target.Endpoint, next.Target) || renew(club.Newcomer, session, other.Target.Endpoint, next.Target) || renew(club.Newcomer, others, "", next.Target) {
			t.Error("somebody renewed what is not theirs")
		}
		clubtest.Refused(t, second(bell.RenewDevice(ctx, club.Newcomer, session, box.Target.Endpoint, push.Target{Endpoint: "http://127.0.0.1/", Key: next.Target.Key, Secret: next.Target.Secret})), "")
		for _, old := range []string{box.Target.Endpoint, ""} { // known by its address, or by its login session
			if !renew(club.Newcomer, session, old, next.Target) {
				t.Fatalf("by %q it was not renewed", old)
			}
		}
		all := clubtest.Must(bell.Devices(ctx, club.Newcomer))(t)
		if len(all) != 1 || all[0].Target() != next.Target {
			t.Fatalf("the browsers are %+v", all)
		}
		clubtest.OK(t, bell.TryDevice(ctx, club.Newcomer, all[0].ID))
		d.all(ctx)
		if came, _ := next.Came(); len(came) != 1 {
			t.Errorf("the new address got %d: %s", len(came), d.log)
		}
		clubtest.OK(t, bell.RemoveDevice(ctx, club.Newcomer, all[0].ID))
		if renew(club.Newcomer, session, next.Target.Endpoint, box.Target) || renew(club.Newcomer, session, "", box.Target) {
			t.Error("what was taken away began anew")
		}
	})
}
