package signin

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// claims are what the ID tokens of a provider must say.
type claims struct {
	keys   string                   // address of the keys that sign them
	issued func(jwt.MapClaims) bool // by whom
	// pairs tells that the account's own id is the token's subject, so the two must agree.
	pairs bool
}

// identity is whom an ID token is about.
type identity struct {
	Subject string
	Address string
	Raw     string
	pairs   bool
}

// algorithms are those that a provider may sign with: none of them with a shared secret.
var algorithms = []string{"RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"}

// leeway is how far a provider's clock may be from ours.
const leeway = time.Minute

// verify checks an ID token: who signed it, for whom, for how long, and for which journey.
func (p *Provider) verify(ctx context.Context, l *line, raw, nonce string) (who identity, err error) {
	said := jwt.MapClaims{}
	find := func(t *jwt.Token) (any, error) {
		id, _ := t.Header["kid"].(string)
		return p.keys.find(ctx, p, l.claims.keys, id)
	}
	_, err = jwt.ParseWithClaims(raw, said, find, jwt.WithValidMethods(algorithms), jwt.WithAudience(l.client.ID),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(leeway), jwt.WithTimeFunc(p.conf.Clock))
	if err != nil {
		return who, fmt.Errorf("the ID token: %w", err)
	}
	given, _ := said["nonce"].(string)
	audience, _ := said.GetAudience()
	party, named := said["azp"].(string)
	switch {
	case !l.claims.issued(said):
		return who, errors.New("the ID token is of another issuer")
	case subtle.ConstantTimeCompare([]byte(given), []byte(nonce)) != 1:
		return who, errors.New("the ID token is of another journey")
	case len(audience) > 1 && !named, named && party != l.client.ID:
		return who, errors.New("the ID token was given to somebody else")
	}
	who.Subject, _ = said["sub"].(string)
	who.Address, _ = said["email"].(string)
	who.Raw, who.pairs = raw, l.claims.pairs
	if who.Subject == "" {
		return who, errors.New("the ID token has no subject")
	}
	return who, nil
}

// keyring holds the keys of a provider, which change now and then.
type keyring struct {
	mu    sync.Mutex
	keys  map[string]crypto.PublicKey
	asked time.Time
}

const (
	keysFor   = time.Hour   // how long keys are taken to be the provider's
	keysPause = time.Minute // how seldom a key that is not among them makes us ask again
)

func (k *keyring) find(ctx context.Context, p *Provider, address, id string) (crypto.PublicKey, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	age := p.conf.Clock().Sub(k.asked)
	if key := k.pick(id); key != nil && age < keysFor {
		return key, nil
	}
	if k.keys == nil || age >= keysPause {
		keys, err := readKeys(ctx, p, address)
		if err != nil {
			return nil, err
		}
		k.keys, k.asked = keys, p.conf.Clock()
	}
	if key := k.pick(id); key != nil {
		return key, nil
	}
	return nil, fmt.Errorf("no key %q", id)
}

// pick returns the key of that id. A token that names none has the only one.
func (k *keyring) pick(id string) crypto.PublicKey {
	if id == "" && len(k.keys) == 1 {
		for _, only := range k.keys {
			return only
		}
	}
	return k.keys[id]
}

// webKey is a key as providers publish it (RFC 7517).
type webKey struct {
	Kty, Kid, Use, Crv string
	N, E, X, Y         string
}

func readKeys(ctx context.Context, p *Provider, address string) (map[string]crypto.PublicKey, error) {
	var set struct{ Keys []webKey }
	if err := fetch(ctx, p.web(ctx), address, &set); err != nil {
		return nil, fmt.Errorf("the keys of %s: %w", p.Name, err)
	}
	keys := map[string]crypto.PublicKey{}
	for _, k := range set.Keys {
		if key := k.public(); key != nil && (k.Use == "" || k.Use == "sig") {
			keys[k.Kid] = key
		}
	}
	return keys, nil
}

// public is the key, or nil for a kind that nothing here is signed with.
func (k webKey) public() crypto.PublicKey {
	switch {
	case k.Kty == "RSA":
		n, e := number(k.N), number(k.E)
		if n == nil || e == nil || n.BitLen() < 2048 || !e.IsInt64() || e.Int64() < 3 {
			return nil
		}
		return &rsa.PublicKey{N: n, E: int(e.Int64())}
	case k.Kty == "EC" && k.Crv == "P-256":
		return point(elliptic.P256(), 32, k)
	case k.Kty == "EC" && k.Crv == "P-384":
		return point(elliptic.P384(), 48, k)
	case k.Kty == "OKP" && k.Crv == "Ed25519":
		if x := decode(k.X); len(x) == ed25519.PublicKeySize {
			return ed25519.PublicKey(x)
		}
	}
	return nil
}

func point(curve elliptic.Curve, size int, k webKey) crypto.PublicKey {
	x, y := decode(k.X), decode(k.Y)
	if len(x) != size || len(y) != size {
		return nil
	}
	key, err := ecdsa.ParseUncompressedPublicKey(curve, slices.Concat([]byte{4}, x, y))
	if err != nil {
		return nil
	}
	return key
}

func number(s string) *big.Int {
	b := decode(s)
	if len(b) == 0 {
		return nil
	}
	return new(big.Int).SetBytes(b)
}

func decode(s string) []byte {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return nil
	}
	return b
}
