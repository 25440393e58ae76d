package handlers_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/views"
)

func way(keys ...access.Key) string { return views.WayText(keys) }

func TestALockIsDraftedAndHung(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner, at := w.as(w.Owner), views.LocksAddress(w.Open.Slug)
		patron, regular := access.Key{Kind: access.TierKey, Ref: w.Patron.ID}, access.Key{Kind: access.StatusKey, Amount: 3}
		w.get(at, owner).says(t, "Every member who reads it").says(t, "Patron or above").says(t, "Regular and up")

		draft := func(form url.Values) answer { t.Helper(); return w.post(at, form, owner) }
		carries := func(a answer, want ...string) {
			t.Helper()
			if got := regexp.MustCompile(`name="read" value="([^"]+)"`).FindAllStringSubmatch(a.wants(t, http.StatusOK).says(t, "Not saved yet.").body, -1); len(got) != len(want) {
				t.Fatalf("the draft has %v, want %v", got, want)
			}
			for _, text := range want {
				a.says(t, `name="read" value="`+text+`"`)
			}
		}
		one := way(patron)
		carries(draft(url.Values{"do": {"add:read"}, "read_key": {one}}), one)
		two := way(regular)
		carries(draft(url.Values{"do": {"add:read"}, "read": {one}, "read_key": {two}}), one, two)
		both := way(regular, access.Key{Kind: access.TenureKey, Amount: 30})
		carries(draft(url.Values{"do": {"add:read"}, "read": {one, two}, "read_key": {"tenure"}, "read_amount": {"30"}, "read_with": {"1"}}), one, both)
		named := way(access.Key{Kind: access.NamedKey, Ref: w.Newcomer.ID})
		carries(draft(url.Values{"do": {"add:read"}, "read": {one, both}, "read_key": {"member"}, "read_handle": {"@newt"}}), one, both, named)
		carries(draft(url.Values{"do": {"drop:read:0"}, "read": {one, both, named}}), both, named)
		carries(draft(url.Values{"do": {"draft"}, "read": {both, named}}), both, named)
		if locks := clubtest.Must(w.Access.Locks(t.Context(), w.Again(w.Owner), w.Open.ID))(t); len(locks[access.Read]) != 0 {
			t.Fatalf("a draft hangs already: %v", locks)
		}

		draft(url.Values{"do": {"save"}, "read": {both, named}, "reply": {one}}).wants(t, http.StatusSeeOther)
		locks := clubtest.Must(w.Access.Locks(t.Context(), w.Again(w.Owner), w.Open.ID))(t)
		if len(locks[access.Read]) != 2 || views.WayText(locks[access.Read][0]) != both || views.WayText(locks[access.Reply][0]) != one {
			t.Errorf("hung are %v", locks)
		}
		if page := w.get(at, owner).says(t, "Newt"); strings.Contains(page.body, "Not saved yet.") {
			t.Error("what hangs is called a draft")
		}
	})
}

func TestADraftThatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner, at := w.as(w.Owner), views.LocksAddress(w.Open.Slug)
		kept := way(access.Key{Kind: access.TierKey, Ref: w.Patron.ID})
		for name, bad := range map[string]struct {
			form  url.Values
			words string
		}{
			"no number":     {url.Values{"do": {"add:read"}, "read_key": {"score"}, "read_amount": {"many"}}, "Write the number of points or days"},
			"no days":       {url.Values{"do": {"add:read"}, "read_key": {"tenure"}, "read_amount": {"0"}}, "Write the number of points or days"},
			"nobody":        {url.Values{"do": {"add:read"}, "read_key": {"member"}, "read_handle": {"nobody_here"}}, "Nobody here has that handle."},
			"no such key":   {url.Values{"do": {"add:read"}, "read_key": {"crown:1"}}, "The form is out of date."},
			"no such verb":  {url.Values{"do": {"add:own"}, "own_key": {"anyone"}}, "The form is out of date."},
			"no such way":   {url.Values{"do": {"drop:read:7"}}, "The form is out of date."},
			"way nowhere":   {url.Values{"do": {"add:read"}, "read_key": {"signed_in"}, "read_with": {"7"}}, "The form is out of date."},
			"a tier gone":   {url.Values{"do": {"save"}, "start": {way(access.Key{Kind: access.TierKey, Ref: w.Store.NewID()})}}, "no longer there"},
			"a score of 0":  {url.Values{"do": {"save"}, "start": {"score:0"}}, "from 1 to 1,000,000"},
			"too many ways": {url.Values{"do": {"add:start"}, "start": strings.Split(strings.Repeat("signed_in ", 12)+"signed_in", " ")[:12], "start_key": {"anyone"}}, "at most 12 ways in"},
			"too many keys": {url.Values{"do": {"add:start"}, "start": {"score:1+score:2+score:3+score:4+score:5+score:6"}, "start_key": {"anyone"}, "start_with": {"0"}}, "at most 6 keys"},
		} {
			bad.form.Set("read", kept)
			a := w.post(at, bad.form, owner).wants(t, http.StatusUnprocessableEntity).says(t, bad.words)
			if !strings.Contains(a.body, `name="read" value="`+kept+`"`) {
				t.Errorf("%s: the rest of the draft is lost", name)
			}
			for _, field := range []string{"read_amount", "read_handle"} {
				if typed := bad.form.Get(field); !strings.Contains(a.body, `name="`+field+`" value="`+typed+`"`) {
					t.Errorf("%s: %q is lost", name, typed)
				}
			}
		}
		w.post(at, url.Values{"do": {"save"}, "read": {"no way at all"}}, owner).wants(t, http.StatusUnprocessableEntity).says(t, "The form is out of date.")
		if locks := clubtest.Must(w.Access.Locks(t.Context(), w.Again(w.Owner), w.Open.ID))(t); len(locks[access.Read])+len(locks[access.Start]) != 0 {
			t.Errorf("hung are %v", locks)
		}
	})
}

