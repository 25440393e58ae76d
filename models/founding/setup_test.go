package founding_test

import (
	"errors"
	"path/filepath"
	"testing"

	"guildhall/models"
	"guildhall/models/clubtest"
	"guildhall/models/founding"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/site"
	"guildhall/models/store"
)

// fresh runs fn on a database that nobody has founded a club in.
func fresh(t *testing.T, fn func(t *testing.T, club *models.Club, clock *clubtest.Clock)) {
	clubtest.Databases(t, func(t *testing.T, url string) {
		clock := &clubtest.Clock{}
		clock.Set(clubtest.Start)
		db := clubtest.Must(store.Open(t.Context(), url, clock))(t)
		clubtest.OK(t, db.Migrate(t.Context()))
		club := models.Over(db)
		t.Cleanup(func() { clubtest.OK(t, club.Close()) })
		fn(t, club, clock)
	})
}

var northlight = founding.Setup{
	Name: "Northlight", Tagline: "Film & darkroom club", Hue: 162, Zone: "Europe/London", Space: "The lounge",
	Owner: member.Profile{Name: "Saoirse Nolan", Handle: "saoirse"},
}

func TestALinkFoundsAClubOnce(t *testing.T) {
	fresh(t, func(t *testing.T, club *models.Club, clock *clubtest.Clock) {
		ctx, f := t.Context(), club.Founding
		older := clubtest.Must(f.Link(ctx))(t)
		link := clubtest.Must(f.Link(ctx))(t)
		for _, no := range []string{older, "", link + "x", link[1:]} {
			clubtest.Missing(t, f.Holds(ctx, no))
			_, err := f.Begin(ctx, no, northlight, member.From{})
			clubtest.Missing(t, err)
		}
		if _, err := club.Site.Club(ctx); !errors.Is(err, site.ErrNotFounded) {
			t.Fatalf("somebody founded it: %v", err)
		}

		clubtest.OK(t, f.Holds(ctx, link))
		secret := clubtest.Must(f.Begin(ctx, link, northlight, member.From{}))(t)
		visit := clubtest.Must(club.Members.SignedIn(ctx, secret))(t)
		if !visit.Viewer.Owner() || visit.Member.Handle != "saoirse" || visit.Member.Zone != "Europe/London" {
			t.Errorf("signed in is %+v", visit.Member)
		}
		spaces := clubtest.Must(club.Spaces.Seen(ctx, visit.Viewer))(t)
		if len(spaces) != 1 || spaces[0].Slug != "the-lounge" || !spaces[0].Chat {
			t.Errorf("its spaces are %v", spaces)
		}
		clubtest.OK(t, visit.Viewer.CanStart(spaces[0].ID))

		clubtest.Missing(t, f.Holds(ctx, link))
		_, err := f.Begin(ctx, link, northlight, member.From{})
		clubtest.Refused(t, err, "was used or has expired")
		another := clubtest.Must(f.Link(ctx))(t)
		_, err = f.Begin(ctx, another, northlight, member.From{})
		clubtest.Refused(t, err, "founded already")

		again := clubtest.Must(f.SignIn(ctx, another, member.From{}))(t)
		if v := clubtest.Must(club.Members.SignedIn(ctx, again))(t); v.Member.ID != visit.Member.ID {
			t.Errorf("it signs in %s", v.Member.Handle)
		}
		_, err = f.SignIn(ctx, another, member.From{})
		clubtest.Refused(t, err, "was used or has expired")

		late := clubtest.Must(f.Link(ctx))(t)
		clock.Turn(founding.LinkLasts)
		clubtest.Missing(t, f.Holds(ctx, late))
		_, err = f.SignIn(ctx, late, member.From{})
		clubtest.Missing(t, err)
	})
}

// What could not be taken names the field of the page, and uses nothing up.
func TestAFaultFoundsNothing(t *testing.T) {
	club := clubtest.Must(models.Open(t.Context(), filepath.Join(t.TempDir(), "club.db")))(t)
	t.Cleanup(func() { clubtest.OK(t, club.Close()) })
	link := clubtest.Must(club.Founding.Link(t.Context()))(t)
	for field, spoil := range map[string]func(*founding.Setup){
		"name":       func(s *founding.Setup) { s.Name = " " },
		"hue":        func(s *founding.Setup) { s.Hue = 400 },
		"zone":       func(s *founding.Setup) { s.Zone = "Europe/Atlantis" },
		"owner_name": func(s *founding.Setup) { s.Owner.Name = " " },
		"handle":     func(s *founding.Setup) { s.Owner.Handle = "S" },
		"space":      func(s *founding.Setup) { s.Space = " " },
	} {
		setup := northlight
		spoil(&setup)
		_, err := club.Founding.Begin(t.Context(), link, setup, member.From{})
		if p := problem.Of(err); p == nil || p.Kind != problem.KindInvalid || p.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	taken := northlight
	taken.Space = "New" // its address is that of the form for another one
	_, err := club.Founding.Begin(t.Context(), link, taken, member.From{})
	if p := problem.Of(err); p == nil || p.Field != "space" {
		t.Errorf("a space called New: %v", err)
	}
	clubtest.OK(t, club.Founding.Holds(t.Context(), link))
	if _, err := club.Site.Club(t.Context()); !errors.Is(err, site.ErrNotFounded) {
		t.Errorf("there is a club: %v", err)
	}
}
