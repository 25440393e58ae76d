package signin

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/markbates/goth"
	gothapple "github.com/markbates/goth/providers/apple"
	"golang.org/x/oauth2"
)

// AppleClient is what Apple knows the club by: it takes no secret but one that a key signs.
type AppleClient struct {
	ID    string // of the service
	Team  string
	KeyID string
	Key   string // PKCS#8, as PEM text
}

// secret signs a secret that is good for the exchange at hand.
func (a AppleClient) secret(now time.Time) (string, error) {
	secret, err := gothapple.MakeSecret(gothapple.SecretParams{
		PKCS8PrivateKey: a.Key, TeamId: a.Team, KeyId: a.KeyID, ClientId: a.ID,
		Iat: int(now.Unix()), Exp: int(now.Add(5 * time.Minute).Unix()),
	})
	if err != nil {
		return "", err
	}
	if secret == nil {
		return "", errors.New("no secret came of it")
	}
	return *secret, nil
}

// apple posts its answer from its own site, with the name beside it the first time.
func apple(a AppleClient) *Provider {
	if a.ID == "" {
		return nil
	}
	p := &Provider{Key: "apple", Name: "Apple", Icon: "apple", Realm: "apple", FormPost: true}
	p.reach = func(_ context.Context, web *http.Client) (*line, error) {
		secret, err := a.secret(p.conf.Clock())
		if err != nil {
			return nil, err
		}
		return &line{
			goth:   gothapple.New(a.ID, secret, p.callback(), web, gothapple.ScopeName, gothapple.ScopeEmail),
			client: Client{a.ID, secret}, token: posts("https://appleid.apple.com/auth/token"),
			claims: &claims{keys: "https://appleid.apple.com/auth/keys", issued: oneOf(gothapple.AppleAudOrIss), pairs: true},
			session: func(t *oauth2.Token, who identity) goth.Session {
				return &gothapple.Session{AccessToken: t.AccessToken, ExpiresAt: t.Expiry, ID: gothapple.ID{Sub: who.Subject, Email: who.Address}}
			},
		}, nil
	}
	return p
}
