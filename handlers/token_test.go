package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"guildhall/handlers"
	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/store"
)

// token makes a token of somebody's: with every scope where none is named, for a space unless it is 0.
func (w *town) token(v access.Viewer, space id.ID, scopes ...member.Scope) (member.Token, string) {
	w.t.Helper()
	if scopes == nil {
		scopes = member.Scopes
	}
	made, secret, err := w.Members.IssueToken(w.t.Context(), w.Again(v), member.TokenDraft{Name: "A program", Scopes: scopes, Space: space, Days: 30})
	clubtest.OK(w.t, err)
	return made, secret
}

func bearing(secret string) func(*http.Request) { return header("Authorization", "Bearer "+secret) }

// with is bearing a token that somebody makes for this.
func (w *town) with(v access.Viewer, space id.ID, scopes ...member.Scope) func(*http.Request) {
	w.t.Helper()
	_, secret := w.token(v, space, scopes...)
	return bearing(secret)
}

// A token opens the API and nothing else: neither pages nor forms, whatever cookies come with it.
func TestATokenOpensNoPage(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		token, signed := w.with(w.Owner, 0), w.as(w.Owner)
		fill := strings.NewReplacer(":space", w.Open.Slug, ":handle", "rita", ":topic", w.Store.NewID().String(), ":slug", "x", "*", "css/app.css")
		asked := 0
		for _, r := range handlers.Routes() {
			path := fill.Replace(r.Path)
			if r.Scope != handlers.NoScope || strings.Contains(path, ":") || r.CSRF == handlers.Socket {
				continue
			}
			for _, edit := range [][]func(*http.Request){{token}, {token, signed}} {
				var a answer
				if r.Method == http.MethodGet {
					a = w.get(path, edit...)
				} else {
					a = w.post(path, url.Values{}, edit...)
				}
				a.wants(t, http.StatusForbidden).says(t, `"text":"Tokens open /api/v1 alone.`)
				if a.Header.Get("Content-Type") != "application/json" || a.Header.Get("Set-Cookie") != "" {
					t.Errorf("%s %s: %v", r.Method, path, a.Header)
				}
			}
			asked++
		}
		if asked < 50 {
			t.Fatalf("%d routes prove little", asked)
		}
		w.get("/live", token, header("Origin", w.url)).wants(t, http.StatusForbidden)
		w.get("/nowhere", token).wants(t, http.StatusNotFound)
		w.get("/api/v1/nowhere", token).wants(t, http.StatusNotFound).says(t, `"code":"missing"`)
		w.post("/api/v1/me", nil, token).wants(t, http.StatusMethodNotAllowed)
		w.get("/settings", signed).wants(t, http.StatusOK)
	})
}

// Cookies open nothing of the API, and what is no token is told so in one way.
func TestOnlyTokensOpenTheAPI(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		_, works := w.token(w.Regular, 0)
		revoked, was := w.token(w.Regular, 0)
		clubtest.OK(t, w.Members.RevokeToken(t.Context(), w.Regular, revoked.ID))
		_, ends := w.token(w.Regular, 0)
		gone := w.Join("gone")
		_, left := w.token(gone, 0)
		w.Write(func(tx *store.Tx) error {
			if err := tx.Exec("update tokens set expires_at = ? where hash = ?", tx.Now.Add(time.Second), member.Hash(ends)).Error; err != nil {
				return err
			}
			return tx.Exec("update members set left_at = ? where id = ?", tx.Now, gone.ID).Error
		})
		w.get("/api/v1/me", bearing(ends)).wants(t, http.StatusOK)
		w.Clock.Turn(time.Second)

		for _, edit := range []func(*http.Request){func(*http.Request) {}, w.as(w.Regular), header("Authorization", "Basic "+works), header("Authorization", works)} {
			a := w.get("/api/v1/me", edit).wants(t, http.StatusUnauthorized).says(t, `"code":"token"`)
			if got := a.Header.Get("WWW-Authenticate"); got != `Bearer realm="api"` || a.Header.Get("Set-Cookie") != "" {
				t.Errorf("told %q", got)
			}
		}
		same := w.get("/api/v1/me", bearing("gh_"+member.Secret())).wants(t, http.StatusUnauthorized)
		for name, edit := range map[string]func(*http.Request){
			"revoked": bearing(was), "expired": bearing(ends), "left": bearing(left), "empty": bearing(""), "a session": bearing(w.secretOf(w.Regular)),
			"two": func(r *http.Request) { r.Header["Authorization"] = []string{"Bearer " + works, "Bearer " + works} },
		} {
			a := w.get("/api/v1/me", edit, w.as(w.Regular)).wants(t, http.StatusUnauthorized)
			if a.body != same.body || a.Header.Get("WWW-Authenticate") != `Bearer realm="api", error="invalid_token"` {
				t.Errorf("%s can be told apart: %s %v", name, a.body, a.Header)
			}
		}
		w.get("/api/v1/me", header("Authorization", "bearer  "+works)).wants(t, http.StatusOK).says(t, `"handle":"rita"`)
		w.get("/api/v1/me", bearing(works), w.as(w.Owner)).wants(t, http.StatusOK).says(t, `"handle":"rita"`) // the cookie is nobody's here
	})
}

