package handlers_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"guildhall/handlers"
	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/member"
)

// town is a club behind its whole web side, on a real connection.
type town struct {
	*clubtest.Club
	t    *testing.T
	site *handlers.Site
	url  string
	log  *ear
}

// ear is a log that a test reads while it is written.
type ear struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (e *ear) Write(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.buf.Write(p)
}

// lines are those said about message.
func (e *ear) lines(t *testing.T, message string) (all []map[string]any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for line := range strings.Lines(e.buf.String()) {
		var said map[string]any
		if err := json.Unmarshal([]byte(line), &said); err != nil {
			t.Fatalf("a line of the log is no JSON: %q", line)
		}
		if said["msg"] == message {
			all = append(all, said)
		}
	}
	return all
}

// build puts a club on the web, with --dev, limits that no test meets by chance, and rows of the
// test's own beside the table.
func build(t *testing.T, club *clubtest.Club, change func(*handlers.Config), rows ...handlers.Route) *town {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	base := "http://" + server.Listener.Addr().String()
	w := &town{Club: club, t: t, url: base, log: &ear{}}
	conf := handlers.Config{BaseURL: base, Dev: true, RateFactor: 1000, Log: handlers.NewLog(w.log, 0)}
	if change != nil {
		change(&conf)
	}
	site, err := handlers.NewWith(club.Club, conf, rows...)
	if err != nil {
		t.Fatal(err)
	}
	w.site, server.Config.Handler = site, site.Handler()
	server.Start()
	t.Cleanup(server.Close)
	return w
}

// each is build on every kind of database.
func each(t *testing.T, fn func(t *testing.T, w *town), rows ...handlers.Route) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) { fn(t, build(t, club, nil, rows...)) })
}

// answer is what came back, with its body read.
type answer struct {
	*http.Response
	body string
}

// ask sends a request; edit may change it first. It follows nothing, packs nothing, keeps nothing.
func (w *town) ask(method, path string, body io.Reader, edit ...func(*http.Request)) answer {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.url+path, body)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, e := range edit {
		e(r)
	}
	res, err := plainly.RoundTrip(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return answer{res, string(text)}
}

var plainly = &http.Transport{DisableCompression: true}

func (w *town) get(path string, edit ...func(*http.Request)) answer {
	w.t.Helper()
	return w.ask(http.MethodGet, path, nil, edit...)
}

// post sends a form as a page of ours would.
func (w *town) post(path string, form url.Values, edit ...func(*http.Request)) answer {
	w.t.Helper()
	edit = append([]func(*http.Request){typedForm, header("Origin", w.url), header("Sec-Fetch-Site", "same-origin")}, edit...)
	return w.ask(http.MethodPost, path, strings.NewReader(form.Encode()), edit...)
}

func typedForm(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") }

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) {
		if value == "" {
			r.Header.Del(name)
		} else {
			r.Header.Set(name, value)
		}
	}
}

// as signs the request of a member.
func (w *town) as(v access.Viewer) func(*http.Request) {
	w.t.Helper()
	return cookie(w.secretOf(v))
}

func (w *town) secretOf(v access.Viewer) string {
	w.t.Helper()
	m := clubtest.Must(w.Members.Get(w.t.Context(), v.ID))(w.t)
	return clubtest.Must(w.Members.SignInDev(w.t.Context(), m.Handle, member.From{}))(w.t)
}

const cookieName = "__Host-guildhall"

func cookie(secret string) func(*http.Request) {
	return func(r *http.Request) { r.AddCookie(&http.Cookie{Name: cookieName, Value: secret}) }
}

// wants fails the test unless the answer has that status.
func (a answer) wants(t *testing.T, status int) answer {
	t.Helper()
	if a.StatusCode != status {
		t.Fatalf("%s %s: %s, want %d\n%s", a.Request.Method, a.Request.URL.Path, a.Status, status, a.body)
	}
	return a
}

// says fails the test unless the answer has words in it.
func (a answer) says(t *testing.T, words string) answer {
	t.Helper()
	if !strings.Contains(a.body, words) {
		t.Fatalf("%s %s does not say %q:\n%s", a.Request.Method, a.Request.URL.Path, words, a.body)
	}
	return a
}
