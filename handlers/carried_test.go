package handlers_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"guildhall/handlers"
	"guildhall/models/access"
	"guildhall/models/clubtest"
)

const dear = `Zq7x <b>"kept"</b> & dear`

// dearly is how a page holds it: escaped, in a box that can be read and copied.
const dearly = ` readonly rows="2">Zq7x &lt;b&gt;&#34;kept&#34;&lt;/b&gt; &amp; dear</textarea>`

// Whatever step refuses a form, what was written in it stands on the page that says so.
func TestNothingTypedIsLost(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		topic := w.Topic(w.Open, "Garden plans")
		base, text := root(w.Open, topic), form("text", dear, "key", "k1", "revision", "7")
		t.Run("signed out", func(t *testing.T) {
			page := w.post(base+"/reply", text, header("Referer", w.url+at(w.Open, topic))).wants(t, http.StatusForbidden).says(t, dearly)
			page.says(t, "/sign-in?return=").says(t, "Sign in to do this.")
			if strings.Contains(page.body, "carried-key") || strings.Contains(page.body, "carried-revision") {
				t.Error("what nobody typed is given back")
			}
		})
		t.Run("behind a door that closed", func(t *testing.T) {
			locked := w.Space("Masterclass", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: w.Patron.ID}}}})
			w.post(root(locked, w.Topic(locked, "Inside"))+"/reply", text, w.as(w.Newcomer)).wants(t, http.StatusForbidden).says(t, dearly)
		})
		t.Run("a topic that went", func(t *testing.T) {
			w.post("/s/"+w.Open.Slug+"/t/"+w.Store.NewID().String()+"/reply", text, w.as(w.Newcomer)).wants(t, http.StatusNotFound).says(t, dearly)
		})
		t.Run("from another site", func(t *testing.T) {
			forged := w.post(base+"/reply", text, w.as(w.Newcomer), header("Origin", "https://elsewhere.example"), header("Sec-Fetch-Site", "cross-site")).wants(t, http.StatusForbidden)
			if strings.Contains(forged.body, "Zq7x") {
				t.Error("our page shows what another site sent")
			}
		})
		t.Run("to a program", func(t *testing.T) {
			asked := w.post(base+"/reply", text, header("Accept", "application/json")).wants(t, http.StatusForbidden)
			if strings.Contains(asked.body, "Zq7x") {
				t.Error("a program is sent back what it sent")
			}
		})
	})
}

func TestTheTextOfTooMuchComesBack(t *testing.T) {
	w := build(t, clubtest.SQLite(t), nil)
	topic := w.Topic(w.Open, "Garden plans")
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for _, field := range [][2]string{{"key", "k1"}, {"title", "Beans"}, {"text", dear}} {
		if err := parts.WriteField(field[0], field[1]); err != nil {
			t.Fatal(err)
		}
	}
	file, err := parts.CreateFormFile("file", "film.mp4")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write(make([]byte, 17<<20)); err != nil {
		t.Fatal(err)
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, w.url+root(w.Open, topic)+"/reply", &body) // over no wire: one that is closed early would be a race
	for _, edit := range []func(*http.Request){w.as(w.Newcomer), header("Origin", w.url), header("Sec-Fetch-Site", "same-origin"), header("Content-Type", parts.FormDataContentType())} {
		edit(r)
	}
	rec := httptest.NewRecorder()
	w.site.Handler().ServeHTTP(rec, r)
	answer{rec.Result(), rec.Body.String()}.wants(t, http.StatusRequestEntityTooLarge).says(t, dearly).says(t, ">Beans</textarea>")

	long := strings.Repeat("ж", 90<<10) // more than the form may bring, and cut in the midst of a letter
	page := w.post("/preview", form("text", long), w.as(w.Newcomer)).wants(t, http.StatusRequestEntityTooLarge)
	if n := strings.Count(page.body, "ж"); n < 80<<10 {
		t.Errorf("%d letters of it came back", n)
	}
}

func TestWhoIsTooQuickLosesNothing(t *testing.T) {
	w := build(t, clubtest.SQLite(t), func(conf *handlers.Config) { conf.RateFactor = 0.01 })
	topic, newcomer := w.Topic(w.Open, "Garden plans"), w.as(w.Newcomer)
	for i := range 3 {
		page := w.post(root(w.Open, topic)+"/reply", form("text", dear, "key", fmt.Sprint("k", i)), newcomer)
		if page.StatusCode == http.StatusTooManyRequests {
			page.says(t, dearly).says(t, "That was a lot at once.")
			return
		}
	}
	t.Fatal("nothing was too quick")
}
