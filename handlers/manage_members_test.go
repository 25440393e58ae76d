package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
)

// parsed is the id at the end of an address.
func parsed(t *testing.T, at, before string) id.ID {
	t.Helper()
	key, err := id.Parse(strings.TrimPrefix(at, before))
	if err != nil {
		t.Fatalf("%q has no id: %v", at, err)
	}
	return key
}

func TestMembersAreFound(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner := w.as(w.Owner)
		w.get("/manage/members", owner).says(t, "Latest to join").says(t, "@stan")
		found := w.get("/manage/members?q=ri", owner).says(t, "@rita")
		if strings.Contains(found.body, "@stan") {
			t.Error("others are found too")
		}
		w.get("/manage/members?q=zz", owner).says(t, "Nobody by that name").says(t, `value="zz"`)
		w.get("/manage/members/paul", owner).says(t, "Patron").says(t, "For the test.").says(t, "Given by Olive.")
		w.get("/manage/members/nobody_here", owner).wants(t, http.StatusNotFound)
	})
}

func TestAGrantHoldsOnItsDays(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner, newt := w.as(w.Owner), w.as(w.Newcomer)
		library := w.Space("Lens library", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		reads := func(want int) { t.Helper(); w.get("/s/"+library.Slug, newt).wants(t, want) }
		give := func(key, from, to string) answer {
			return w.post("/manage/members/newt/grants", url.Values{"key": {key}, "tier": {w.Patron.ID.String()}, "starts_at": {from}, "ends_at": {to}, "reason": {"For the spring."}}, owner)
		}
		reads(http.StatusForbidden)
		give("k1", "2026-03-28", "2026-03-29").wants(t, http.StatusSeeOther)
		give("k1", "2026-03-28", "2027-03-29").wants(t, http.StatusSeeOther) // sent again
		if grants := clubtest.Must(w.Access.Grants(t.Context(), w.Again(w.Owner), w.Newcomer.ID))(t); len(grants) != 1 {
			t.Fatalf("%d grants", len(grants))
		}
		w.get("/manage/members/newt", owner).says(t, "28 March").says(t, "29 March").says(t, "For the spring.")

		// The day on which London's clocks go forward: it ends at 23:00 UTC.
		for _, at := range []struct {
			time string
			want int
		}{{"2026-03-27T23:59:59Z", http.StatusForbidden}, {"2026-03-28T00:00:00Z", http.StatusOK}, {"2026-03-29T22:59:59Z", http.StatusOK}, {"2026-03-29T23:00:00Z", http.StatusForbidden}} {
			w.Clock.Set(clubtest.Must(time.Parse(time.RFC3339, at.time))(t))
			newt = w.as(w.Newcomer)
			reads(at.want)
		}
		owner = w.as(w.Owner)
		w.get("/manage/members/newt", owner).says(t, "ended")
		w.get("/membership", newt).says(t, "For the spring.").says(t, "ended")
	})
}

func TestAGrantIsGivenAndWithdrawn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner, newt := w.as(w.Owner), w.as(w.Newcomer)
		library := w.Space("Lens library", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		form := url.Values{"key": {"k1"}, "tier": {w.Patron.ID.String()}, "starts_at": {""}, "ends_at": {""}, "reason": {"Dues are paid."}}
		w.post("/manage/members/newt/grants", form, owner).wants(t, http.StatusSeeOther)
		w.get("/s/"+library.Slug, newt).wants(t, http.StatusOK)
		w.get("/membership", newt).says(t, "Dues are paid.").says(t, "open-ended")

		grant := clubtest.Must(w.Access.Grants(t.Context(), w.Again(w.Owner), w.Newcomer.ID))(t)[0]
		at := "/manage/grants/" + grant.ID.String() + "/withdraw"
		w.post(at, url.Values{"why": {" "}}, owner).wants(t, http.StatusUnprocessableEntity).says(t, "Say why, in at most 300 bytes.").says(t, `id="why-`+grant.ID.String())
		w.get("/s/"+library.Slug, newt).wants(t, http.StatusOK)
		w.post(at, url.Values{"why": {"They asked for it."}}, owner).wants(t, http.StatusSeeOther)
		w.get("/s/"+library.Slug, newt).wants(t, http.StatusForbidden)
		w.get("/manage/members/newt", owner).says(t, "withdrawn")
		w.post("/manage/grants/"+w.Store.NewID().String()+"/withdraw", url.Values{"why": {"Because."}}, owner).wants(t, http.StatusNotFound)

		for name, bad := range map[string]struct{ field, value, words string }{
			"no reason":       {"reason", "", "Say why this has no end."},
			"no tier":         {"tier", w.Patron.Name, "Choose a tier."},
			"another order":   {"starts_at", "31/12/2026", "Write the day as year, month and day"},
			"ends before now": {"ends_at", "2026-03-01", "The end lies before the start."},
			"a strange year":  {"ends_at", "0001-01-01", "Write the day as year, month and day"},
		} {
			typed := url.Values{"key": {"k2"}, "tier": {w.Patron.ID.String()}, "starts_at": {""}, "ends_at": {""}, "reason": {"Kept as typed."}}
			typed.Set(bad.field, bad.value)
			a := w.post("/manage/members/newt/grants", typed, owner).wants(t, http.StatusUnprocessableEntity).says(t, bad.words).says(t, `name="key" value="k2"`)
			if name != "no reason" {
				a.says(t, "Kept as typed.")
			}
		}
		if grants := clubtest.Must(w.Access.Grants(t.Context(), w.Again(w.Owner), w.Newcomer.ID))(t); len(grants) != 1 {
			t.Errorf("what was refused was kept: %d grants", len(grants))
		}
		w.post("/manage/members/nobody_here/grants", form, owner).wants(t, http.StatusNotFound)
	})
}
