package main

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// person is a member at a browser of their own.
type person struct {
	handle string
	base   string
	cookie string
	http   http.Client
}

// comes signs a member in by one click.
func (p *program) comes(handle string) *person {
	p.t.Helper()
	who := &person{handle: handle, base: p.URL, http: http.Client{
		Transport: &http.Transport{}, Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	p.t.Cleanup(who.http.CloseIdleConnections)
	answer, err := who.post("/sign-in/dev", url.Values{"handle": {handle}})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, c := range answer.Cookies() {
		who.cookie = c.Name + "=" + c.Value // its Secure would keep a jar from sending it to plain http
	}
	if answer.StatusCode != http.StatusSeeOther || who.cookie == "" {
		p.t.Fatalf("%s is answered %s", handle, answer.Status)
	}
	return who
}

// post sends a form as a page of ours would, and reads the answer away.
func (w *person) post(path string, form url.Values) (*http.Response, error) {
	r, err := http.NewRequest(http.MethodPost, w.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header = w.header()
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := w.http.Do(r)
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	return answer, errors.Join(err, answer.Body.Close())
}

// get reads a page.
func (w *person) get(t *testing.T, path string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header = w.header()
	answer, err := w.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(page)
}

func (w *person) header() http.Header {
	h := http.Header{"Origin": {w.base}}
	if w.cookie != "" {
		h.Set("Cookie", w.cookie)
	}
	return h
}
