package main

import (
	"context"
	"net"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"guildhall/handlers"
	"guildhall/handlers/signin/elsewhere"
	"guildhall/models/access"
	"guildhall/models/clubtest"
)

// A member adds a passkey, signs out, and comes back with nothing but that.
func TestAPasskeyInABrowser(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	rita := s.visit("rita", s.Regular)
	rita.holdsPasskeys()
	rita.open("/settings/ways")
	rita.types("#passkey-name", "My laptop")
	rita.click("form[data-passkey] button")
	rita.sees("main", "My laptop")
	rita.sees("#toasts", "Added.")

	rita.run(`fetch("/sign-out", {method: "POST"}).then((r) => r.ok)`)
	rita.open("/settings/ways")
	rita.until("the door", `location.pathname === "/sign-in"`)
	rita.click("[data-passkey=sign-in]")
	rita.until("the page that was asked for", `location.pathname === "/settings/ways"`)
	rita.sees("main", "My laptop")
}

// Whoever closes the dialogue is told so, and is not let in.
func TestNoPasskeyInABrowser(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	guest := s.visit("somebody", access.Viewer{})
	guest.holdsPasskeys()
	guest.open("/sign-in")
	guest.click("[data-passkey=sign-in]")
	guest.sees("[data-passkey-fault]", "No passkey was chosen")
}

// holdsPasskeys puts an authenticator into the visitor's machine that says yes to everything.
func (v *visitor) holdsPasskeys() {
	v.t.Helper()
	ctx, stop := v.limited()
	defer stop()
	_, err := chromedp.Call(ctx, webauthn.Enable, webauthn.EnableParams{})
	v.do("enable passkeys", err)
	_, err = chromedp.Call(ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal, HasResidentKey: true,
		HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
	v.do("hold passkeys", err)
}

// Somebody new comes by way of an issuer elsewhere, through its own pages and back.
func TestAnIssuerInABrowser(t *testing.T) {
	browser := launch(t)
	club := clubtest.SQLite(t)
	listener := clubtest.Must(net.Listen("tcp", "127.0.0.1:0"))(t)
	base := "http://localhost:" + strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	world := elsewhere.Open(t)
	site := clubtest.Must(handlers.New(club.Club, handlers.Config{BaseURL: base, RateFactor: 1000, Keys: handlers.Keys{
		OIDC: handlers.Issuer{Name: "Example", Issuer: world.Live(base), ID: elsewhere.ID("oidc"), Secret: handlers.Secret(elsewhere.Secret("oidc"))},
	}}))(t)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- site.ServeOn(ctx, listener, nil) }()
	t.Cleanup(func() { stop(); clubtest.OK(t, <-ended) })

	s := &stage{Club: club, t: t, url: base, browser: browser}
	hana := s.visit("hana", access.Viewer{})
	hana.open("/sign-in?return=/membership")
	hana.click(`form[action="/auth/oidc"] button`)
	hana.until("the first-visit page", `location.pathname === "/welcome"`)
	hana.sees("main", "You came with Example as hana@example.org")
	hana.click("#agreed")
	hana.click("main form button[type=submit]:last-of-type")
	hana.until("where they wanted to go", `location.pathname === "/membership"`)
	hana.sees(".me", "Hana Sato")
}
