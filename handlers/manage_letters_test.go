package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"guildhall/handlers"
	"guildhall/handlers/jobs"
	"guildhall/models/clubtest"
	"guildhall/models/clubtest/postbox"
	"guildhall/models/id"
	"guildhall/models/mailer"
	"guildhall/models/store"
	"guildhall/views"
)

// A letter that no server took is shown to owners alone, without the address that it was for; sent again,
// it goes once, and does not wait there any more. Another is dropped, and never goes.
func TestDeadLettersByTheirPage(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, as := t.Context(), w.as(w.Owner)
		for _, to := range []string{"ada@example.org", "bob@example.org"} {
			clubtest.OK(t, w.Members.SendLink(ctx, to, "/"))
		}
		var dead []id.ID
		clubtest.OK(t, w.Store.Read(ctx).Table("jobs").Where("kind like 'mail.%'").Order("id").Pluck("id", &dead).Error)
		w.Write(func(tx *store.Tx) error {
			return tx.Exec("update jobs set state = 'dead', attempts = 16, error = 'ada@example.org: nobody answers' where kind like 'mail.%'").Error
		})
		at := func(i int, what string) string {
			return views.ManageLettersAddress + "/" + dead[i].String() + "/" + what
		}
		page := w.get(views.ManageLettersAddress, as).wants(t, http.StatusOK).says(t, "nobody answers").says(t, at(0, "again")).says(t, at(1, "drop"))
		if strings.Contains(page.body, "@example.org") {
			t.Error("the page tells for which address it was")
		}
		for _, path := range []string{at(0, "again"), at(0, "drop")} {
			w.post(path, nil, w.as(w.Moderator)).wants(t, http.StatusForbidden)
		}
		w.get(views.ManageLettersAddress, w.as(w.Moderator)).wants(t, http.StatusForbidden)

		w.post(at(1, "drop"), nil, as).wants(t, http.StatusSeeOther)
		w.post(at(0, "again"), nil, as).wants(t, http.StatusSeeOther)
		for _, path := range []string{at(0, "again"), at(0, "drop"), at(1, "again"), at(1, "drop")} {
			w.post(path, nil, as).wants(t, http.StatusNotFound)
		}
		w.get(views.ManageLettersAddress, as).wants(t, http.StatusOK).says(t, "All mail went")

		box := postbox.Open(t)
		desk := clubtest.Must(jobs.New(w.Club.Club, clubtest.Must(mailer.Open(box.URL(), "Northlight <club@example.org>"))(t), w.url, handlers.NewLog(w.log, 0)))(t)
		for desk.Once(ctx) {
		}
		if went := box.Letters(); len(went) != 1 || went[0].To != "ada@example.org" {
			t.Errorf("sent again, %d letters went: %+v", len(went), went)
		}
	})
}
