package elsewhere

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
)

// site is one provider: where its endpoints are and what it wants to be sent.
type site struct {
	key       string
	authorize string // host and path
	token     string
	scope     string
	challenge bool   // it wants a PKCE challenge
	idToken   bool   // it gives an ID token, and so wants a nonce
	issuer    string // of the ID token
	basic     bool   // it wants the secret in a header
	formPost  bool
	plain     bool // it answers the exchange in form encoding, as GitHub does
}

const tenant = "9188040d-6c67-4c5b-b112-36a304b66dad"

var sites = []*site{
	{key: "google", authorize: "accounts.google.com/o/oauth2/auth", token: "oauth2.googleapis.com/token", scope: "openid profile email", challenge: true, idToken: true, issuer: "https://accounts.google.com"},
	{key: "github", authorize: "github.com/login/oauth/authorize", token: "github.com/login/oauth/access_token", scope: "user:email", challenge: true, plain: true},
	{key: "discord", authorize: "discord.com/api/oauth2/authorize", token: "discord.com/api/oauth2/token", scope: "identify email", challenge: true},
	{key: "apple", authorize: "appleid.apple.com/auth/authorize", token: "appleid.apple.com/auth/token", scope: "name email", idToken: true, issuer: "https://appleid.apple.com", formPost: true},
	{key: "facebook", authorize: "www.facebook.com/dialog/oauth", token: "graph.facebook.com/oauth/access_token", scope: "email public_profile"},
	{key: "microsoft", authorize: "login.microsoftonline.com/common/oauth2/v2.0/authorize", token: "login.microsoftonline.com/common/oauth2/v2.0/token", scope: "openid profile email User.Read", challenge: true, idToken: true, issuer: "https://login.microsoftonline.com/" + tenant + "/v2.0"},
	{key: "oidc", authorize: "login.example.org/authorize", token: "id.example.org/realms/club/token", scope: "openid profile email", challenge: true, idToken: true, issuer: IssuerAddress, basic: true},
}

// Keys are the providers, by the key that they have in addresses.
func Keys() (keys []string) {
	for _, s := range sites {
		keys = append(keys, s.key)
	}
	return keys
}

func (w *World) serve(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	at := r.Host + r.URL.Path
	for _, s := range w.sites {
		switch at {
		case s.authorize:
			w.authorize(out, r, s)
			return
		case s.token:
			w.exchange(out, r, s)
			return
		}
	}
	if w.live == "http://"+r.Host {
		at = "id.example.org/realms/club" + r.URL.Path
	}
	if answer, ok := accounts[at]; ok {
		answer(w, out, r)
		return
	}
	http.Error(out, "no such address: "+at, http.StatusNotFound)
}

// accounts are where each provider tells whose account a token is for, and what else it publishes.
var accounts = map[string]func(*World, http.ResponseWriter, *http.Request){
	"www.googleapis.com/oauth2/v3/certs":                   (*World).keys,
	"appleid.apple.com/auth/keys":                          (*World).keys,
	"login.microsoftonline.com/common/discovery/v2.0/keys": (*World).keys,
	"id.example.org/realms/club/keys":                      (*World).keys,
	"id.example.org/realms/club/.well-known/openid-configuration": func(w *World, out http.ResponseWriter, r *http.Request) {
		at, page := IssuerAddress, "https://login.example.org" // whose page stands on another host than its endpoints
		if w.live == "http://"+r.Host {
			at, page = w.live, w.live
		}
		write(out, map[string]any{
			"issuer": at, "authorization_endpoint": page + "/authorize", "token_endpoint": at + "/token",
			"userinfo_endpoint": at + "/userinfo", "jwks_uri": at + "/keys", "token_endpoint_auth_methods_supported": []string{"client_secret_basic"},
		})
	},
	"www.googleapis.com/oauth2/v2/userinfo": func(w *World, out http.ResponseWriter, r *http.Request) {
		if p, ok := w.known(out, r.URL.Query().Get("access_token")); ok {
			write(out, without("email", p.Address, map[string]any{"id": p.Subject, "name": p.Name, "email": p.Address, "verified_email": true}))
		}
	},
	"api.github.com/user": func(w *World, out http.ResponseWriter, r *http.Request) {
		if p, ok := w.known(out, bearer(r)); ok {
			write(out, map[string]any{"id": json.Number(p.Subject), "login": p.Login, "name": p.Name, "email": nil})
		}
	},
	"api.github.com/user/emails": func(w *World, out http.ResponseWriter, r *http.Request) {
		p, ok := w.known(out, bearer(r))
		switch {
		case !ok:
		case p.Address == "forbidden":
			http.Error(out, `{"message":"Resource not accessible"}`, http.StatusForbidden)
		case p.Address == "":
			write(out, []any{map[string]any{"email": "old@example.org", "primary": true, "verified": false}})
		default:
			write(out, []any{
				map[string]any{"email": "second@example.org", "primary": false, "verified": true},
				map[string]any{"email": p.Address, "primary": true, "verified": true},
			})
		}
	},
	"discord.com/api/users/@me": func(w *World, out http.ResponseWriter, r *http.Request) {
		if p, ok := w.known(out, bearer(r)); ok {
			write(out, without("email", p.Address, map[string]any{"id": p.Subject, "username": p.Login, "global_name": p.Name, "email": p.Address, "verified": true}))
		}
	},
	"graph.facebook.com/me": func(w *World, out http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		proof := hmac.New(sha256.New, []byte(Secret("facebook")))
		proof.Write([]byte(q.Get("access_token")))
		if q.Get("appsecret_proof") != hex.EncodeToString(proof.Sum(nil)) || q.Get("fields") != "id,name,email" {
			http.Error(out, "the proof or the fields are wrong", http.StatusBadRequest)
			return
		}
		if p, ok := w.known(out, q.Get("access_token")); ok {
			write(out, without("email", p.Address, map[string]any{"id": p.Subject, "name": p.Name, "email": p.Address}))
		}
	},
	"graph.microsoft.com/v1.0/me": func(w *World, out http.ResponseWriter, r *http.Request) {
		if p, ok := w.known(out, bearer(r)); ok {
			mail := any(p.Address)
			if p.Address == "" {
				mail = nil
			}
			write(out, map[string]any{"id": p.Subject, "displayName": p.Name, "mail": mail, "userPrincipalName": "login#EXT#@example.onmicrosoft.com"})
		}
	},
	"id.example.org/realms/club/userinfo": func(w *World, out http.ResponseWriter, r *http.Request) {
		if p, ok := w.known(out, bearer(r)); ok {
			write(out, without("email", p.Address, map[string]any{"sub": p.Subject, "name": p.Name, "preferred_username": p.Login, "email": p.Address}))
		}
	},
}

// known tells whose account a token is for.
func (w *World) known(out http.ResponseWriter, token string) (Person, bool) {
	p, ok := w.tokens[token]
	if !ok {
		http.Error(out, "no such token", http.StatusUnauthorized)
	}
	return p, ok
}

func bearer(r *http.Request) string {
	return strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
}

func without(name, value string, said map[string]any) map[string]any {
	if value == "" {
		delete(said, name)
	}
	return said
}

func write(out http.ResponseWriter, value any) {
	out.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(out).Encode(value) // nobody to tell
}
