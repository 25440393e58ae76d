// Package elsewhere stands in, in tests, for the providers whose accounts open a club: each speaks
// its own endpoints and checks what it is sent as strictly as the real one, or more so.
package elsewhere

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// Person is whose account it is.
type Person struct {
	Subject string // as the provider counts its accounts
	Name    string
	Login   string // GitHub's and Discord's
	Address string // empty: the provider gives none
}

// World is all providers at once.
type World struct {
	Person Person
	People []Person                  // if there are any, its page asks a browser which of them it is
	Deny   string                    // the error that a provider comes back with instead of a code
	Claims func(said map[string]any) // spoils the ID token that is given next
	Alg    string                    // "none", "HS256" or "stranger": signs the ID token wrongly
	Clock  func() time.Time          // of the tokens
	Down   bool                      // nobody answers
	Mute   string                    // "host/": what that host would say of accounts does not arrive
	Issued int                       // how many codes were exchanged for tokens

	Base     string // of the club: the const Base, unless Live said another
	AppleKey string // PEM: what the club signs its secret for Apple with

	t        *testing.T
	sites    []*site
	live     string // the issuer's address for real browsers
	server   *httptest.Server
	apple    *ecdsa.PrivateKey
	signs    *rsa.PrivateKey
	stranger *rsa.PrivateKey
	mu       sync.Mutex
	codes    map[string]grant
	tokens   map[string]Person
}

// grant is what a code stands for.
type grant struct {
	site             *site
	redirect, client string
	challenge, nonce string
	person           Person
}

// Base is the club's address, as providers have it on their lists.
const Base = "https://club.example"

// ID and Secret are what the club is known by at each provider.
func ID(key string) string     { return "club-at-" + key }
func Secret(key string) string { return "secret-of-" + key }

// IssuerAddress is the issuer's.
const IssuerAddress = "https://id.example.org/realms/club"

// Open starts the providers, which end with the test.
func Open(t *testing.T) *World {
	t.Helper()
	w := &World{t: t, Base: Base, sites: sites, Clock: time.Now, codes: map[string]grant{}, tokens: map[string]Person{}}
	w.Person = Person{Subject: "10842", Name: "Hana Sato", Login: "hana", Address: "hana@example.org"}
	var err error
	for _, into := range []**rsa.PrivateKey{&w.signs, &w.stranger} {
		if *into, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			t.Fatal(err)
		}
	}
	if w.apple, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	w.AppleKey = pemOf(t, w.apple)
	w.server = httptest.NewServer(http.HandlerFunc(w.serve))
	t.Cleanup(w.server.Close)
	return w
}

// Live makes the issuer one that a real browser can go to, for a club at base, and returns its
// address, which is of another site than a club's at localhost. There it signs in whoever Person is
// at that moment, or whom the browser chooses.
func (w *World) Live(base string) (issuer string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	host := strings.TrimPrefix(w.server.URL, "http://")
	w.Base, issuer = base, "http://"+host
	w.sites = append(w.sites, &site{
		key: "oidc", authorize: host + "/authorize", token: host + "/token", scope: "openid profile email", challenge: true, idToken: true, issuer: issuer, basic: true,
	})
	w.live = issuer
	return issuer
}

// RoundTrip brings a request for a provider to its stand-in. There is no other net in a test.
func (w *World) RoundTrip(r *http.Request) (*http.Response, error) {
	if w.Down || r.Method == http.MethodGet && r.URL.Host+"/" == w.Mute {
		return nil, fmt.Errorf("no route to %s", r.URL.Host)
	}
	r = r.Clone(r.Context())
	r.Host, r.URL.Scheme, r.URL.Host = r.URL.Host, "http", strings.TrimPrefix(w.server.URL, "http://")
	return http.DefaultTransport.RoundTrip(r)
}

// Step is what the browser does next: go to an address of the club's, or post a form there.
type Step struct {
	Method string
	URL    *url.URL
	Form   url.Values // of a POST
}

var (
	formAction = regexp.MustCompile(`action="([^"]+)"`)
	formField  = regexp.MustCompile(`name="([^"]+)" value='([^']*)'`)
)

// Consent goes to a provider's page as a browser would, says yes (or what Deny says), and returns
// where that leads.
func (w *World) Consent(address string) Step {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	answer, err := w.RoundTrip(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	step := Step{Method: http.MethodGet, Form: url.Values{}}
	to := answer.Header.Get("Location")
	if m := formAction.FindSubmatch(page); answer.StatusCode == http.StatusOK && m != nil {
		step.Method, to = http.MethodPost, string(m[1])
		for _, field := range formField.FindAllSubmatch(page, -1) {
			step.Form.Set(string(field[1]), string(field[2]))
		}
	} else if answer.StatusCode != http.StatusFound {
		w.t.Fatalf("the provider answered %s: %s", answer.Status, page)
	}
	if step.URL, err = url.Parse(to); err != nil {
		w.t.Fatal(err)
	}
	return step
}

// Sent are the parameters of a step, wherever they stand.
func (s Step) Sent() url.Values {
	if s.Method == http.MethodPost {
		return s.Form
	}
	return s.URL.Query()
}
