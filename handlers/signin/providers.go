package signin

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/golang-jwt/jwt/v5"
	"github.com/markbates/goth"
	"github.com/markbates/goth/providers/azureadv2"
	gothdiscord "github.com/markbates/goth/providers/discord"
	gothfacebook "github.com/markbates/goth/providers/facebook"
	gothgithub "github.com/markbates/goth/providers/github"
	gothgoogle "github.com/markbates/goth/providers/google"
	"golang.org/x/oauth2"

	"guildhall/models/member"
)

func google(c Client) *Provider {
	if c.ID == "" {
		return nil
	}
	p := &Provider{Key: "google", Name: "Google", Icon: "google", Realm: "google"}
	p.reach = func(_ context.Context, web *http.Client) (*line, error) {
		g := gothgoogle.New(c.ID, c.Secret, p.callback(), "openid", "profile", "email")
		g.HTTPClient = web
		g.SetAccessType("online") // nothing is asked for in their absence
		g.SetPrompt("select_account")
		return &line{
			goth: g, client: c, pkce: true, token: posts("https://oauth2.googleapis.com/token"),
			claims: &claims{keys: "https://www.googleapis.com/oauth2/v3/certs", issued: oneOf("https://accounts.google.com", "accounts.google.com"), pairs: true},
			session: func(t *oauth2.Token, who identity) goth.Session {
				return &gothgoogle.Session{AccessToken: t.AccessToken, ExpiresAt: t.Expiry, IDToken: who.Raw}
			},
		}, nil
	}
	return p
}

func github(c Client) *Provider {
	if c.ID == "" {
		return nil
	}
	p := &Provider{Key: "github", Name: "GitHub", Icon: "github", Realm: "github"}
	p.reach = func(_ context.Context, web *http.Client) (*line, error) {
		g := gothgithub.New(c.ID, c.Secret, p.callback(), "user:email")
		g.HTTPClient = web
		return &line{
			goth: g, client: c, pkce: true, token: posts("https://github.com/login/oauth/access_token"),
			session: func(t *oauth2.Token, _ identity) goth.Session {
				return &gothgithub.Session{AccessToken: t.AccessToken}
			},
			// A second call asks for the address; when it fails, the account is known from the first.
			missing: func(err error) bool {
				return errors.Is(err, gothgithub.ErrNoVerifiedGitHubPrimaryEmail) || strings.HasSuffix(err.Error(), "trying to fetch user email")
			},
		}, nil
	}
	return p
}

func discord(c Client) *Provider {
	if c.ID == "" {
		return nil
	}
	p := &Provider{Key: "discord", Name: "Discord", Icon: "discord", Realm: "discord"}
	p.reach = func(_ context.Context, web *http.Client) (*line, error) {
		g := gothdiscord.New(c.ID, c.Secret, p.callback(), gothdiscord.ScopeIdentify, gothdiscord.ScopeEmail)
		g.HTTPClient = web
		return &line{
			goth: g, client: c, pkce: true, token: posts("https://discord.com/api/oauth2/token"),
			session: func(t *oauth2.Token, _ identity) goth.Session {
				return &gothdiscord.Session{AccessToken: t.AccessToken, ExpiresAt: t.Expiry}
			},
		}, nil
	}
	return p
}

// facebook has neither a nonce nor a documented verifier in this flow: its state and its secret hold.
func facebook(c Client) *Provider {
	if c.ID == "" {
		return nil
	}
	p := &Provider{Key: "facebook", Name: "Facebook", Icon: "facebook", Realm: "facebook"}
	p.reach = func(_ context.Context, web *http.Client) (*line, error) {
		g := gothfacebook.New(c.ID, c.Secret, p.callback(), "public_profile").SetCustomFields([]string{"id", "name", "email"})
		g.HTTPClient = web
		return &line{
			goth: g, client: c, token: posts("https://graph.facebook.com/oauth/access_token"),
			session: func(t *oauth2.Token, _ identity) goth.Session {
				return &gothfacebook.Session{AccessToken: t.AccessToken, ExpiresAt: t.Expiry}
			},
		}, nil
	}
	return p
}

var tenantShape = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// microsoft takes goth's azureadv2, which serves personal accounts and those of a company alike. Its
// microsoftonline asks for a lasting token that nobody needs, and takes a login name for an address.
func microsoft(c Client) *Provider {
	if c.ID == "" {
		return nil
	}
	p := &Provider{Key: "microsoft", Name: "Microsoft", Icon: "windows", Realm: "microsoft"}
	p.reach = func(_ context.Context, web *http.Client) (*line, error) {
		g := azureadv2.New(c.ID, c.Secret, p.callback(), azureadv2.ProviderOptions{Tenant: azureadv2.CommonTenant})
		g.HTTPClient = web
		return &line{
			goth: g, client: c, pkce: true, token: posts("https://login.microsoftonline.com/common/oauth2/v2.0/token"),
			claims: &claims{keys: "https://login.microsoftonline.com/common/discovery/v2.0/keys", issued: func(said jwt.MapClaims) bool {
				by, _ := said.GetIssuer()
				tenant, _ := said["tid"].(string)
				return tenantShape.MatchString(tenant) && by == "https://login.microsoftonline.com/"+tenant+"/v2.0"
			}},
			session: func(t *oauth2.Token, _ identity) goth.Session {
				return &azureadv2.Session{AccessToken: t.AccessToken, ExpiresAt: t.Expiry}
			},
		}, nil
	}
	return p
}

// posts is a token endpoint that takes the client's secret in the form.
func posts(address string) oauth2.Endpoint {
	return oauth2.Endpoint{TokenURL: address, AuthStyle: oauth2.AuthStyleInParams}
}

func oneOf(issuers ...string) func(jwt.MapClaims) bool {
	return func(said jwt.MapClaims) bool {
		by, _ := said.GetIssuer()
		for _, issuer := range issuers {
			if by == issuer {
				return true
			}
		}
		return false
	}
}

// proof is what the club takes from a person elsewhere: who they are, and suggestions.
func (p *Provider) proof(user goth.User, sent url.Values) member.Proof {
	proof := member.Proof{Provider: p.Realm, Subject: user.UserID, Name: user.Name, Handle: user.NickName, Address: user.Email}
	switch p.Key {
	case "github":
		if proof.Subject == "0" { // goth's reading of an account without an id
			proof.Subject = ""
		}
	case "discord":
		proof.Handle = user.Name
		if name, _ := user.RawData["global_name"].(string); name != "" {
			proof.Name = name
		}
	case "apple":
		proof.Name = appleName(sent.Get("user"))
	}
	for _, label := range []string{user.Email, proof.Handle, proof.Name} {
		if proof.Label == "" {
			proof.Label = label
		}
	}
	return proof
}

// appleName is the name that Apple's page sends beside its answer, the first time only. Nobody signed
// it: it is a suggestion.
func appleName(raw string) string {
	var said struct {
		Name struct{ FirstName, LastName string }
	}
	if len(raw) > 4096 || json.Unmarshal([]byte(raw), &said) != nil {
		return ""
	}
	return strings.TrimSpace(said.Name.FirstName + " " + said.Name.LastName)
}
