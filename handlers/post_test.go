package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"guildhall/models/access"
)

// TestAPostElsewhereNeverWasHere: an address in an open topic tells nothing of a post that stands
// behind a door, in an unlisted space, or in another open topic.
func TestAPostElsewhereNeverWasHere(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		locked := w.Space("Masterclass", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		cellar := w.Space("Cellar", map[access.Verb]access.Lock{access.See: {{{Kind: access.RoleKey, Amount: access.RoleOwner}}}})
		open := w.Topic(w.Open, "An open topic")
		here := w.Reply(w.Newcomer, open, "Here.")
		newt, base := w.as(w.Newcomer), root(w.Open, open)+"/p/"
		w.get(base+here.ID.String()+"/edit", newt).wants(t, http.StatusOK)
		posts := map[string]string{"never was": w.Store.NewID().String()}
		posts["behind a door"] = w.Reply(w.Paying, w.Topic(locked, "Inside"), "Inside.").ID.String()
		posts["unlisted"] = w.Reply(w.Owner, w.Topic(cellar, "Below"), "Below.").ID.String()
		posts["in another topic"] = w.Reply(w.Newcomer, w.Topic(w.Open, "Another"), "There.").ID.String()
		for _, act := range []string{"edit", "report"} {
			never := w.get(base+posts["never was"]+"/"+act, newt).wants(t, http.StatusNotFound)
			for where, key := range posts {
				if a := w.get(base+key+"/"+act, newt).wants(t, http.StatusNotFound); mask(a.body) != mask(never.body) {
					t.Errorf("%s: a post %s can be told from one that never was", act, where)
				}
			}
		}
		for _, act := range []string{"edit", "remove", "restore", "accept", "unaccept", "react", "report"} {
			never := w.post(base+posts["never was"]+"/"+act, form("text", "x", "reason", "spam"), newt).wants(t, http.StatusNotFound)
			for where, key := range posts {
				if a := w.post(base+key+"/"+act, form("text", "x", "reason", "spam"), newt).wants(t, http.StatusNotFound); mask(a.body) != mask(never.body) {
					t.Errorf("%s: a post %s can be told from one that never was", act, where)
				}
			}
		}
	})
}

// TestAQuoteIsOfItsOwnTopic: an address that somebody sent does not fill a reply in the open with what
// its reader alone may read.
func TestAQuoteIsOfItsOwnTopic(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		locked := w.Space("Masterclass", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		inside, open := w.Topic(locked, "Inside"), w.Topic(w.Open, "An open topic")
		secret, plain := w.Reply(w.Paying, inside, "Zq7x secret."), w.Reply(w.Newcomer, open, "Zq7y plain.")
		quoting := func(sp, post string) string { return sp + "?quote=" + post }
		w.get(quoting(at(locked, inside), secret.ID.String()), w.as(w.Paying)).wants(t, http.StatusOK).says(t, "&gt; Zq7x secret.")
		w.get(quoting(at(w.Open, open), plain.ID.String()), w.as(w.Paying)).wants(t, http.StatusOK).says(t, "&gt; Zq7y plain.")
		if a := w.get(quoting(at(w.Open, open), secret.ID.String()), w.as(w.Paying)).wants(t, http.StatusOK); strings.Contains(a.body, "Zq7x") {
			t.Error("a reply in the open begins with what stands behind a door")
		}
	})
}
