package elsewhere

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"html"
	"maps"
	"math/big"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// authorize is the page on which somebody says yes. Whatever is not as it was agreed on is refused
// on the spot, as a real provider does.
func (w *World) authorize(out http.ResponseWriter, r *http.Request, s *site) {
	q := r.URL.Query()
	redirect, state := w.Base+"/auth/"+s.key+"/callback", q.Get("state")
	scopes, want := strings.Fields(q.Get("scope")), strings.Fields(s.scope)
	slices.Sort(scopes)
	slices.Sort(want)
	wrong := ""
	switch {
	case q.Get("client_id") != ID(s.key) || q.Get("response_type") != "code":
		wrong = "the client"
	case q.Get("redirect_uri") != redirect:
		wrong = "the redirect_uri"
	case len(state) < 32:
		wrong = "the state"
	case !slices.Equal(scopes, want):
		wrong = "the scope " + q.Get("scope")
	case s.challenge != (len(q.Get("code_challenge")) == 43 && q.Get("code_challenge_method") == "S256"):
		wrong = "the challenge"
	case s.idToken != (len(q.Get("nonce")) >= 32):
		wrong = "the nonce"
	case s.formPost != (q.Get("response_mode") == "form_post"):
		wrong = "the response_mode"
	case strings.Contains(r.URL.RawQuery, "+"):
		wrong = "a plus, which Apple reads as one"
	}
	if wrong != "" {
		http.Error(out, wrong, http.StatusBadRequest)
		return
	}
	person, ok := w.chosen(out, r)
	if !ok {
		return
	}
	sent := url.Values{"state": {state}}
	if w.Deny != "" {
		sent.Set("error", w.Deny)
	} else {
		code := rand.Text()
		w.codes[code] = grant{s, redirect, ID(s.key), q.Get("code_challenge"), q.Get("nonce"), person}
		sent.Set("code", code)
	}
	if s.key == "oidc" {
		sent.Set("iss", s.issuer)
	}
	w.back(out, r, s, redirect, sent)
}

// chosen is whose account it is. Where there are several, a page asks, and posts to its own address.
func (w *World) chosen(out http.ResponseWriter, r *http.Request) (Person, bool) {
	if len(w.People) == 0 {
		return w.Person, true
	}
	for _, p := range w.People {
		if p.Subject == r.PostFormValue("account") {
			return p, true
		}
	}
	out.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(out, `<!DOCTYPE html><html lang="en"><link rel="icon" href="data:,"><title>Who are you?</title><h1>Who are you?</h1><form method="post">`)
	for _, p := range w.People {
		fmt.Fprintf(out, `<p><label><input type="radio" name="account" value="%s" required> %s</label></p>`, html.EscapeString(p.Subject), html.EscapeString(p.Name))
	}
	fmt.Fprint(out, `<button>Sign in</button></form></html>`)
	return Person{}, false
}

// back leads the browser to the club: by a redirect, or by a form on a page of the provider's.
func (w *World) back(out http.ResponseWriter, r *http.Request, s *site, redirect string, sent url.Values) {
	if !s.formPost {
		http.Redirect(out, r, redirect+"?"+sent.Encode(), http.StatusFound)
		return
	}
	if w.Person.Name != "" && w.Deny == "" {
		first, last, _ := strings.Cut(w.Person.Name, " ")
		said, _ := json.Marshal(map[string]any{"name": map[string]string{"firstName": first, "lastName": last}, "email": w.Person.Address}) // of strings: cannot fail
		sent.Set("user", string(said))
	}
	fmt.Fprintf(out, `<form method="post" action="%s">`, redirect)
	for name := range maps.Keys(sent) {
		fmt.Fprintf(out, `<input type="hidden" name="%s" value='%s'>`, name, sent.Get(name))
	}
	fmt.Fprint(out, `</form>`)
}

