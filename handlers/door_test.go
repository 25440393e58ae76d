package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/views"
)

// A door shows the name, the teaser, the keys and the distance; all else only where its owner chose it.
func TestADoorShowsOnlyWhatWasChosen(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		sp := w.Space("Masterclass", map[access.Verb]access.Lock{access.Read: {{{Kind: access.StatusKey, Amount: 5}}, {{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		topic, second := w.Topic(sp, "Canary one"), w.Topic(sp, "Canary two")
		hidden := w.Topic(sp, "Canary hidden")
		clubtest.Must(w.Forum.Hide(t.Context(), w.Again(w.Owner), hidden.ID, true))(t)
		owner, newt, at := w.as(w.Owner), w.as(w.Newcomer), views.ManageSpaceAddress(sp.Slug)+"/door"
		tasted := views.TopicAddress(sp.Slug, topic.ID, topic.Slug)
		const titles, counts, people, taste = "Canary two", "2 topics", "1 member inside", "is open to you"
		look := func(form url.Values, shows ...string) {
			t.Helper()
			w.post(at, form, owner).wants(t, http.StatusSeeOther)
			for _, who := range []func(*http.Request){newt, func(*http.Request) {}} {
				door := w.get("/s/masterclass", who).wants(t, http.StatusForbidden).says(t, "Masterclass").says(t, "points to go")
				for _, words := range []string{titles, counts, people, taste, "Canary hidden"} {
					want := false
					for _, s := range shows {
						want = want || s == words
					}
					if strings.Contains(door.body, words) != want {
						t.Errorf("with %v the door says %q: %v", form, words, !want)
					}
				}
			}
		}
		look(nil)
		look(url.Values{"door_titles": {"on"}}, titles)
		look(url.Values{"door_counts": {"on"}}, counts)
		look(url.Values{"door_people": {"on"}}, people)
		w.get(tasted, newt).wants(t, http.StatusForbidden)
		look(url.Values{"taster": {topic.ID.String()}}, taste)
		w.get("/s/masterclass", newt).says(t, tasted)
		w.get(tasted, newt).wants(t, http.StatusOK).says(t, "About Canary one.")
		w.get(views.TopicAddress(sp.Slug, second.ID, second.Slug), newt).wants(t, http.StatusForbidden)
		look(url.Values{"teaser": {"A chapter a month."}})
		w.get("/s/masterclass", newt).says(t, "A chapter a month.")
		w.get(tasted, newt).wants(t, http.StatusForbidden)

		long := url.Values{"teaser": {strings.Repeat("Long. ", 60)}, "door_counts": {"on"}}
		a := w.post(at, long, owner).wants(t, http.StatusUnprocessableEntity).says(t, "at most 300 bytes").says(t, "Long. Long.")
		if on := `name="door_counts" value="on" checked`; !strings.Contains(a.body, on) {
			t.Error("what was switched on comes back off")
		}
		w.post(at, url.Values{"taster": {hidden.ID.String()}}, owner).wants(t, http.StatusUnprocessableEntity).says(t, "Choose a topic of this space.")
	})
}

// The distance is that of this moment, and the way on leads somewhere.
func TestADoorSaysHowFar(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.Space("Mentors", map[access.Verb]access.Lock{access.Read: {{{Kind: access.ScoreKey, Amount: 110}}, {{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		asked := clubtest.Must(w.Forum.Start(t.Context(), w.Again(w.Regular), w.Open.ID, draftOf(w, "How do I dry prints?")))(t)
		newt := w.as(w.Newcomer)
		far := func() string {
			score := clubtest.Must(w.Standing.Of(t.Context(), w.Newcomer.ID))(t).Score
			return fmt.Sprintf("%d of 110", score)
		}
		w.get("/s/mentors", newt).says(t, far()).says(t, "points to go.").says(t, "See what Patron brings").says(t, views.TopicAddress(w.Open.Slug, asked.ID, asked.Slug))
		w.Earn(w.Newcomer.ID, 90)
		w.get("/s/mentors", newt).wants(t, http.StatusForbidden).says(t, far()).says(t, "points to go.")
		w.Earn(w.Newcomer.ID, 110)
		w.get("/s/mentors", newt).wants(t, http.StatusOK)
		guest := w.get("/s/mentors").wants(t, http.StatusForbidden).says(t, "Sign in to start counting")
		if strings.Contains(guest.body, "How do I dry prints?") {
			t.Error("a guest is sent to answer")
		}
	})
}

func TestMembership(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		yours := func(a answer) int { return strings.Count(a.body, ">You are here<") }
		guest := w.get("/membership").wants(t, http.StatusOK).says(t, "Two cabins, one club").says(t, "Patron")
		if yours(guest) != 0 || strings.Contains(guest.body, "How you came by yours") {
			t.Error("a guest has a cabin")
		}
		paul := w.get("/membership", w.as(w.Paying)).wants(t, http.StatusOK).says(t, "For the test.").says(t, "Your cabin")
		if at, mine := strings.Index(paul.body, `id="tier-1"`), strings.Index(paul.body, ">You are here<"); yours(paul) != 1 || mine < at {
			t.Error("it is not the patrons' that is his")
		}
		newt := w.get("/membership", w.as(w.Newcomer)).wants(t, http.StatusOK)
		if at, mine := strings.Index(newt.body, `id="tier-1"`), strings.Index(newt.body, ">You are here<"); yours(newt) != 1 || mine > at || strings.Contains(newt.body, "For the test.") {
			t.Error("the newcomer's is not the one that everybody holds, or another's grants are shown")
		}
	})
}

func draftOf(w *town, title string) forum.Draft {
	return forum.Draft{Key: w.Key(), Title: title, Text: "About " + title}
}
