package signin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/markbates/goth"
	"github.com/markbates/goth/providers/openidConnect"
	"golang.org/x/oauth2"
)

// Issuer is any OpenID Connect issuer.
type Issuer struct {
	Name    string // on its button
	Address string // "https://id.example.org"
	Client
}

// described is what an issuer says of itself.
type described struct {
	Issuer   string
	Auth     string   `json:"authorization_endpoint"`
	Token    string   `json:"token_endpoint"`
	UserInfo string   `json:"userinfo_endpoint"`
	Keys     string   `json:"jwks_uri"`
	Methods  []string `json:"token_endpoint_auth_methods_supported"`
}

// describedFor is how long an issuer's description is taken for true.
const describedFor = time.Hour

// issuer is asked for its addresses when somebody first goes there: the club opens its doors whether
// or not the issuer is up. A subject is unique within its issuer alone, so the issuer is the realm.
func issuer(c Issuer) *Provider {
	if c.ID == "" || c.Address == "" {
		return nil
	}
	p := &Provider{Key: "oidc", Name: c.Name, Icon: "key", Realm: "oidc:" + c.Address}
	var mu sync.Mutex
	var known described
	var asked time.Time
	p.reach = func(ctx context.Context, web *http.Client) (*line, error) {
		mu.Lock()
		defer mu.Unlock()
		if now := p.conf.Clock(); known.Issuer == "" || now.Sub(asked) >= describedFor {
			d, err := describe(ctx, web, c.Address)
			if err != nil {
				return nil, err
			}
			known, asked = d, now
		}
		return p.issued(c, known, web)
	}
	return p
}

func describe(ctx context.Context, web *http.Client, address string) (d described, err error) {
	if err := fetch(ctx, web, strings.TrimSuffix(address, "/")+"/.well-known/openid-configuration", &d); err != nil {
		return d, fmt.Errorf("the description of %s: %w", address, err)
	}
	if d.Issuer != address {
		return d, fmt.Errorf("%s describes %q: the issuer must be written as it names itself", address, d.Issuer)
	}
	if d.Auth == "" || d.Token == "" || d.Keys == "" {
		return d, errors.New("the description of the issuer lacks an endpoint")
	}
	return d, nil
}

func (p *Provider) issued(c Issuer, d described, web *http.Client) (*line, error) {
	g, err := openidConnect.NewCustomisedURL(c.ID, c.Secret, p.callback(), d.Auth, d.Token, d.Issuer, d.UserInfo, "", "openid", "profile", "email")
	if err != nil {
		return nil, err
	}
	g.HTTPClient = web
	style := oauth2.AuthStyleInHeader
	if len(d.Methods) > 0 && !slices.Contains(d.Methods, "client_secret_basic") {
		style = oauth2.AuthStyleInParams
	}
	return &line{
		goth: g, client: c.Client, pkce: true, issuer: d.Issuer, token: oauth2.Endpoint{TokenURL: d.Token, AuthStyle: style},
		claims: &claims{keys: d.Keys, issued: oneOf(d.Issuer), pairs: true},
		session: func(t *oauth2.Token, who identity) goth.Session {
			return &openidConnect.Session{AccessToken: t.AccessToken, ExpiresAt: t.Expiry, IDToken: who.Raw}
		},
	}, nil
}