// exchange gives a token for a code: once, to the client it was given for, that knows the verifier.
func (w *World) exchange(out http.ResponseWriter, r *http.Request, s *site) {
	if err := r.ParseForm(); err != nil || r.Method != http.MethodPost {
		http.Error(out, "a form is posted here", http.StatusBadRequest)
		return
	}
	f := r.PostForm
	id, secret := f.Get("client_id"), f.Get("client_secret")
	if s.basic {
		id, secret, _ = r.BasicAuth()
	}
	g, known := w.codes[f.Get("code")]
	delete(w.codes, f.Get("code"))
	sum := sha256.Sum256([]byte(f.Get("code_verifier")))
	fault := ""
	switch {
	case id != ID(s.key) || !w.secretHolds(s, secret):
		fault = "invalid_client"
	case f.Get("grant_type") != "authorization_code" || !known || g.site != s || g.redirect != f.Get("redirect_uri"):
		fault = "invalid_grant"
	case s.challenge && g.challenge != base64.RawURLEncoding.EncodeToString(sum[:]):
		fault = "invalid_grant"
	}
	if fault != "" {
		out.WriteHeader(http.StatusBadRequest)
		write(out, map[string]any{"error": fault})
		return
	}
	w.Issued++
	token := rand.Text()
	w.tokens[token] = g.person
	answer := map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": 3600}
	if s.idToken {
		answer["id_token"] = w.sign(w.idToken(g))
	}
	if s.plain && !strings.Contains(r.Header.Get("Accept"), "json") {
		out.Header().Set("Content-Type", "application/x-www-form-urlencoded")
		fmt.Fprint(out, url.Values{"access_token": {token}, "token_type": {"bearer"}, "scope": {s.scope}}.Encode())
		return
	}
	write(out, answer)
}

// secretHolds tells whether the club showed the secret that it was given; for Apple, one that its key
// signed for now.
func (w *World) secretHolds(s *site, secret string) bool {
	if s.key != "apple" {
		return secret == Secret(s.key)
	}
	token, err := jwt.Parse(secret, func(*jwt.Token) (any, error) { return &w.apple.PublicKey, nil }, jwt.WithValidMethods([]string{"ES256"}),
		jwt.WithIssuer("TEAM"), jwt.WithSubject(ID("apple")), jwt.WithAudience("https://appleid.apple.com"), jwt.WithExpirationRequired(), jwt.WithTimeFunc(w.Clock))
	return err == nil && token.Header["kid"] == "KEY"
}

func (w *World) idToken(g grant) jwt.MapClaims {
	said := jwt.MapClaims{
		"iss": g.site.issuer, "aud": g.client, "sub": g.person.Subject, "nonce": g.nonce,
		"iat": w.Clock().Unix(), "exp": w.Clock().Add(10 * time.Minute).Unix(),
	}
	if g.person.Address != "" {
		said["email"] = g.person.Address
	}
	if g.site.key == "microsoft" {
		said["tid"], said["sub"] = tenant, "pairwise-"+g.person.Subject
	}
	if w.Claims != nil {
		w.Claims(said)
	}
	return said
}

func (w *World) sign(said jwt.MapClaims) string {
	method, key := jwt.SigningMethod(jwt.SigningMethodRS256), any(w.signs)
	switch w.Alg {
	case "none":
		method, key = jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType
	case "HS256":
		method, key = jwt.SigningMethodHS256, w.signs.PublicKey.N.Bytes()
	case "stranger":
		key = w.stranger
	}
	token := jwt.NewWithClaims(method, said)
	token.Header["kid"] = "one"
	signed, err := token.SignedString(key)
	if err != nil {
		w.t.Errorf("sign: %v", err)
	}
	return signed
}

// keys are the public halves of those that ID tokens are signed with.
func (w *World) keys(out http.ResponseWriter, _ *http.Request) {
	write(out, map[string]any{"keys": []any{
		map[string]any{"kty": "RSA", "kid": "old", "use": "enc", "n": "AQAB", "e": "AQAB"},
		public("one", &w.signs.PublicKey),
	}})
}

func public(id string, key crypto.PublicKey) map[string]any {
	k := key.(*rsa.PublicKey)
	e := big.NewInt(int64(k.E)).Bytes()
	return map[string]any{"kty": "RSA", "kid": id, "use": "sig", "alg": "RS256", "n": base64.RawURLEncoding.EncodeToString(k.N.Bytes()), "e": base64.RawURLEncoding.EncodeToString(e)}
}

func pemOf(t *testing.T, key *ecdsa.PrivateKey) string {
	raw, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw}))
}
