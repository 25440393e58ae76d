package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/views"
)

// A topic for later keeps its tags through every form: they are asked for, shown beside it, also among the
// drafts, changed, and what is wrong with them by then comes back in the form.
func TestAScheduledTopicByItsPages(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, as, owner := t.Context(), w.as(w.Regular), w.Again(w.Owner)
		clubtest.OK(t, w.Forum.SetTagRule(ctx, owner, w.Open.ID, 1, nil))
		later := w.Clock.Now().AddDate(0, 0, 2).Format("2006-01-02T15:04")
		form := url.Values{"title": {"The spring fair"}, "text": {"Come along."}, "key": {w.Key()}, "at": {later}}
		w.post(views.NewTopicAddress(w.Open.Slug), form, as).wants(t, http.StatusUnprocessableEntity).says(t, "asks for one").says(t, "Come along.")
		form.Set("tags", "fair, outdoors")
		if to := w.post(views.NewTopicAddress(w.Open.Slug), form, as).wants(t, http.StatusSeeOther).Header.Get("Location"); to != views.ScheduledAddress {
			t.Errorf("it leads to %q", to)
		}
		for _, page := range []string{views.ScheduledAddress, views.DraftsAddress} {
			w.get(page, as).wants(t, http.StatusOK).says(t, "The spring fair").says(t, "outdoors")
			if other := w.get(page, w.as(w.Newcomer)).wants(t, http.StatusOK); strings.Contains(other.body, "The spring fair") {
				t.Errorf("%s shows it to somebody else", page)
			}
		}
		waits := clubtest.Must(w.Forum.ScheduledBy(ctx, w.Again(w.Regular)))(t)
		one := views.ScheduledOne(waits[0].ID)
		w.get(one, as).wants(t, http.StatusOK).says(t, `value="fair outdoors"`)
		form.Set("tags", "")
		w.post(one, form, as).wants(t, http.StatusUnprocessableEntity).says(t, "asks for one").says(t, "Come along.")
		form.Set("tags", "fair")
		w.post(one, form, as).wants(t, http.StatusSeeOther)

		clubtest.OK(t, w.Forum.SetTagRule(ctx, owner, w.Open.ID, 1, []string{"market"}))
		w.post(one+"/publish", nil, as).wants(t, http.StatusUnprocessableEntity).says(t, "is not among the tags of this space").says(t, `value="fair"`).says(t, "Come along.")
		form.Set("tags", "market")
		w.post(one, form, as).wants(t, http.StatusSeeOther)
		w.post(one+"/publish", nil, as).wants(t, http.StatusSeeOther)
		mine := clubtest.Must(w.Forum.By(ctx, w.Again(w.Regular), w.Regular.ID, 5))(t)
		if len(mine) != 1 || mine[0].TagNames != "market" {
			t.Fatalf("published are %+v", mine)
		}
		if rest := clubtest.Must(w.Forum.ScheduledBy(ctx, w.Again(w.Regular)))(t); len(rest) != 0 {
			t.Errorf("%d wait still", len(rest))
		}
	})
}
