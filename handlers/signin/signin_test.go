package signin_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"guildhall/handlers/signin"
	"guildhall/handlers/signin/elsewhere"
	"guildhall/models/clubtest"
	"guildhall/models/member"
)

func conf(w *elsewhere.World) signin.Conf {
	client := func(key string) signin.Client {
		return signin.Client{ID: elsewhere.ID(key), Secret: elsewhere.Secret(key)}
	}
	return signin.Conf{
		Base: elsewhere.Base, Transport: w, Clock: w.Clock,
		Google: client("google"), GitHub: client("github"), Discord: client("discord"), Facebook: client("facebook"), Microsoft: client("microsoft"),
		Apple:  signin.AppleClient{ID: elsewhere.ID("apple"), Team: "TEAM", KeyID: "KEY", Key: w.AppleKey},
		Issuer: signin.Issuer{Name: "Example", Address: elsewhere.IssuerAddress, Client: client("oidc")},
	}
}

func open(t *testing.T, w *elsewhere.World) signin.Providers {
	t.Helper()
	return clubtest.Must(signin.Open(conf(w)))(t)
}

func journey() member.Journey {
	return member.Journey{Verifier: member.Secret(), Nonce: member.Secret()}
}

// walk goes to a provider and comes back with what it says.
func walk(t *testing.T, w *elsewhere.World, p *signin.Provider) (member.Proof, error) {
	t.Helper()
	j := journey()
	address := clubtest.Must(p.Begin(t.Context(), member.Secret(), j))(t)
	return p.Finish(t.Context(), w.Consent(address).Sent(), j)
}

// each runs fn for every provider, with a world of its own.
func each(t *testing.T, fn func(t *testing.T, w *elsewhere.World, p *signin.Provider)) {
	for _, key := range elsewhere.Keys() {
		t.Run(key, func(t *testing.T) {
			w := elsewhere.Open(t)
			p := open(t, w).Find(key)
			if p == nil {
				t.Fatal("no such provider")
			}
			fn(t, w, p)
		})
	}
}

func TestEveryProviderSaysWhoSomebodyIs(t *testing.T) {
	each(t, func(t *testing.T, w *elsewhere.World, p *signin.Provider) {
		proof, err := walk(t, w, p)
		clubtest.OK(t, err)
		if proof.Provider != p.Realm || proof.Subject != "10842" || proof.Name != "Hana Sato" || proof.Address != "hana@example.org" || proof.Label == "" {
			t.Errorf("it said %+v", proof)
		}
		if p.FormPost != (p.Key == "apple") {
			t.Error("only Apple posts")
		}
	})
}

func TestAnAddressMayBeMissing(t *testing.T) {
	each(t, func(t *testing.T, w *elsewhere.World, p *signin.Provider) {
		w.Person.Address = ""
		proof, err := walk(t, w, p)
		clubtest.OK(t, err)
		if proof.Subject != "10842" || proof.Address != "" {
			t.Errorf("it said %+v", proof)
		}
	})
}

func TestGitHubsSecondCallMayBeRefused(t *testing.T) {
	w := elsewhere.Open(t)
	w.Person.Address = "forbidden"
	proof, err := walk(t, w, open(t, w).Find("github"))
	clubtest.OK(t, err)
	if proof.Subject != "10842" || proof.Address != "" || proof.Handle != "hana" || proof.Label != "hana" {
		t.Errorf("it said %+v", proof)
	}
}

func TestAnAccountWithoutAnIDIsNobody(t *testing.T) {
	w := elsewhere.Open(t)
	w.Person.Subject = "0"
	proof, err := walk(t, w, open(t, w).Find("github"))
	if err == nil && proof.Subject != "" {
		t.Errorf("it said %+v", proof)
	}
}

func TestACodeIsWorthNothingWithoutItsJourney(t *testing.T) {
	each(t, func(t *testing.T, w *elsewhere.World, p *signin.Provider) {
		mine := journey()
		sent := w.Consent(clubtest.Must(p.Begin(t.Context(), member.Secret(), mine))(t)).Sent()
		proof, err := p.Finish(t.Context(), sent, journey()) // somebody else's verifier and nonce
		if p.Key == "facebook" {
			if err != nil || proof.Subject == "" {
				t.Errorf("Facebook has neither, and said %v", err)
			}
			return
		}
		if err == nil {
			t.Error("the code of another journey was taken")
		}
		if _, err := p.Finish(t.Context(), url.Values{}, mine); err == nil {
			t.Error("no code was taken for one")
		}
		if _, err := p.Finish(t.Context(), sent, mine); err == nil {
			t.Error("a code was taken twice")
		}
	})
}

