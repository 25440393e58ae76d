package handlers_test

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guildhall/handlers"
	"guildhall/handlers/jobs"
	"guildhall/handlers/signin/elsewhere"
	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/clubtest/postbox"
	"guildhall/models/mailer"
)

// port is a club at its public address, with every provider and a mail server.
type port struct {
	*town
	world *elsewhere.World
	box   *postbox.Box
	desk  *jobs.Desk
}

func openPort(t *testing.T, club *clubtest.Club) *port {
	t.Helper()
	p := &port{world: elsewhere.Open(t), box: postbox.Open(t)}
	p.town = build(t, club, func(c *handlers.Config) {
		c.BaseURL, c.Dev, c.Elsewhere = elsewhere.Base, false, p.world
		c.SMTP, c.MailFrom = handlers.Secret(p.box.URL()), "Northlight <club@example.org>"
		for key, into := range map[string]*handlers.Key{"google": &c.Google, "github": &c.GitHub, "discord": &c.Discord, "facebook": &c.Facebook, "microsoft": &c.Microsoft} {
			*into = handlers.Key{ID: elsewhere.ID(key), Secret: handlers.Secret(elsewhere.Secret(key))}
		}
		c.Apple = handlers.AppleKey{ID: elsewhere.ID("apple"), Team: "TEAM", KeyID: "KEY", Key: handlers.Secret(p.world.AppleKey)}
		c.OIDC = handlers.Issuer{Name: "Example", Issuer: elsewhere.IssuerAddress, ID: elsewhere.ID("oidc"), Secret: handlers.Secret(elsewhere.Secret("oidc"))}
	}, who("/who", handlers.Anyone))
	mail := clubtest.Must(mailer.Open(p.box.URL(), "Northlight <club@example.org>"))(t)
	p.desk = clubtest.Must(jobs.New(club.Club, mail, elsewhere.Base, handlers.NewLog(io.Discard, 0)))(t)
	return p
}

// ports is openPort on every kind of database.
func ports(t *testing.T, fn func(t *testing.T, p *port)) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) { fn(t, openPort(t, club)) })
}

// browser keeps cookies as one does: by name, and away from other sites' forms unless they may go.
type browser struct {
	*port
	jar map[string]*http.Cookie
}

func (p *port) browser() *browser { return &browser{p, map[string]*http.Cookie{}} }

// signedIn is a browser of a member.
func (p *port) signedIn(v access.Viewer) *browser {
	b := p.browser()
	b.jar[cookieName] = &http.Cookie{Name: cookieName, Value: p.secretOf(v), SameSite: http.SameSiteLaxMode}
	return b
}

func (b *browser) carry(foreign bool) func(*http.Request) {
	return func(r *http.Request) {
		for _, c := range b.jar {
			if !foreign || c.SameSite == http.SameSiteNoneMode {
				r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
			}
		}
	}
}

func (b *browser) keep(a answer) answer {
	b.t.Helper()
	for _, c := range a.Cookies() {
		if !strings.HasPrefix(c.Name, "__Host-") && c.Name != "said" || strings.HasPrefix(c.Name, "__Host-") && (!c.Secure || c.Path != "/" || c.Domain != "" || !c.HttpOnly) {
			b.t.Errorf("a browser would not keep %s", c)
		}
		if c.MaxAge < 0 {
			delete(b.jar, c.Name)
		} else {
			b.jar[c.Name] = c
		}
	}
	return a
}

func (b *browser) look(path string) answer { b.t.Helper(); return b.keep(b.get(path, b.carry(false))) }

func (b *browser) send(path string, form url.Values) answer {
	b.t.Helper()
	return b.keep(b.post(path, form, header("Origin", elsewhere.Base), b.carry(false)))
}

// json sends what a script of ours would.
func (b *browser) json(path, body string) answer {
	b.t.Helper()
	return b.keep(b.ask(http.MethodPost, path, strings.NewReader(body), header("Origin", elsewhere.Base), header("Sec-Fetch-Site", "same-origin"),
		header("Content-Type", "application/json"), header("Accept", "application/json"), b.carry(false)))
}

// follow takes a step that a provider leads to.
func (b *browser) follow(s elsewhere.Step) answer {
	b.t.Helper()
	if s.Method == http.MethodGet {
		return b.keep(b.get(s.URL.RequestURI(), header("Sec-Fetch-Site", "cross-site"), b.carry(false)))
	}
	return b.keep(b.ask(http.MethodPost, s.URL.Path, strings.NewReader(s.Form.Encode()), typedForm,
		header("Origin", "https://"+"appleid.apple.com"), header("Sec-Fetch-Site", "cross-site"), b.carry(true)))
}

// depart presses a provider's button and returns what its page leads to.
func (b *browser) depart(key, back string) elsewhere.Step {
	b.t.Helper()
	return b.world.Consent(leads(b.t, b.send("/auth/"+key, url.Values{"return": {back}})))
}

// leads is where a page goes on to by itself.
func leads(t *testing.T, a answer) string {
	t.Helper()
	a.wants(t, http.StatusOK)
	to, ok := strings.CutPrefix(a.Header.Get("Refresh"), "0; url=")
	if !ok || !strings.Contains(a.body, `href="`+html.EscapeString(to)+`"`) {
		t.Fatalf("it leads to %q, and says\n%s", to, a.body)
	}
	return to
}

// to fails the test unless the answer leads to path.
func (a answer) to(t *testing.T, path string) answer {
	t.Helper()
	if to := a.wants(t, http.StatusSeeOther).Header.Get("Location"); to != path {
		t.Fatalf("%s %s leads to %q, want %q", a.Request.Method, a.Request.URL.Path, to, path)
	}
	return a
}

// is fails the test unless the browser is signed in as the member of that handle; "" is nobody.
func (b *browser) is(handle string) {
	b.t.Helper()
	viewer := "11111111111"
	if handle != "" {
		viewer = clubtest.Must(b.Members.ByHandle(b.t.Context(), handle))(b.t).ID.String()
	}
	if got := b.look("/who").body; got != "viewer "+viewer {
		b.t.Fatalf("the browser is %q, want %s", got, handle)
	}
}

func named(handle string) url.Values {
	return url.Values{"name": {"Hana Sato"}, "handle": {handle}, "zone": {"Europe/Lisbon"}, "agreed": {"on"}}
}

// letters sends what waits and returns what has arrived so far.
func (p *port) letters() []postbox.Letter {
	for p.desk.Once(p.t.Context()) {
	}
	return p.box.Letters()
}

// mailed is the path of the link in the newest letter.
func (p *port) mailed() string {
	p.t.Helper()
	all := p.letters()
	if len(all) == 0 {
		p.t.Fatal("no letter came")
	}
	_, rest, ok := strings.Cut(all[len(all)-1].Text, elsewhere.Base)
	path, _, _ := strings.Cut(rest, "\n")
	if !ok || !strings.HasPrefix(path, "/sign-in/link/") {
		p.t.Fatalf("no link in %q", all[len(all)-1].Text)
	}
	return path
}
