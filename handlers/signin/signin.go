// Package signin takes people to the providers whose accounts open the club, and back with proof of
// who they are there. Addresses, scopes and people come from goth; the exchange of the code and the
// checks of what comes back are ours, as most of goth's providers pass neither a PKCE verifier nor a
// nonce, and two of them would talk to the token endpoint by a client that never gives up.
package signin

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/markbates/goth"
	"golang.org/x/oauth2"

	"guildhall/models/member"
)

// Client is what a provider knows the club by.
type Client struct{ ID, Secret string }

// Conf is which providers are on: those whose client has an id.
type Conf struct {
	Base      string // of the club's own addresses: "https://club.example.org"
	Google    Client
	GitHub    Client
	Discord   Client
	Facebook  Client
	Microsoft Client
	Apple     AppleClient
	Issuer    Issuer

	Transport http.RoundTripper // http.DefaultTransport if nil
	Clock     func() time.Time  // time.Now if nil
}

// Provider is one way in by an account elsewhere.
type Provider struct {
	Key      string // in addresses: "google"
	Name     string // on buttons: "Google"
	Icon     string
	Realm    string // within which its subjects are unique: part of every identity
	FormPost bool   // it comes back by a POST from its own site

	conf *Conf
	keys keyring
	// reach returns the provider as it is to be talked to now, by a client that ends with ctx.
	reach func(ctx context.Context, web *http.Client) (*line, error)
}

// line is a provider that is being talked to.
type line struct {
	goth   goth.Provider
	client Client
	token  oauth2.Endpoint
	pkce   bool
	claims *claims // what its ID tokens must say; nil where it gives none
	issuer string  // RFC 9207: what comes back must name it, if anything
	// session makes what goth finds the person with.
	session func(*oauth2.Token, identity) goth.Session
	// missing tells of an error after which the person is known and only their address is not.
	missing func(error) bool
}

// Providers are those that are on, in the order of their buttons.
type Providers []*Provider

// Open returns the providers of conf. It asks nobody anything yet.
func Open(conf Conf) (Providers, error) {
	if conf.Clock == nil {
		conf.Clock = time.Now
	}
	if conf.Transport == nil {
		conf.Transport = http.DefaultTransport
	}
	var all Providers
	for _, p := range []*Provider{google(conf.Google), apple(conf.Apple), github(conf.GitHub), discord(conf.Discord), microsoft(conf.Microsoft), facebook(conf.Facebook), issuer(conf.Issuer)} {
		if p != nil {
			p.conf = &conf
			all = append(all, p)
		}
	}
	if conf.Apple.ID != "" {
		if _, err := conf.Apple.secret(conf.Clock()); err != nil {
			return nil, fmt.Errorf("the key of Apple: %w", err)
		}
	}
	return all, nil
}

// Find returns the provider of that key, or nil.
func (all Providers) Find(key string) *Provider {
	for _, p := range all {
		if p.Key == key {
			return p
		}
	}
	return nil
}

// Realms are the providers by which identities are kept.
func (all Providers) Realms() (realms []string) {
	for _, p := range all {
		realms = append(realms, p.Realm)
	}
	return realms
}

func (p *Provider) callback() string { return p.conf.Base + "/auth/" + p.Key + "/callback" }

// Begin returns the address that the browser is sent to.
func (p *Provider) Begin(ctx context.Context, state string, j member.Journey) (string, error) {
	l, err := p.reach(ctx, p.web(ctx))
	if err != nil {
		return "", plainly(err)
	}
	session, err := l.goth.BeginAuth(state)
	if err != nil {
		return "", err
	}
	address, err := session.GetAuthURL()
	if err != nil {
		return "", err
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	q := u.Query()
	if l.pkce {
		sum := sha256.Sum256([]byte(j.Verifier))
		q.Set("code_challenge", base64.RawURLEncoding.EncodeToString(sum[:]))
		q.Set("code_challenge_method", "S256")
	}
	if l.claims != nil {
		q.Set("nonce", j.Nonce)
	}
	u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20") // Apple reads a plus as a plus
	return u.String(), nil
}

// Finish asks the provider who came back. sent are the parameters that the browser brought; their
// state was checked, and its journey ended, by the caller.
func (p *Provider) Finish(ctx context.Context, sent url.Values, j member.Journey) (member.Proof, error) {
	l, err := p.reach(ctx, p.web(ctx))
	if err != nil {
		return member.Proof{}, plainly(err)
	}
	if from := sent.Get("iss"); from != "" && l.issuer != "" && from != l.issuer {
		return member.Proof{}, errors.New("the answer names another issuer")
	}
	proof, err := p.prove(ctx, l, sent, j)
	return proof, plainly(err)
}

func (p *Provider) prove(ctx context.Context, l *line, sent url.Values, j member.Journey) (proof member.Proof, err error) {
	token, err := p.exchange(ctx, l, sent.Get("code"), j)
	if err != nil {
		return proof, err
	}
	var who identity
	if l.claims != nil {
		raw, _ := token.Extra("id_token").(string)
		if who, err = p.verify(ctx, l, raw, j.Nonce); err != nil {
			return proof, err
		}
	}
	user, err := l.goth.FetchUser(l.session(token, who))
	if err != nil && (l.missing == nil || !l.missing(err)) {
		return proof, err
	}
	if who.pairs && user.UserID != who.Subject {
		return proof, errors.New("the ID token and the account are not of one person")
	}
	return p.proof(user, sent), nil
}

// exchange gives the code for a token.
func (p *Provider) exchange(ctx context.Context, l *line, code string, j member.Journey) (*oauth2.Token, error) {
	if code == "" {
		return nil, errors.New("no code came back")
	}
	conf := oauth2.Config{ClientID: l.client.ID, ClientSecret: l.client.Secret, RedirectURL: p.callback(), Endpoint: l.token}
	var more []oauth2.AuthCodeOption
	if l.pkce {
		more = append(more, oauth2.VerifierOption(j.Verifier))
	}
	token, err := conf.Exchange(context.WithValue(ctx, oauth2.HTTPClient, p.web(ctx)), code, more...)
	if err != nil {
		return nil, err
	}
	if !token.Valid() {
		return nil, errors.New("the token is not valid")
	}
	return token, nil
}

// plainly is an error without what must not be in a log: some providers want the token in the
// address, and answer with more than their code.
func plainly(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		host := at.URL
		if u, bad := url.Parse(at.URL); bad == nil {
			host = u.Host
		}
		return fmt.Errorf("%s: %w", host, at.Err)
	}
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) {
		return fmt.Errorf("the token endpoint answered %s %q", refused.Response.Status, refused.ErrorCode)
	}
	return err
}
