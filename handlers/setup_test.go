package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guildhall/handlers"
	"guildhall/models"
	"guildhall/models/clubtest"
	"guildhall/models/founding"
	"guildhall/models/store"
)

// unfounded runs fn on the web side of a database in which nobody has founded a club.
func unfounded(t *testing.T, fn func(t *testing.T, w *town)) {
	clubtest.Databases(t, func(t *testing.T, url string) {
		clock := &clubtest.Clock{}
		clock.Set(clubtest.Start)
		db := clubtest.Must(store.Open(t.Context(), url, clock))(t)
		clubtest.OK(t, db.Migrate(t.Context()))
		club := models.Over(db)
		t.Cleanup(func() { clubtest.OK(t, club.Close()) })
		fn(t, build(t, &clubtest.Club{Club: club, Store: db, URL: url, Clock: clock}, nil))
	})
}

func (w *town) link() string {
	w.t.Helper()
	return handlers.SetupPath(clubtest.Must(w.Founding.Link(w.t.Context()))(w.t))
}

func TestAClubIsSetUp(t *testing.T) {
	unfounded(t, func(t *testing.T, w *town) {
		w.get("/").wants(t, http.StatusServiceUnavailable).says(t, "not set up yet")
		w.get(handlers.SetupPath("never")).wants(t, http.StatusNotFound)
		at := w.link()
		w.get(at).wants(t, http.StatusOK).says(t, "Open the doors").says(t, `action="`+at+`"`)
		w.get(at).wants(t, http.StatusOK) // looking uses nothing up

		form := url.Values{"name": {"Northlight"}, "tagline": {"Film & darkroom club"}, "hue": {"230"}, "zone": {"Europe/London"}, "owner_name": {"Saoirse Nolan"}, "handle": {"saoirse"}, "space": {"The lounge"}}
		for field, value := range map[string]string{"name": "", "zone": "Atlantis", "owner_name": "", "handle": "S!", "space": "", "hue": "blue"} {
			bad := url.Values{}
			for name := range form {
				bad.Set(name, form.Get(name))
			}
			bad.Set(field, value)
			a := w.post(at, bad).wants(t, http.StatusUnprocessableEntity).says(t, "That did not go through").says(t, "Film &amp; darkroom club").says(t, `href="#`+field+`"`)
			if field != "zone" {
				a.says(t, `<option value="Europe/London" selected`)
			}
		}

		founded := w.post(at, form).wants(t, http.StatusSeeOther)
		if to := founded.Header.Get("Location"); to != "/settings/ways" || len(founded.Cookies()) != 1 {
			t.Fatalf("it leads to %q with %v", to, founded.Cookies())
		}
		owner := cookie(founded.Cookies()[0].Value)
		w.get("/", owner).wants(t, http.StatusOK).says(t, "Northlight").says(t, "The lounge")
		w.get("/manage", owner).wants(t, http.StatusOK).says(t, "Film &amp; darkroom club")
		w.get("/s/the-lounge").wants(t, http.StatusOK)

		w.get(at).wants(t, http.StatusNotFound).says(t, "This link was used or has expired.")
		w.post(at, form).wants(t, http.StatusNotFound).says(t, "This link was used or has expired.")
	})
}

func TestALinkLetsTheOwnerIn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		older, at := w.link(), w.link()
		w.get(older).wants(t, http.StatusNotFound) // a newer one ends it
		page := w.get(at).wants(t, http.StatusOK).says(t, "The keys to Northlight").says(t, `action="`+at+`"`)
		if strings.Contains(page.body, "Open the doors") || len(page.Cookies()) != 0 {
			t.Error("looking founds, or signs in")
		}
		w.post(at, nil, header("Origin", "https://elsewhere.example"), header("Sec-Fetch-Site", "cross-site")).wants(t, http.StatusForbidden)
		in := w.post(at, nil).wants(t, http.StatusSeeOther)
		w.get("/manage", cookie(in.Cookies()[0].Value)).wants(t, http.StatusOK)
		w.post(at, nil).wants(t, http.StatusNotFound).says(t, "This link was used or has expired.")

		late := w.link()
		w.Clock.Turn(founding.LinkLasts)
		w.get(late).wants(t, http.StatusNotFound)
		if a := w.post(late, nil).wants(t, http.StatusNotFound); len(a.Cookies()) != 0 {
			t.Error("a link that expired signs in")
		}
	})
}
