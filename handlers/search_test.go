package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/views"
)

// The page asks, answers, remembers and forgets by plain forms and links.
func TestSearchByForms(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := atDesk(t, club)
		empty := d.get("/search")
		for _, want := range []string{`name="q"`, "To find it sooner", "order:latest"} {
			if !strings.Contains(empty, want) {
				t.Errorf("the empty page lacks %s", want)
			}
		}
		page := d.get(views.SearchAddress(`fibre "test strip" in:topics -<script>`))
		if strings.Contains(page, "<script>") || !strings.Contains(page, "&lt;script&gt;") {
			t.Error("what was asked for is not drawn as text")
		}
		page = d.get(views.SearchAddress("fibre paper"))
		for _, want := range []string{"<mark>fibre</mark>", "24 results", "/s/questions/t/", "in%3Atopics", "More results"} {
			if !strings.Contains(page, want) {
				t.Errorf("the answer lacks %s", want)
			}
		}
		if none := d.get(views.SearchAddress("zyzzyva")); !strings.Contains(none, "Nothing was found") || !strings.Contains(none, "To find it sooner") {
			t.Error("an answer without hits does not say what to do")
		}
		if part := d.get("/search/suggest?q=fib"); !strings.Contains(part, `role="option"`) || !strings.Contains(part, "<mark>fibre</mark>") || strings.Contains(part, "<html") {
			t.Errorf("the suggestions are\n%s", part)
		}
		history := d.get("/search")
		for _, want := range []string{"fibre paper", "zyzzyva", "/search/forget"} {
			if !strings.Contains(history, want) {
				t.Errorf("the history lacks %s", want)
			}
		}
		if part := d.get("/search/suggest?q="); !strings.Contains(part, "zyzzyva") {
			t.Error("before the first letter nothing is offered")
		}
		_, after, _ := strings.Cut(history, `aria-label="Forget zyzzyva"`)
		if after == "" {
			t.Fatal("there is no way to forget one")
		}
		action := history[strings.LastIndex(history[:strings.Index(history, `aria-label="Forget zyzzyva"`)], `action="`)+len(`action="`):]
		d.send(action[:strings.Index(action, `"`)])
		if left := d.get("/search"); strings.Contains(left, "zyzzyva") || !strings.Contains(left, "fibre paper") {
			t.Error("one was to be forgotten")
		}
		d.send("/search/forget")
		if left := d.get("/search"); strings.Contains(left, "fibre paper") {
			t.Error("all were to be forgotten")
		}
	})
}

// send posts a form of one button.
func (d *desk) send(path string) {
	d.b.Helper()
	r := httptest.NewRequestWithContext(d.b.Context(), http.MethodPost, "http://127.0.0.1:8080"+path, strings.NewReader(""))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "http://127.0.0.1:8080")
	r.AddCookie(&http.Cookie{Name: cookieName, Value: d.secret})
	w := httptest.NewRecorder()
	d.site.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusSeeOther {
		d.b.Fatalf("%s: %d\n%s", path, w.Code, w.Body)
	}
}

// Whatever stands in the address is a question.
func TestAnyAddressIsAQuestion(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := atDesk(t, club)
		for _, text := range []string{"%00", "%ff%fe", "%", "%zz", "a%00b", url.QueryEscape(strings.Repeat(`"`, 10_000)), url.QueryEscape("NEAR(a b) ^x* title:y ☕ '"), "a&after=%00%ff", "a&q=b", "a;b"} {
			for _, path := range []string{"/search?q=", "/search/suggest?q="} {
				d.get(path + text)
			}
		}
	})
}