// The checks of an ID token, each shown to be the one that refuses by a token that passes without it.
func TestIDTokensAreChecked(t *testing.T) {
	for _, key := range []string{"google", "apple", "microsoft", "oidc"} {
		t.Run(key, func(t *testing.T) {
			w := elsewhere.Open(t)
			p := open(t, w).Find(key)
			for name, spoil := range map[string]func(said map[string]any){
				"another nonce":              func(said map[string]any) { said["nonce"] = member.Secret() },
				"no nonce":                   func(said map[string]any) { delete(said, "nonce") },
				"another audience":           func(said map[string]any) { said["aud"] = "somebody-else" },
				"two audiences and no party": func(said map[string]any) { said["aud"] = []string{elsewhere.ID(key), "x"} },
				"another party":              func(said map[string]any) { said["azp"] = "somebody-else" },
				"another issuer":             func(said map[string]any) { said["iss"] = "https://evil.example" },
				"an issuer like ours":        func(said map[string]any) { said["iss"] = said["iss"].(string) + "/" },
				"ended":                      func(said map[string]any) { said["exp"] = time.Now().Add(-2 * time.Minute).Unix() },
				"without an end":             func(said map[string]any) { delete(said, "exp") },
				"from tomorrow":              func(said map[string]any) { said["iat"] = time.Now().Add(24 * time.Hour).Unix() },
				"no subject":                 func(said map[string]any) { delete(said, "sub") },
			} {
				w.Claims = spoil
				if proof, err := walk(t, w, p); err == nil {
					t.Errorf("%s: it was taken for %+v", name, proof)
				}
			}
			w.Claims = nil
			for _, alg := range []string{"none", "HS256", "stranger"} {
				w.Alg = alg
				if proof, err := walk(t, w, p); err == nil {
					t.Errorf("signed by %s: it was taken for %+v", alg, proof)
				}
			}
			w.Alg = ""
			if key != "microsoft" && key != "apple" { // whose account has another id, or is the token
				w.Claims = func(said map[string]any) { said["sub"] = "999" }
				if proof, err := walk(t, w, p); err == nil {
					t.Errorf("a token and an account of two people: %+v", proof)
				}
			}
			w.Claims = func(said map[string]any) {
				said["aud"], said["azp"] = []string{elsewhere.ID(key), "x"}, elsewhere.ID(key)
			}
			_, err := walk(t, w, p)
			clubtest.OK(t, err)
		})
	}
}

func TestAnIssuerMustBeWhoItSays(t *testing.T) {
	w := elsewhere.Open(t)
	p := open(t, w).Find("oidc")
	j := journey()
	sent := w.Consent(clubtest.Must(p.Begin(t.Context(), member.Secret(), j))(t)).Sent()
	sent.Set("iss", "https://evil.example")
	if _, err := p.Finish(t.Context(), sent, j); err == nil || w.Issued != 0 {
		t.Errorf("an answer that names another issuer was taken to the token endpoint: %v", err)
	}

	c := conf(w)
	c.Issuer.Address += "/"
	other := clubtest.Must(signin.Open(c))(t).Find("oidc")
	if _, err := other.Begin(t.Context(), member.Secret(), j); err == nil || !strings.Contains(err.Error(), "names itself") {
		t.Errorf("an issuer under another name: %v", err)
	}
}

func TestAnIssuerMayBeDownWhenTheClubOpens(t *testing.T) {
	w := elsewhere.Open(t)
	w.Down = true
	p := open(t, w).Find("oidc")
	if _, err := p.Begin(t.Context(), member.Secret(), journey()); err == nil {
		t.Fatal("nobody was there to say where to go")
	}
	w.Down = false
	_, err := walk(t, w, p)
	clubtest.OK(t, err)
}

// Google and Facebook want the token in the address: an error names the host alone.
func TestErrorsHoldNoTokens(t *testing.T) {
	for _, key := range elsewhere.Keys() {
		w := elsewhere.Open(t)
		p := open(t, w).Find(key)
		j := journey()
		sent := w.Consent(clubtest.Must(p.Begin(t.Context(), member.Secret(), j))(t)).Sent()
		w.Down = true
		_, err := p.Finish(t.Context(), sent, j)
		if err == nil {
			t.Fatalf("%s answered while it was down", key)
		}
		for _, secret := range []string{sent.Get("code"), elsewhere.Secret(key), j.Verifier, "access_token", "?"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s: the error holds %q: %v", key, secret, err)
			}
		}
	}
	for key, host := range map[string]string{"google": "www.googleapis.com", "facebook": "graph.facebook.com"} {
		w := elsewhere.Open(t)
		p := open(t, w).Find(key)
		_, err := walk(t, w, p) // its keys are known from here on
		clubtest.OK(t, err)
		j := journey()
		sent := w.Consent(clubtest.Must(p.Begin(t.Context(), member.Secret(), j))(t)).Sent()
		w.Mute = host + "/" // from the exchange on
		if _, err = p.Finish(t.Context(), sent, j); err == nil || strings.Contains(err.Error(), "access_token") || !strings.Contains(err.Error(), host) {
			t.Errorf("%s: the error is %v", key, err)
		}
	}
}

func TestAnAppleKeyIsTriedWhenTheClubOpens(t *testing.T) {
	w := elsewhere.Open(t)
	c := conf(w)
	c.Apple.Key = "not a key"
	if _, err := signin.Open(c); err == nil || strings.Contains(err.Error(), "not a key") {
		t.Errorf("a key that is none: %v", err)
	}
	if all := clubtest.Must(signin.Open(signin.Conf{Base: elsewhere.Base}))(t); len(all) != 0 {
		t.Errorf("without any client there are %d providers", len(all))
	}
}

func TestRealmsKeepIssuersApart(t *testing.T) {
	w := elsewhere.Open(t)
	p := open(t, w).Find("oidc")
	if p.Realm != "oidc:"+elsewhere.IssuerAddress {
		t.Errorf("the realm is %q", p.Realm)
	}
	if open(t, w).Find("nobody") != nil {
		t.Error("a provider nobody configured was found")
	}
}