// A token without the scope is told which one, for every operation; with that one alone it is let in.
func TestScopes(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for _, path := range operations(w, w.Open.Slug, w.Topic(w.Open, "Garden plans").ID) {
			for _, scope := range member.Scopes {
				var others []member.Scope
				for _, s := range member.Scopes {
					if s != scope {
						others = append(others, s)
					}
				}
				made, secret := w.token(w.Regular, 0, others...)
				if a := w.get(path.at, bearing(secret)); path.scope == scope {
					a.wants(t, http.StatusForbidden).says(t, `"code":"scope"`).says(t, string(scope))
					if got := a.Header.Get("WWW-Authenticate"); !strings.Contains(got, `scope="`+string(scope)+`"`) {
						t.Errorf("told %q", got)
					}
				} else {
					a.wants(t, http.StatusOK)
				}
				clubtest.OK(t, w.Members.RevokeToken(t.Context(), w.Regular, made.ID))
			}
			made, secret := w.token(w.Regular, 0, path.scope)
			w.get(path.at, bearing(secret)).wants(t, http.StatusOK)
			clubtest.OK(t, w.Members.RevokeToken(t.Context(), w.Regular, made.ID))
		}
	})
}

// A token has limits of its own, by the minute, whichever address it comes from.
func TestATokenHasItsPace(t *testing.T) {
	club := clubtest.SQLite(t)
	clock := &clubtest.Clock{}
	clock.Set(time.Now())
	w := build(t, club, func(c *handlers.Config) { c.RateFactor, c.Clock = 1, clock.Now })
	one, other := w.with(w.Regular, 0), w.with(w.Regular, 0)
	for range 60 {
		w.get("/api/v1/me", one).wants(t, http.StatusOK)
	}
	a := w.get("/api/v1/me", one).wants(t, http.StatusTooManyRequests).says(t, `"code":"too_soon"`)
	if got := a.Header.Get("Retry-After"); got != "1" {
		t.Errorf("Retry-After: %q", got)
	}
	w.get("/api/v1/me", other).wants(t, http.StatusOK)
	clock.Turn(time.Second)
	w.get("/api/v1/me", one).wants(t, http.StatusOK)
	w.get("/api/v1/me", one).wants(t, http.StatusTooManyRequests)
}

// Who guesses at tokens is held by their address.
func TestGuessingHasItsPace(t *testing.T) {
	clock := &clubtest.Clock{}
	clock.Set(time.Now())
	w := build(t, clubtest.SQLite(t), func(c *handlers.Config) { c.RateFactor, c.Clock = 1, clock.Now })
	status := map[int]int{}
	for range 320 {
		status[w.get("/api/v1/me", bearing("gh_"+member.Secret())).StatusCode]++
	}
	if status[http.StatusUnauthorized] != 300 || status[http.StatusTooManyRequests] != 20 {
		t.Errorf("answers by status: %v", status)
	}
}

// That a token is used is noted beside the request: even while somebody else holds the database.
func TestUseIsNotedAside(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		made, secret := w.token(w.Regular, 0)
		last := func() *time.Time {
			return clubtest.Must(w.Members.Tokens(t.Context(), w.Regular))(t)[0].LastUsedAt
		}
		if last() != nil {
			t.Fatal("used before it was")
		}
		w.Write(func(tx *store.Tx) error {
			if err := tx.Exec("update tokens set name = 'Held' where id = ?", made.ID).Error; err != nil {
				return err
			}
			var all sync.WaitGroup
			for range 8 {
				all.Go(func() { w.get("/api/v1/me", bearing(secret)).wants(t, http.StatusOK) })
			}
			all.Wait() // none of them waits for this transaction
			return nil
		})
		w.Members.Rest()
		if at := last(); at == nil || !at.Equal(w.Clock.Now()) {
			t.Errorf("noted at %v", at)
		}
	})
}

// The log says which token asked, and never what it is.
func TestTheLogKnowsTheTokenByItsId(t *testing.T) {
	w := build(t, clubtest.SQLite(t), nil)
	made, secret := w.token(w.Regular, 0)
	w.get("/api/v1/me", bearing(secret)).wants(t, http.StatusOK)
	line := w.log.lines(t, "answered")[0]
	if line["token"] != made.ID.String() || line["member"] != w.Regular.ID.String() || line["route"] != "/api/v1/me" {
		t.Errorf("the line is %v", line)
	}
	w.log.mu.Lock()
	defer w.log.mu.Unlock()
	if strings.Contains(w.log.buf.String(), secret[3:]) {
		t.Error("the token stands in the log")
	}
}
