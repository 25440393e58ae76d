package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/views"
)

func spaceForm(w *town, name, slug string) url.Values {
	return url.Values{"name": {name}, "slug": {slug}, "about": {"Buy, sell, lend."}, "section": {w.Section.ID.String()}, "icon": {"i-bag"}, "kind": {"talk"}, "chat": {"on"}}
}

func TestSpacesAreMadeAndChanged(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner, newt := w.as(w.Owner), w.as(w.Newcomer)
		to := w.post("/manage/spaces", spaceForm(w, "Market", "market"), owner).wants(t, http.StatusSeeOther).Header.Get("Location")
		if to != views.LocksAddress("market") {
			t.Errorf("it leads to %q", to)
		}
		w.get("/s/market", newt).wants(t, http.StatusOK).says(t, "Buy, sell, lend.")
		w.get("/s/market/chat", newt).wants(t, http.StatusOK)

		w.post("/manage/spaces/market", spaceForm(w, "Fair", "fair"), owner).wants(t, http.StatusSeeOther)
		w.get("/s/fair", newt).wants(t, http.StatusOK).says(t, "Fair")
		w.get("/s/market", newt).wants(t, http.StatusNotFound)

		bad := spaceForm(w, "Bazaar", w.Open.Slug)
		w.post("/manage/spaces/fair", bad, owner).wants(t, http.StatusUnprocessableEntity).says(t, "Another space has that address.").says(t, `value="Bazaar"`).says(t, `action="/manage/spaces/fair"`)
		bad = spaceForm(w, "Bazaar", "new")
		w.post("/manage/spaces", bad, owner).wants(t, http.StatusUnprocessableEntity).says(t, `value="Bazaar"`).says(t, "Choose another address.").says(t, `action="/manage/spaces"`)
		bad = spaceForm(w, "Bazaar", w.Open.Slug)
		w.post("/manage/spaces", bad, owner).wants(t, http.StatusUnprocessableEntity).says(t, "Another space has that address.").says(t, `action="/manage/spaces"`)
		bad = spaceForm(w, "Bazaar", "bazaar")
		bad.Set("section", w.Store.NewID().String())
		w.post("/manage/spaces", bad, owner).wants(t, http.StatusUnprocessableEntity).says(t, "Choose a section.")

		w.post("/manage/spaces/fair/move", url.Values{"up": {"true"}}, owner).wants(t, http.StatusSeeOther)
		if spaces := clubtest.Must(w.Spaces.Seen(t.Context(), w.Again(w.Owner)))(t); spaces[0].Slug != "fair" {
			t.Errorf("the first is %s", spaces[0].Slug)
		}
		for _, a := range []answer{
			w.get("/manage/spaces/market", owner), w.post("/manage/spaces/market", spaceForm(w, "Fair", "fair"), owner), w.post("/manage/spaces/market/move", nil, owner),
			w.post("/manage/spaces/market/seat", url.Values{"member": {"newt"}}, owner), w.post("/manage/spaces/market/unseat", url.Values{"member": {"newt"}}, owner),
			w.get("/manage/spaces/market/locks", owner), w.post("/manage/spaces/market/locks", url.Values{"do": {"save"}}, owner), w.post("/manage/spaces/market/door", nil, owner),
		} {
			a.wants(t, http.StatusNotFound)
		}
	})
}

func TestSectionsAreMade(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner := w.as(w.Owner)
		w.post("/manage/sections", url.Values{"section": {"Workshops"}}, owner).wants(t, http.StatusSeeOther)
		w.get("/manage/spaces", owner).says(t, "Workshops").says(t, "It has no spaces yet")
		section := clubtest.Must(w.Spaces.Sections(t.Context()))(t)[1]
		at := "/manage/sections/" + section.ID.String()
		w.post(at, url.Values{"section": {"Studios"}}, owner).wants(t, http.StatusSeeOther)
		w.post(at+"/move", url.Values{"up": {"true"}}, owner).wants(t, http.StatusSeeOther)
		if all := clubtest.Must(w.Spaces.Sections(t.Context()))(t); all[0].Name != "Studios" || all[1].Name != "Common rooms" {
			t.Errorf("the sections are %+v", all)
		}
		long := strings.Repeat("a", 41)
		w.post("/manage/sections", url.Values{"section": {long}}, owner).wants(t, http.StatusUnprocessableEntity).says(t, `value="`+long+`"`).says(t, "at most 40 bytes")
		w.post(at, url.Values{"section": {long}}, owner).wants(t, http.StatusUnprocessableEntity).says(t, `id="section-`+section.ID.String()+`"`).says(t, `value="`+long+`"`).says(t, "at most 40 bytes")
		never := "/manage/sections/" + w.Store.NewID().String()
		w.post(never, url.Values{"section": {"Studios"}}, owner).wants(t, http.StatusNotFound)
		w.post(never+"/move", url.Values{"up": {"true"}}, owner).wants(t, http.StatusNotFound)
	})
}

func TestSeatsAreGivenAndTaken(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner, at := w.as(w.Owner), "/manage/spaces/"+w.Open.Slug
		keeps := func(want bool) {
			t.Helper()
			if got := w.Again(w.Newcomer).Keeps(w.Open.ID); got != want {
				t.Fatalf("the newcomer keeps it: %v", got)
			}
		}
		keeps(false)
		w.post(at+"/seat", url.Values{"member": {"@Newt"}}, owner).wants(t, http.StatusSeeOther)
		keeps(true)
		w.get(at, owner).says(t, "Newt")
		w.get("/manage/spaces", owner).says(t, "Kept by Mods and Newt")
		w.post(at+"/unseat", url.Values{"member": {"newt"}}, owner).wants(t, http.StatusSeeOther)
		keeps(false)
		w.post(at+"/seat", url.Values{"member": {"nobody_here"}}, owner).wants(t, http.StatusUnprocessableEntity).says(t, "Nobody here has that handle.").says(t, `value="nobody_here"`)
		w.post(at+"/unseat", url.Values{"member": {"nobody_here"}}, owner).wants(t, http.StatusNotFound)
	})
}

// Owners read in the list what opens each space; nothing of it depends on their own keys.
func TestTheListSaysWhatOpens(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.Space("Quiet room", map[access.Verb]access.Lock{access.Read: {{{Kind: access.StatusKey, Amount: 3}}, {{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		w.Space("Board", map[access.Verb]access.Lock{access.See: {{{Kind: access.RoleKey, Amount: access.RoleOwner}}}, access.Start: {{{Kind: access.TenureKey, Amount: 30}}}})
		w.get("/manage/spaces", w.as(w.Owner)).says(t, "Opens at Regular, or with Patron").says(t, "Listed with a place among the owners").says(t, "New topics open after 30 days here").says(t, "Open to everyone")
	})
}
