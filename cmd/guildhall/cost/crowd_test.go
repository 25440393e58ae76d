package cost_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// abreast is how many requests are under way at a time.
const abreast = 32

// together calls ask with 0 to n-1, each once, thirty-two at a time.
func together(n int, ask func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range abreast {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				ask(i)
			}
		})
	}
	all.Wait()
}

// crowd are members who are signed in, at one address.
type crowd struct {
	b       testing.TB
	base    string
	cookies []string
	client  http.Client
}

// arrive signs members in by one click, each in a session of their own.
func arrive(b testing.TB, base string, handles []string) *crowd {
	b.Helper()
	c := &crowd{b: b, base: base, client: http.Client{
		Transport:     &http.Transport{MaxIdleConnsPerHost: abreast, DisableCompression: true},
		Timeout:       time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	b.Cleanup(c.client.CloseIdleConnections)
	for _, h := range handles {
		r, err := c.send("", http.MethodPost, "/sign-in/dev", url.Values{"handle": {h}})
		answered(b, h, r, err, http.StatusSeeOther)
		for _, cookie := range r.Cookies() {
			c.cookies = append(c.cookies, cookie.Name+"="+cookie.Value)
		}
	}
	if len(c.cookies) != len(handles) {
		b.Fatalf("%d of %d are signed in", len(c.cookies), len(handles))
	}
	return c
}

// one is the asker of a request.
type one struct {
	*crowd
	cookie string
}

func (c *crowd) as(i int) one {
	if len(c.cookies) == 0 {
		return one{c, ""}
	}
	return one{c, c.cookies[i%len(c.cookies)]}
}

// get asks for a page and reads it away; it returns how many bytes it has.
func (c *crowd) get(path string) int64 { return c.as(0).get(path) }

func (o one) get(path string) int64 {
	r, err := o.send(o.cookie, http.MethodGet, path, nil)
	answered(o.b, path, r, err, http.StatusOK)
	return r.ContentLength
}

func (o one) post(path string, form url.Values) {
	r, err := o.send(o.cookie, http.MethodPost, path, form)
	answered(o.b, path, r, err, http.StatusSeeOther)
}

// send asks as a page of the site would. The answer's ContentLength is what came.
func (c *crowd) send(cookie, method, path string, form url.Values) (*http.Response, error) {
	r, err := http.NewRequestWithContext(c.b.Context(), method, c.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Origin", c.base)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if cookie != "" {
		r.Header.Set("Cookie", cookie)
	}
	answer, err := c.client.Do(r)
	if err != nil {
		return nil, err
	}
	answer.ContentLength, err = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close() // it was read
	return answer, err
}
