package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guildhall/views"
)

// A wiki by its pages: made on the page that edits it, edited by another, and marked for everybody.
func TestAWikiByItsPages(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		topic := w.Topic(w.Open, "Garden plans")
		p := w.Reply(w.Regular, topic, "Sow in March.")
		root := fmt.Sprintf("/s/%s/t/%s/p/%s", w.Open.Slug, topic.ID, p.ID)
		at := views.TopicAddress(w.Open.Slug, topic.ID, topic.Slug)
		w.get(root+"/edit", w.as(w.Newcomer)).wants(t, http.StatusForbidden)
		w.post(root+"/wiki", nil, w.as(w.Newcomer)).wants(t, http.StatusForbidden)
		w.get(root+"/edit", w.as(w.Regular)).wants(t, http.StatusOK).says(t, "Make it a wiki")
		w.post(root+"/wiki", nil, w.as(w.Regular)).wants(t, http.StatusSeeOther)
		if form := w.get(root+"/edit", w.as(w.Newcomer)).wants(t, http.StatusOK); strings.Contains(form.body, "/unwiki") || strings.Contains(form.body, "/remove") {
			t.Error("another is offered to end it, or to remove it")
		}
		w.get(at, w.as(w.Newcomer)).wants(t, http.StatusOK).says(t, root+"/edit")
		w.post(root+"/edit", url.Values{"text": {"Sow in April, after the frost is over for good."}, "key": {w.Key()}}, w.as(w.Newcomer)).wants(t, http.StatusSeeOther)
		w.get(at).wants(t, http.StatusOK).says(t, "last edited by Newt").says(t, "after the frost")
		w.post(root+"/unwiki", nil, w.as(w.Moderator)).wants(t, http.StatusSeeOther)
		w.get(root+"/edit", w.as(w.Newcomer)).wants(t, http.StatusForbidden)
	})
}
