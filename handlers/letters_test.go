package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/letters"
	"guildhall/views"
)

// A letter by its pages: what is wrong comes back with what was typed, it waits, is taken back, sent again,
// delivered, read, answered with its words, put away and left.
func TestALetterByItsPages(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		rita, paul, olive := w.as(w.Regular), w.as(w.Paying), w.as(w.Owner)
		w.get(views.LettersAddress, rita).wants(t, http.StatusOK).says(t, "The surest way to get one is to write one.")
		w.get("/m/paul", rita).wants(t, http.StatusOK).says(t, `href="/letters/new?to=paul"`)
		w.get(views.WriteAddress("paul"), rita).wants(t, http.StatusOK).says(t, `value="paul"`)

		at := views.BegunLetterAddress(w.Store.NewID())
		form := url.Values{"key": {w.Key()}, "readers": {"nobody"}, "title": {"The bench"}, "text": {"Dear Paul, **come** along."}}
		w.post(at, form, rita).wants(t, http.StatusUnprocessableEntity).says(t, "Nobody here goes by").says(t, "Dear Paul").says(t, `value="The bench"`)
		form.Set("readers", "@paul")
		form.Set("preview", "on")
		w.post(at, form, rita).wants(t, http.StatusOK).says(t, "<strong>come</strong>")
		form.Del("preview")
		form.Set("draft", "on")
		w.post(at, form, rita).wants(t, http.StatusSeeOther)
		form.Del("draft")
		w.get(views.BoxAddress(views.LetterDrafts), rita).wants(t, http.StatusOK).says(t, "A letter to @paul").says(t, at+"?draft=on")
		w.get(at+"?draft=on", rita).wants(t, http.StatusOK).says(t, `value="@paul"`).says(t, "Dear Paul")
		w.get(at, paul).wants(t, http.StatusNotFound)

		to := w.post(at, form, rita).wants(t, http.StatusSeeOther).Header.Get("Location")
		thread, letter, _ := strings.Cut(to, "#letter-")
		w.get(thread, rita).wants(t, http.StatusOK).says(t, "Until then it is yours alone").says(t, "Deliver it now")
		w.get(thread, paul).wants(t, http.StatusNotFound)
		back := w.post("/letters/waiting/"+letter+"/recall", nil, rita).wants(t, http.StatusSeeOther).Header.Get("Location")
		w.get(strings.TrimSuffix(back, "#text"), rita).wants(t, http.StatusOK).says(t, `value="paul"`).says(t, "Dear Paul")
		w.get(thread, rita).wants(t, http.StatusNotFound)

		form.Set("key", w.Key())
		to = w.post(strings.TrimSuffix(back, "?draft=on#text"), form, rita).wants(t, http.StatusSeeOther).Header.Get("Location")
		thread, letter, _ = strings.Cut(to, "#letter-")
		if drafts := w.get(views.BoxAddress(views.LetterDrafts), rita); strings.Contains(drafts.body, "A letter to paul") {
			t.Error("what was sent is a draft still")
		}
		w.post("/letters/waiting/"+letter+"/send", nil, paul).wants(t, http.StatusNotFound)
		w.post("/letters/waiting/"+letter+"/send", nil, rita).wants(t, http.StatusSeeOther)
		w.get(thread, olive).wants(t, http.StatusNotFound)
		w.get("/notifications", paul).wants(t, http.StatusOK).says(t, "wrote you a letter:").says(t, "The bench")
		if shell := w.get("/", paul); !strings.Contains(shell.body, `href="/letters"`) {
			t.Error("no letterbox stands beside the page")
		}
		w.get(views.LettersAddress, paul).wants(t, http.StatusOK).says(t, "The bench").says(t, "Dear Paul")
		w.get(thread, paul).wants(t, http.StatusOK).says(t, "<strong>come</strong>").says(t, "New")
		w.get(views.BoxAddress(letters.ToAnswer), paul).wants(t, http.StatusOK).says(t, "The bench")
		w.get(thread+"?quote="+letter, paul).wants(t, http.StatusOK).says(t, "&gt; Dear Paul, **come** along.")
		w.post(thread, url.Values{"key": {w.Key()}, "text": {""}}, paul).wants(t, http.StatusUnprocessableEntity).says(t, "Write something first.")
		answered := w.post(thread, url.Values{"key": {w.Key()}, "text": {"I come."}, "at": {w.Clock.Now().AddDate(0, 0, 1).Format("2006-01-02T15:04")}}, paul).wants(t, http.StatusSeeOther).Header.Get("Location")
		_, second, _ := strings.Cut(answered, "#letter-")
		if page := w.get(thread, rita).wants(t, http.StatusOK); strings.Contains(page.body, "I come.") {
			t.Error("it is read before its time")
		}
		w.post("/letters/waiting/"+second+"/send", nil, paul).wants(t, http.StatusSeeOther)
		w.get(thread, rita).wants(t, http.StatusOK).says(t, "I come.")

		w.post(thread+"/arrange", url.Values{"how": {"away"}}, rita).wants(t, http.StatusSeeOther)
		w.get(views.BoxAddress(letters.Away), rita).wants(t, http.StatusOK).says(t, "The bench")
		w.get(thread+"/l/"+second+"/report", rita).wants(t, http.StatusOK).says(t, "this one letter").says(t, "I come.")
		w.post(thread+"/l/"+second+"/report", url.Values{"reason": {"hostile"}}, rita).wants(t, http.StatusSeeOther)
		review := w.get("/review", olive).wants(t, http.StatusOK).says(t, "Read it")
		if strings.Contains(review.body, "I come.") {
			t.Error("an owner reads it without a line of the log")
		}
		flags, _, err := w.Safety.Queue(t.Context(), w.Again(w.Owner), "")
		clubtest.OK(t, err)
		w.post("/review/"+flags[0].ID.String()+"/open", nil, olive).wants(t, http.StatusSeeOther)
		w.get("/review", olive).wants(t, http.StatusOK).says(t, "I come.")

		w.post(thread+"/leave", nil, paul).wants(t, http.StatusSeeOther)
		w.get(thread, paul).wants(t, http.StatusNotFound)
		w.get(thread, rita).wants(t, http.StatusOK).says(t, "left this correspondence").says(t, "Nobody is left here")
	})
}

// What the letterbox costs does not grow with what is in it.
func TestWhatALetterboxAsks(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := atDesk(t, club)
		send := func(title string) letters.Letter {
			one := clubtest.Must(d.Letters.Write(t.Context(), d.Again(d.Owner), letters.Draft{Key: d.Key(), To: []string{"rita", "newt"}, Title: title, Text: "Dear all."}))(t)
			return clubtest.Must(d.Letters.Send(t.Context(), d.Again(d.Owner), one.ID))(t)
		}
		d.Clock.Turn(8 * 24 * time.Hour) // beyond the limits of a first week
		one := send("One")
		d.get("/")
		for name, p := range map[string]struct {
			path string
			most int
		}{"letterbox": {views.LettersAddress, 8}, "correspondence": {views.ThreadAddress(one.ThreadID), 9}} {
			d.get(p.path)
			few := len(d.asked.During(func() { d.get(p.path) }))
			send("Two")
			send("Three")
			many := len(d.asked.During(func() { d.get(p.path) }))
			if many > few+1 || many > p.most {
				t.Errorf("the %s asks %d, and then %d statements; it may %d", name, few, many, p.most)
			}
			t.Logf("%s: %d, then %d", name, few, many)
		}
	})
}
