package handlers_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"guildhall/handlers"
	"guildhall/models/clubtest"
	"guildhall/static"
)

var fixed = map[string]string{
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Referrer-Policy":              "same-origin",
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
	"Origin-Agent-Cluster":         "?1",
}

var param = regexp.MustCompile(`:[a-z]+`)

var policyNonce = regexp.MustCompile(`'nonce-([A-Za-z0-9_-]{22})'`)

// Every answer of every row carries the headers, and whatever can go wrong does too.
func TestHeadersOnEverything(t *testing.T) {
	rows := []handlers.Route{
		row(http.MethodGet, "/panics", func(echo.Context) error { panic("on purpose") }),
		row(http.MethodGet, "/page", func(c echo.Context) error { return c.HTML(http.StatusOK, "<p>hello</p>") }),
	}
	w := build(t, clubtest.SQLite(t), nil, rows...)
	answers := []answer{
		w.get("/panics").wants(t, http.StatusInternalServerError),
		w.get("/page").wants(t, http.StatusOK),
		w.get("/never-was").wants(t, http.StatusNotFound),
		w.get("/page", w.as(w.Suspended)).wants(t, http.StatusForbidden),
		w.ask(http.MethodDelete, "/page", nil).wants(t, http.StatusMethodNotAllowed),
		w.ask(http.MethodOptions, "/page", nil).wants(t, http.StatusMethodNotAllowed),
		w.post("/sign-out", nil, header("Origin", "https://evil.example"), header("Sec-Fetch-Site", "cross-site")).wants(t, http.StatusForbidden),
		w.post("/sign-out", url.Values{"x": {strings.Repeat("x", 65<<10)}}).wants(t, http.StatusRequestEntityTooLarge),
		w.get("/never-was", header("Accept", "application/json")).wants(t, http.StatusNotFound),
		w.get(static.Path("css/app.css")).wants(t, http.StatusOK),
		w.get("/static/nothing").wants(t, http.StatusNotFound),
	}
	for _, r := range handlers.Routes() {
		path := param.ReplaceAllString(strings.ReplaceAll(r.Path, "*", "x"), w.Open.ID.String())
		answers = append(answers, w.ask(r.Method, path, nil))
		if r.Method == http.MethodGet {
			answers = append(answers, w.ask(http.MethodHead, path, nil))
		}
	}
	nonces := map[string]bool{}
	for _, a := range answers {
		at := a.Request.Method + " " + a.Request.URL.Path
		for name, want := range fixed {
			if name == "Referrer-Policy" && strings.HasPrefix(a.Request.URL.Path, "/feed/"+w.Open.ID.String()) {
				want = "no-referrer" // its address is a secret
			}
			if got := a.Header.Values(name); len(got) != 1 || got[0] != want {
				t.Errorf("%s: %s is %q", at, name, got)
			}
		}
		policy := a.Header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: the policy lacks %s: %q", at, want, policy)
			}
		}
		if strings.Contains(policy, "unsafe") || strings.Contains(policy, "data:") {
			t.Errorf("%s: the policy is weak: %q", at, policy)
		}
		if n := policyNonce.FindStringSubmatch(policy); n != nil {
			if nonces[n[1]] {
				t.Errorf("%s: a nonce came twice", at)
			}
			nonces[n[1]] = true
		}
		kept := a.Header.Get("Cache-Control")
		if strings.HasPrefix(a.Request.URL.Path, "/static/") && a.StatusCode == http.StatusOK {
			if kept != "public, max-age=31536000, immutable" {
				t.Errorf("%s: %q", at, kept)
			}
		} else if !strings.Contains(kept, "no-store") {
			t.Errorf("%s may be kept: %q", at, kept)
		}
		if a.Header.Get("X-Request-Id") == "" || a.Header.Get("Server") != "" {
			t.Errorf("%s: X-Request-Id %q, Server %q", at, a.Header.Get("X-Request-Id"), a.Header.Get("Server"))
		}
		if kind := a.Header.Get("Content-Type"); a.body != "" && !strings.Contains(strings.ToLower(kind), "charset=utf-8") && !strings.HasPrefix(kind, "application/json") && kind != "application/manifest+json" {
			t.Errorf("%s: %q has no charset", at, kind)
		}
	}
	if len(nonces) < 10 {
		t.Fatalf("only %d nonces were seen", len(nonces))
	}
}

// row makes one that does not look at the site.
func row(method, path string, handle func(echo.Context) error) handlers.Route {
	rule, rate := handlers.SameOrigin, handlers.Writes
	if method == http.MethodGet {
		rule, rate = handlers.Safe, handlers.Pages
	}
	return handlers.On(method, path, func(_ *handlers.Site, c echo.Context) error { return handle(c) }, handlers.Anyone, handlers.NoScope, rule, rate, "lost")
}

func TestHTTPSIsHeldTo(t *testing.T) {
	w := build(t, clubtest.SQLite(t), func(c *handlers.Config) { c.BaseURL, c.Dev = "https://club.example.org", false })
	if got := w.get("/healthz").Header.Get("Strict-Transport-Security"); got != "max-age=63072000; includeSubDomains" {
		t.Errorf("over https: %q", got)
	}
	w = build(t, clubtest.SQLite(t), nil)
	if got := w.get("/healthz").Header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("over http: %q", got)
	}
}

func TestFormsLeadToProvidersThatAreOn(t *testing.T) {
	w := build(t, clubtest.SQLite(t), func(c *handlers.Config) {
		c.GitHub = handlers.Key{ID: "a", Secret: "b"}
		c.OIDC = handlers.Issuer{Name: "Ours", Issuer: "https://id.example.org/x", ID: "a", Secret: "b"}
	})
	policy := w.get("/healthz").Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "form-action 'self' https://github.com https://id.example.org;") {
		t.Errorf("the policy is %q", policy)
	}
}

// Pages hold secrets beside what strangers typed: their packed size would tell of both.
func TestOnlyAssetsArePacked(t *testing.T) {
	page := row(http.MethodGet, "/page", func(c echo.Context) error {
		return c.HTML(http.StatusOK, strings.Repeat("<p>hello</p>", 1000))
	})
	w := build(t, clubtest.SQLite(t), nil, page)
	packs := header("Accept-Encoding", "gzip")
	for path, want := range map[string]string{"/page": "", "/never-was": "", "/healthz": "", static.Path("css/app.css"): "gzip"} {
		if got := w.get(path, packs).Header.Get("Content-Encoding"); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

// Nothing is registered but by the table.
func TestEveryRouteIsDeclared(t *testing.T) {
	w := build(t, clubtest.SQLite(t), nil)
	declared := map[string]bool{}
	for _, r := range handlers.Routes() {
		declared[r.Method+" "+r.Path] = true
		if r.Method == http.MethodGet {
			declared[http.MethodHead+" "+r.Path] = true
		}
	}
	hung := w.site.Hung()
	for _, at := range hung {
		if !declared[at] {
			t.Errorf("%s is served and not declared", at)
		}
	}
	for at := range declared {
		if !slices.Contains(hung, at) {
			t.Errorf("%s is declared and not served", at)
		}
	}
	w = build(t, clubtest.SQLite(t), func(c *handlers.Config) { c.Dev = false })
	for _, at := range w.site.Hung() {
		if strings.HasSuffix(at, "/dev") {
			t.Errorf("%s is served without --dev", at)
		}
	}
	w.post("/sign-in/dev", url.Values{"handle": {"olive"}}).wants(t, http.StatusNotFound)
}
