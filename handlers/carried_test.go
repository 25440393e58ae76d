package handlers_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
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

// partly is a request with a form that has a field for files, as it comes from a page of the club.
func (w *town) partly(path string, body io.Reader, edits ...func(*http.Request)) (r *http.Request) {
	r = httptest.NewRequest(http.MethodPost, w.url+path, body)
	edits = append(edits, header("Origin", w.url), header("Sec-Fetch-Site", "same-origin"), header("Content-Type", "multipart/form-data; boundary=between"))
	for _, edit := range edits {
		edit(r)
	}
	return r
}

const textField = "--between\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n"

// To be refused costs less than to be heard: of what a stranger sends, no more than a post comes back.
func TestStrangersAreNotReadAtLength(t *testing.T) {
	w := build(t, clubtest.SQLite(t), func(conf *handlers.Config) { conf.RateFactor = 0.1 })
	reply := root(w.Open, w.Topic(w.Open, "Garden plans")) + "/reply"
	const longest = 70 << 10
	seen := map[int]bool{}
	for range 5 {
		rec := httptest.NewRecorder()
		body := strings.NewReader(textField + strings.Repeat("ж", 10_000) + strings.Repeat("~", 1<<20) + "\r\n--between--\r\n")
		w.site.Handler().ServeHTTP(rec, w.partly(reply, body))
		seen[rec.Code] = true
		if n := strings.Count(rec.Body.String(), "ж"); n != 10_000 {
			t.Errorf("%d: %d letters of a post come back", rec.Code, n)
		}
		if rec.Body.Len() > 20_000+longest {
			t.Errorf("%d: %d bytes come back", rec.Code, rec.Body.Len())
		}
		if read := body.Size() - int64(body.Len()); read > 200<<10 {
			t.Errorf("%d: %d bytes were read", rec.Code, read)
		}
	}
	if !seen[http.StatusForbidden] || !seen[http.StatusTooManyRequests] {
		t.Errorf("the answers were %v", seen)
	}
}

// Few forms are read at a time only to be given back: the next is refused without.
func TestFewFormsAreReadToBeGivenBack(t *testing.T) {
	w := build(t, clubtest.SQLite(t), nil)
	reply := root(w.Open, w.Topic(w.Open, "Garden plans")) + "/reply"
	var slow []*io.PipeWriter
	var all sync.WaitGroup
	for range 3 {
		from, to := io.Pipe()
		slow = append(slow, to)
		all.Go(func() { w.site.Handler().ServeHTTP(httptest.NewRecorder(), w.partly(reply, from)) })
		if _, err := io.WriteString(to, textField+dear); err != nil { // returns once it is being read
			t.Fatal(err)
		}
	}
	text := form("text", dear)
	if page := w.post(reply, text).wants(t, http.StatusForbidden); strings.Contains(page.body, "Zq7x") {
		t.Error("a fourth is read beside three")
	}
	w.post("/s/"+w.Open.Slug+"/t/"+w.Store.NewID().String()+"/reply", text, w.as(w.Newcomer)).wants(t, http.StatusNotFound).says(t, dearly)
	for _, to := range slow {
		if err := to.Close(); err != nil {
			t.Error(err)
		}
	}
	all.Wait()
	w.post(reply, text).wants(t, http.StatusForbidden).says(t, dearly)
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
