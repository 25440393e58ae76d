package leaks_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// eye is one viewer as the program meets them: a browser with its cookies, or a program with a
// token.
type eye struct {
	name   string
	base   string
	jar    map[string]string
	bearer string
	http   *http.Client
}

// answer is everything that came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// bytes is all of it, as a canary is looked for.
func (a answer) bytes() []byte {
	var b bytes.Buffer
	_ = a.header.Write(&b) // to memory
	b.Write(a.body)
	return b.Bytes()
}

// ask is a request as it is varied.
type ask struct {
	method, path string
	form         url.Values
	raw          string // instead of a form
	header       map[string]string
}

func newEye(t testing.TB, name, base string) *eye {
	transport := &http.Transport{MaxIdleConnsPerHost: 4, DisableCompression: true}
	t.Cleanup(transport.CloseIdleConnections)
	return &eye{name: name, base: base, jar: map[string]string{}, http: &http.Client{
		Transport: transport, Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// at is the same viewer at another instance.
func (e *eye) at(base string) *eye {
	other := *e
	other.base = base
	return &other
}

// try sends a request as a page of ours, or a program, would.
func (e *eye) try(q ask) (a answer, err error) {
	var body io.Reader
	if q.form != nil {
		body = strings.NewReader(q.form.Encode())
	} else if q.raw != "" {
		body = strings.NewReader(q.raw)
	}
	r, err := http.NewRequest(q.method, e.base+q.path, body)
	if err != nil {
		return a, err
	}
	if q.form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if q.method != http.MethodGet && q.method != http.MethodHead {
		r.Header.Set("Origin", e.base)
	}
	for name, value := range q.header {
		r.Header.Set(name, value)
	}
	if e.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+e.bearer)
	}
	for name, value := range e.jar {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	got, err := e.http.Do(r)
	if err != nil {
		return a, err
	}
	a = answer{status: got.StatusCode, header: got.Header}
	a.body, err = io.ReadAll(got.Body)
	return a, errors.Join(err, got.Body.Close())
}

// ask is try where an answer must come; the cookies that come with it are kept.
func (e *eye) ask(t testing.TB, q ask) answer {
	t.Helper()
	a, err := e.try(q)
	if err != nil {
		t.Fatalf("%s: %s %s: %v", e.name, q.method, q.path, err)
	}
	for _, c := range (&http.Response{Header: a.header}).Cookies() {
		if c.MaxAge < 0 {
			delete(e.jar, c.Name)
		} else if c.Name != "said" {
			e.jar[c.Name] = c.Value
		}
	}
	return a
}

func (e *eye) get(t testing.TB, path string) answer {
	t.Helper()
	return e.ask(t, ask{method: http.MethodGet, path: path})
}

// post sends a form that must be taken, and returns where it leads.
func (e *eye) post(t testing.TB, path string, pairs ...string) string {
	t.Helper()
	a := e.ask(t, ask{method: http.MethodPost, path: path, form: form(pairs...)})
	if a.status != http.StatusSeeOther {
		t.Fatalf("%s posts to %s: %d\n%s", e.name, path, a.status, a.body)
	}
	return a.header.Get("Location")
}

func form(pairs ...string) url.Values {
	f := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return f
}

func (a answer) String() string { return fmt.Sprintf("%d\n%s", a.status, a.body) }
