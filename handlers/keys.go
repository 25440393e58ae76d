package handlers

import (
	"fmt"
	"net/url"
)

// Keys are what the club was given by those elsewhere whose accounts open it. A provider is on
// when its keys are there.
type Keys struct {
	Google    Key      `envPrefix:"GUILDHALL_GOOGLE_"`
	GitHub    Key      `envPrefix:"GUILDHALL_GITHUB_"`
	Discord   Key      `envPrefix:"GUILDHALL_DISCORD_"`
	Facebook  Key      `envPrefix:"GUILDHALL_FACEBOOK_"`
	Microsoft Key      `envPrefix:"GUILDHALL_MICROSOFT_"`
	Apple     AppleKey `envPrefix:"GUILDHALL_APPLE_"`
	OIDC      Issuer   `envPrefix:"GUILDHALL_OIDC_"`
}

// Key is a client's id and secret.
type Key struct {
	ID     string `env:"ID" about:"The client id that the provider gave."`
	Secret Secret `env:"SECRET" about:"The client secret that goes with it."`
}

// On tells whether the provider can be used.
func (k Key) On() bool { return k.ID != "" }

// AppleKey is what Apple gives instead of a secret: a key that signs one.
type AppleKey struct {
	ID    string `env:"ID" about:"Apple's services id."`
	Team  string `env:"TEAM" about:"The team's id."`
	KeyID string `env:"KEY_ID" about:"The id of the signing key."`
	Key   Secret `env:"KEY" about:"The signing key itself, as PEM text."`
}

// On tells whether Apple can be used.
func (k AppleKey) On() bool { return k.ID != "" }

// Issuer is any OpenID Connect issuer.
type Issuer struct {
	Name   string `env:"NAME" envDefault:"OpenID" about:"What the button of the issuer says."`
	Issuer string `env:"ISSUER" about:"Any OpenID Connect issuer: its address, https://id.example.org."`
	ID     string `env:"ID" about:"The client id that the issuer gave."`
	Secret Secret `env:"SECRET" about:"The client secret that goes with it."`
}

// On tells whether the issuer can be used.
func (k Issuer) On() bool { return k.Issuer != "" }

func (k Keys) check() error {
	for name, key := range map[string]Key{"GOOGLE": k.Google, "GITHUB": k.GitHub, "DISCORD": k.Discord, "FACEBOOK": k.Facebook, "MICROSOFT": k.Microsoft} {
		if (key.ID == "") != (key.Secret == "") {
			return fmt.Errorf("GUILDHALL_%s_ID and GUILDHALL_%s_SECRET go together", name, name)
		}
	}
	if a := k.Apple; a.On() && (a.Team == "" || a.KeyID == "" || a.Key == "") {
		return fmt.Errorf("GUILDHALL_APPLE_ID needs GUILDHALL_APPLE_TEAM, GUILDHALL_APPLE_KEY_ID and GUILDHALL_APPLE_KEY")
	}
	if i := k.OIDC; i.On() {
		at, err := url.Parse(i.Issuer)
		if err != nil || at.Scheme != "https" && !(at.Scheme == "http" && loopback(at.Hostname())) || at.Host == "" {
			return fmt.Errorf("GUILDHALL_OIDC_ISSUER is %q: write its https:// address", i.Issuer)
		}
		if i.ID == "" || i.Secret == "" {
			return fmt.Errorf("GUILDHALL_OIDC_ISSUER needs GUILDHALL_OIDC_ID and GUILDHALL_OIDC_SECRET")
		}
	}
	return nil
}

// destinations are the origins that the forms of the sign-in page lead on to. A browser that
// obeys form-action follows a form's redirect nowhere else.
func (k Keys) destinations() (origins []string) {
	for _, p := range []struct {
		on     bool
		origin string
	}{
		{k.Google.On(), "https://accounts.google.com"},
		{k.GitHub.On(), "https://github.com"},
		{k.Discord.On(), "https://discord.com"},
		{k.Facebook.On(), "https://www.facebook.com"},
		{k.Microsoft.On(), "https://login.microsoftonline.com"},
		{k.Apple.On(), "https://appleid.apple.com"},
		{k.OIDC.On(), originOf(k.OIDC.Issuer)},
	} {
		if p.on {
			origins = append(origins, p.origin)
		}
	}
	return origins
}

func originOf(address string) string {
	at, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return at.Scheme + "://" + at.Host
}