// What an owner hangs decides at once, for everybody, on pages and in lists.
func TestALockDecidesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		owner, newt, paul, at := w.as(w.Owner), w.as(w.Newcomer), w.as(w.Paying), views.LocksAddress(w.Open.Slug)
		topic := w.Topic(w.Open, "Canary of the questions")
		page := views.TopicAddress(w.Open.Slug, topic.ID, topic.Slug)
		w.get("/s/questions", newt).wants(t, http.StatusOK).says(t, "Canary")
		w.get(page, newt).wants(t, http.StatusOK)

		patron := way(access.Key{Kind: access.TierKey, Ref: w.Patron.ID})
		w.post(at, url.Values{"do": {"save"}, "read": {patron}}, owner).wants(t, http.StatusSeeOther)
		for _, path := range []string{"/s/questions", page, "/s/questions/new", "/s/questions/t/" + w.Store.NewID().String(), "/s/questions/chat"} {
			a := w.get(path, newt).wants(t, http.StatusForbidden).says(t, "Opens with Patron").says(t, "Questions")
			if strings.Contains(a.body, "Canary") {
				t.Errorf("%s: a title crosses the door", path)
			}
		}
		if home := w.get("/", newt).wants(t, http.StatusOK); strings.Contains(home.body, "Canary") {
			t.Error("home lists what is closed")
		}
		w.get(page, paul).wants(t, http.StatusOK).says(t, "Canary")
		w.get("/s/questions", newt, header("Accept", "application/json")).wants(t, http.StatusForbidden).says(t, `"code":"refused"`)

		w.post(at, url.Values{"do": {"save"}, "see": {patron}}, owner).wants(t, http.StatusSeeOther)
		never := same(w.get("/s/never-was", newt).wants(t, http.StatusNotFound).body, "/s/never-was")
		for _, path := range []string{"/s/questions", page, "/s/questions/new", "/s/questions/chat"} {
			if got := same(w.get(path, newt).wants(t, http.StatusNotFound).body, path); got != never {
				t.Errorf("%s: a space that is not listed is told from one that never was:\n%s\n%s", path, got, never)
			}
		}
		if home := w.get("/", newt); strings.Contains(home.body, "/s/questions") {
			t.Error("it is in the sidebar still")
		}
		w.get(page, paul).wants(t, http.StatusOK)

		w.post(at, url.Values{"do": {"save"}}, owner).wants(t, http.StatusSeeOther)
		w.get(page, newt).wants(t, http.StatusOK)
	})
}

// same is a page without what differs by the address that was asked for, and by the moment.
func same(body, path string) string {
	body = strings.ReplaceAll(body, path, "PATH")
	return regexp.MustCompile(`nonce="[^"]*"`).ReplaceAllString(body, "")
}

// Where everybody reads and some may write, the door of a form says what writing takes, and no more.
func TestADoorBeforeWriting(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		sp := w.Space("Glass house", map[access.Verb]access.Lock{access.Start: {{{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		w.Topic(sp, "Canary behind glass")
		w.post(views.ManageSpaceAddress(sp.Slug)+"/door", url.Values{"door_titles": {"on"}, "door_counts": {"on"}}, w.as(w.Owner)).wants(t, http.StatusSeeOther)
		newt := w.as(w.Newcomer)
		w.get("/s/glass-house", newt).wants(t, http.StatusOK).says(t, "Canary behind glass")
		door := w.get("/s/glass-house/new", newt).wants(t, http.StatusForbidden).says(t, "Opens with Patron").says(t, "to start topics here").says(t, `href="/s/glass-house"`)
		if strings.Contains(door.body, "Behind the door") {
			t.Error("what everybody reads is called closed")
		}
		w.get("/s/glass-house/new", w.as(w.Paying)).wants(t, http.StatusOK)
	})
}
