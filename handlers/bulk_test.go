package handlers_test

import (
	"net/http"
	"net/url"
	"slices"
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
