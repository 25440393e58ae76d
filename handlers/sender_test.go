package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"guildhall/handlers"
	"guildhall/models/clubtest"
)

// Trap 7: whose form was it? The library lets a request pass that says nothing of where it came
// from; with a cookie of ours it may not.
func TestWhoSentIt(t *testing.T) {
	done := func(c echo.Context) error { return c.String(http.StatusOK, "done") }
	apple := handlers.On(http.MethodPost, "/auth/trial/callback", func(_ *handlers.Site, c echo.Context) error { return done(c) },
		handlers.Anyone, handlers.NoScope, handlers.ProviderPost, handlers.SignIns, "sign-in")
	w := build(t, clubtest.SQLite(t), nil, row(http.MethodPost, "/do", done), row(http.MethodPut, "/do", done), row(http.MethodDelete, "/do", done), apple)
	ours, theirs := w.url, "https://evil.example"
	signed := w.as(w.Regular)
	for _, test := range []struct {
		origin, site string
		with         bool // our cookie
		may          bool
	}{
		{ours, "same-origin", true, true},
		{ours, "", true, true}, // a browser of before 2023
		{"", "same-origin", true, true},
		{"", "none", true, true}, // typed by the person themselves
		{"", "", true, false},
		{"", "", false, true}, // a program without a cookie
		{theirs, "cross-site", true, false},
		{theirs, "", true, false},
		{theirs, "", false, false},
		{theirs, "cross-site", false, false},
		{"null", "", true, false},
		{"null", "cross-site", true, false},
		{ours, "cross-site", true, true}, // behind a proxy that has another name: it is still our own page
		{"https://sub" + strings.TrimPrefix(ours, "http://"), "same-site", true, false},
		{strings.Replace(ours, "127.0.0.1", "localhost", 1), "same-site", true, false},
		{strings.TrimRight(ours, "0123456789") + "1", "same-site", true, false}, // another port
	} {
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete} {
			edit := []func(*http.Request){header("Origin", test.origin), header("Sec-Fetch-Site", test.site)}
			if test.with {
				edit = append(edit, signed)
			}
			a, want := w.ask(method, "/do", nil, edit...), http.StatusForbidden
			if test.may {
				want = http.StatusOK
			}
			if a.StatusCode != want || test.may != (a.body == "done") {
				t.Errorf("%s from %q, %q, cookie %v: %d, want %d", method, test.origin, test.site, test.with, a.StatusCode, want)
			}
		}
	}
	w.ask(http.MethodPost, "/auth/trial/callback", nil, header("Origin", "https://appleid.apple.com"), header("Sec-Fetch-Site", "cross-site")).wants(t, http.StatusOK)
}

// Trap 6: the websocket library takes a missing Origin for a good one.
func TestWhereASocketComesFrom(t *testing.T) {
	socket := handlers.On(http.MethodGet, "/line", func(_ *handlers.Site, c echo.Context) error { return c.String(http.StatusOK, "open") },
		handlers.Anyone, handlers.NoScope, handlers.Socket, handlers.Sockets, "live")
	w := build(t, clubtest.SQLite(t), nil, socket)
	for origin, want := range map[string]int{
		w.url: http.StatusOK, strings.Replace(w.url, "127.0.0.1", "localhost", 1): http.StatusOK, // with --dev: one's own machine by any name
		"": http.StatusForbidden, "null": http.StatusForbidden, "https://evil.example": http.StatusForbidden, w.url + ".evil.example": http.StatusForbidden,
	} {
		if got := w.get("/line", header("Origin", origin)); got.StatusCode != want {
			t.Errorf("from %q: %d, want %d", origin, got.StatusCode, want)
		}
	}
	twice := func(r *http.Request) { r.Header["Origin"] = []string{w.url, w.url} }
	w.get("/line", twice).wants(t, http.StatusForbidden)

	w = build(t, clubtest.SQLite(t), func(c *handlers.Config) { c.Dev = false }, socket)
	w.get("/line", header("Origin", w.url)).wants(t, http.StatusOK)
	w.get("/line", header("Origin", strings.Replace(w.url, "127.0.0.1", "localhost", 1))).wants(t, http.StatusForbidden)
}

// With --dev anybody is let in, so a name elsewhere that was made to point at this machine is not.
func TestDevAnswersToThisMachineAlone(t *testing.T) {
	w := build(t, clubtest.SQLite(t), nil)
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	for name, want := range map[string]int{
		"localhost:8080": http.StatusOK, "127.0.0.1": http.StatusOK, "[::1]:8080": http.StatusOK, "club.localhost": http.StatusOK,
		"evil.example": http.StatusMisdirectedRequest, "evil.example:80": http.StatusMisdirectedRequest, "localhost.evil.example": http.StatusMisdirectedRequest,
	} {
		if got := w.get("/healthz", host(name)); got.StatusCode != want {
			t.Errorf("%s: %d, want %d", name, got.StatusCode, want)
		}
	}
}

// Trap 1: where a request comes from is what the connection says, unless a proxy of ours says more.
func TestForwardedForIsBelievedFromProxiesAlone(t *testing.T) {
	from := row(http.MethodGet, "/from", func(c echo.Context) error { return c.String(http.StatusOK, c.RealIP()) })
	spoof := func(r *http.Request) {
		r.Header.Set("X-Forwarded-For", "198.51.100.9")
		r.Header.Set("X-Real-Ip", "198.51.100.9")
		r.Header.Set("Forwarded", "for=198.51.100.9")
	}
	w := build(t, clubtest.SQLite(t), nil, from)
	w.get("/from", spoof).says(t, "127.0.0.1")
	if line := w.log.lines(t, "answered"); len(line) != 1 || line[0]["from"] != "127.0.0.1" {
		t.Errorf("the log has %v", line)
	}
	w = build(t, clubtest.SQLite(t), func(c *handlers.Config) { c.Trusted = prefixes("127.0.0.0/8") }, from)
	w.get("/from", spoof).says(t, "198.51.100.9")
	w.get("/from", header("X-Real-Ip", "198.51.100.9")).says(t, "127.0.0.1")
}
