package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/site"
)

func TestOwnersWritePages(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner := w.as(w.Owner)
		form := url.Values{"title": {"About us"}, "slug": {"Not this"}, "text": {"We are **here**."}, "audience": {"members"}, "in_footer": {"on"}, "published": {"on"}}
		w.post("/manage/pages", form, owner).wants(t, http.StatusUnprocessableEntity).says(t, "small letters, digits and hyphens").says(t, "We are **here**.")
		form.Set("slug", "about")
		form.Set("preview", "on")
		w.post("/manage/pages", form, owner).wants(t, http.StatusOK).says(t, "We are <strong>here</strong>.")
		form.Del("preview")
		at := w.post("/manage/pages", form, owner).wants(t, http.StatusSeeOther).Header.Get("Location")
		w.get("/pages/about", w.as(w.Newcomer)).wants(t, http.StatusOK).says(t, "<strong>here</strong>").says(t, `href="/pages/about"`)
		w.get("/pages/about").wants(t, http.StatusNotFound)
		if strings.Contains(w.get("/").body, "/pages/about") {
			t.Error("a guest is led to a page for members")
		}
		form.Set("was", "1")
		form.Set("text", "We are *gone*.")
		w.post(at, form, owner).wants(t, http.StatusSeeOther)
		form.Set("text", "We are late.")
		w.post(at, form, owner).wants(t, http.StatusConflict).says(t, "Somebody saved version 2").says(t, "We are late.")
		w.get(at+"/v/1", owner).wants(t, http.StatusOK).says(t, "Bring it back")
		w.post(at+"/v/1/restore", nil, owner).wants(t, http.StatusSeeOther)
		w.get("/pages/about", owner).says(t, "<strong>here</strong>")
		w.get("/manage/pages", w.as(w.Moderator)).wants(t, http.StatusForbidden)
	})
}

// Whoever is asked to agree to new rules reads on, is told so on every page, keeps what they typed,
// and writes again once they have agreed.
func TestNewRulesAreAskedFor(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		rules := clubtest.Must(w.Site.Page(t.Context(), w.Owner, site.RulesPage))(t)
		form := url.Values{"title": {"House rules"}, "slug": {"rules"}, "text": {"Be very kind."}, "note": {"Kinder."}, "was": {"1"}, "consent": {"on"}, "in_footer": {"on"}}
		w.post("/manage/pages/"+rules.ID.String(), form, w.as(w.Owner)).wants(t, http.StatusSeeOther)
		newt, at := w.as(w.Newcomer), "/s/"+w.Open.Slug
		w.get(at, newt).wants(t, http.StatusOK).says(t, "The rules of the house have changed")
		typed := url.Values{"key": {"k1"}, "title": {"Garden plans"}, "text": {"Beans, and then peas."}}
		w.post(at+"/new", typed, newt).wants(t, http.StatusForbidden).says(t, "say that you agree").says(t, "Beans, and then peas.")
		w.get("/rules/agree", newt).wants(t, http.StatusOK).says(t, "Kinder.").says(t, "Be very kind.")
		w.post("/rules/agree", url.Values{"version": {"1"}}, newt).wants(t, http.StatusConflict).says(t, "changed again")
		to := w.post("/rules/agree", url.Values{"version": {"2"}, "return": {at}}, newt).wants(t, http.StatusSeeOther).Header.Get("Location")
		if to != at {
			t.Errorf("it leads to %q", to)
		}
		w.post(at+"/new", typed, newt).wants(t, http.StatusSeeOther)
		w.get("/settings/rules", newt).says(t, "Version 2").says(t, "Version 1")
		w.get("/manage/agreements", w.as(w.Owner)).wants(t, http.StatusOK).says(t, "Version 2")
	})
}

func TestABannerIsPutAway(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		form := url.Values{"text": {"The [swap](/s/questions) opens."}, "kind": {"urgent"}, "audience": {"all"}, "dismissible": {"on"}, "until": {"2026-03-01"}}
		w.post("/manage/banners", form, w.as(w.Owner)).wants(t, http.StatusUnprocessableEntity).says(t, "It ends before it begins.")
		form.Set("until", w.Clock.Now().Add(48*time.Hour).Format(time.DateOnly))
		w.post("/manage/banners", form, w.as(w.Owner)).wants(t, http.StatusSeeOther)
		b := clubtest.Must(w.Site.AllBanners(t.Context(), w.Owner))(t)[0]
		newt, says := w.as(w.Newcomer), `<a href="/s/questions">swap</a> opens.`
		away := "/banners/" + b.ID.String() + "/dismiss"
		w.get("/", newt).says(t, says)
		w.post(away, url.Values{"return": {"/spaces"}}, newt).wants(t, http.StatusSeeOther)
		if strings.Contains(w.get("/spaces", newt).body, says) {
			t.Error("a member is shown it again")
		}
		given := w.post(away, nil).wants(t, http.StatusSeeOther).Cookies()
		for _, ck := range given {
			if ck.Name == "away" && strings.Contains(w.get("/", header("Cookie", "away="+ck.Value)).body, says) {
				t.Error("a guest is shown it again")
			}
		}
		w.get("/", header("Cookie", "away=nonsense..")).says(t, says)
		w.post("/manage/banners/"+b.ID.String()+"/end", nil, w.as(w.Owner)).wants(t, http.StatusSeeOther)
		w.post(away, nil).wants(t, http.StatusNotFound)
	})
}

func TestSingleKeysAreSwitchedOff(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		newt := w.as(w.Newcomer)
		w.get("/keys").wants(t, http.StatusOK).says(t, "<kbd>?</kbd>")
		if strings.Contains(w.get("/", newt).body, `data-keys="off"`) {
			t.Fatal("they are off")
		}
		w.post("/settings/keys", url.Values{}, newt).wants(t, http.StatusSeeOther)
		w.get("/", newt).says(t, `data-keys="off"`)
		w.post("/settings/keys", url.Values{"keys": {"on"}}, newt).wants(t, http.StatusSeeOther)
		w.get("/settings/keys", newt).says(t, `name="keys" value="on" checked`)
	})
}
