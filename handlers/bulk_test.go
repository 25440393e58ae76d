package handlers_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/views"
)

// Tags of several topics by their pages: asked for, refused with what was typed, given, and taken back.
func TestTagsOfSeveralByTheirPages(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		as := w.as(w.Moderator)
		one, two := w.Topic(w.Open, "About one"), w.Topic(w.Open, "About two")
		clubtest.Must(w.Forum.Retag(t.Context(), w.Again(w.Owner), one.ID, []string{"film"}))(t)
		tags := func() (all []string) {
			for _, l := range clubtest.Must(w.Forum.Some(t.Context(), w.Again(w.Moderator), []id.ID{one.ID, two.ID}))(t) {
				all = append(all, l.TagNames)
			}
			slices.Sort(all)
			return all
		}
		form := url.Values{"topics": {one.ID.String(), two.ID.String()}, "do": {string(forum.ToTag)}}
		w.post(views.BulkAddress(w.Open.Slug), form, as).wants(t, http.StatusOK).says(t, "Give 2 topics a tag?").says(t, "About two").says(t, `name="tags"`)
		form.Set("sure", "on")
		form.Set("tags", "a/b")
		w.post(views.BulkAddress(w.Open.Slug), form, as).wants(t, http.StatusUnprocessableEntity).says(t, "cannot be a tag").says(t, `value="a/b"`)
		form.Set("tags", "paper")
		w.post(views.BulkAddress(w.Open.Slug), form, w.as(w.Regular)).wants(t, http.StatusForbidden)
		done := w.post(views.BulkAddress(w.Open.Slug), form, as).wants(t, http.StatusSeeOther).Header.Get("Location")
		if got := tags(); !slices.Equal(got, []string{"film paper", "paper"}) {
			t.Fatalf("they have %v", got)
		}
		w.get(done, as).wants(t, http.StatusOK).says(t, "2 topics were changed").says(t, "/undo")
		w.get(views.SpaceLogAddress(w.Open.Slug), as).wants(t, http.StatusOK).says(t, "gave it tags:").says(t, "+paper")
		w.post(done+"/undo", nil, as).wants(t, http.StatusSeeOther)
		if got := tags(); !slices.Equal(got, []string{"", "film"}) {
			t.Errorf("undone, they have %v", got)
		}
		form = url.Values{"topics": {one.ID.String(), two.ID.String()}, "do": {string(forum.ToUntag)}}
		w.post(views.BulkAddress(w.Open.Slug), form, as).wants(t, http.StatusOK).says(t, "Take a tag off 2 topics?").says(t, "They have film.")
	})
}

// Topics of several spaces are changed from the list of all: those that one looks after, and no others.
func TestSeveralFromTheListOfAll(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		other := w.Space("Workshop", nil)
		one, two, theirs := w.Topic(w.Open, "About one"), w.Topic(w.Open, "About two"), w.Topic(other, "Not theirs")
		mod := w.as(w.Moderator)
		clubtest.Must(w.Forum.Retag(t.Context(), w.Again(w.Owner), one.ID, []string{"film"}))(t)
		for _, list := range []string{"/latest", "/tags/film"} {
			w.get(list, mod).wants(t, http.StatusOK).says(t, list+"?pick=on")
			page := w.get(list+"?pick=on", mod).wants(t, http.StatusOK).says(t, `value="`+one.ID.String()+`" form="bulk"`)
			if strings.Contains(page.body, `value="`+theirs.ID.String()+`" form="bulk"`) {
				t.Errorf("%s has a box at a topic of a space that is not theirs", list)
			}
			if strings.Contains(w.get(list+"?pick=on", w.as(w.Regular)).wants(t, http.StatusOK).body, `id="bulk"`) {
				t.Errorf("%s has boxes for somebody who looks after nothing", list)
			}
		}
		form := url.Values{"topics": {one.ID.String(), two.ID.String(), theirs.ID.String()}, "do": {string(forum.ToSlow)}, "from": {"/latest"}}
		w.post("/bulk", form, w.as(w.Regular)).wants(t, http.StatusForbidden)
		if asked := w.post("/bulk", form, mod).wants(t, http.StatusOK).says(t, "Slow down 2 topics?"); strings.Contains(asked.body, "Not theirs") {
			t.Error("it names one that is not theirs")
		}
		form.Set("sure", "on")
		w.post("/bulk", form, mod).wants(t, http.StatusUnprocessableEntity).says(t, "Choose a pace.")
		form.Set("seconds", "60")
		done := w.post("/bulk", form, mod).wants(t, http.StatusSeeOther).Header.Get("Location")
		w.get(done, mod).wants(t, http.StatusOK).says(t, "2 topics were changed").says(t, "was left as it was")
		slow := func(key id.ID) int64 {
			return clubtest.Must(w.Forum.Topic(t.Context(), w.Again(w.Owner), key))(t).SlowSeconds
		}
		if slow(one.ID) != 60 || slow(two.ID) != 60 || slow(theirs.ID) != 0 {
			t.Fatalf("they wait %d, %d and %d seconds", slow(one.ID), slow(two.ID), slow(theirs.ID))
		}
		w.post(done[:strings.IndexByte(done+"?", '?')]+"/undo", nil, mod).wants(t, http.StatusSeeOther)
		if slow(one.ID) != 0 {
			t.Error("it is not undone")
		}
		pin := url.Values{"topics": {one.ID.String(), two.ID.String()}, "do": {string(forum.ToPin)}, "from": {"//elsewhere.example"}}
		w.post("/bulk", pin, mod).wants(t, http.StatusOK).says(t, `name="until"`).says(t, `href="/latest?pick=on"`)
		pin.Set("sure", "on")
		w.post("/bulk", pin, mod).wants(t, http.StatusSeeOther)
		if !clubtest.Must(w.Forum.Topic(t.Context(), w.Again(w.Owner), two.ID))(t).Pinned() {
			t.Error("it is not pinned")
		}
	})
}
