package handlers

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/mail"
	"net/netip"
	"net/url"
	"reflect"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"guildhall/models/push"
)

// Config is what an owner sets from outside, all of it by environment variables. Variables lists
// them with what each is for.
type Config struct {
	Addr        string         `env:"GUILDHALL_ADDR" envDefault:"127.0.0.1:8080" about:"Where pages are served: host and port."`
	BaseURL     string         `env:"GUILDHALL_BASE_URL" envDefault:"http://localhost:8080" about:"The address that members type, without a path. With https the cookie and the browser are held to it."`
	Database    string         `env:"DATABASE_URL" envDefault:"data/guildhall.db" about:"The path of an SQLite file, or postgres://user:password@host/name."`
	Bus         Secret         `env:"NATS_URL" about:"NATS, over which several instances on one Postgres tell each other at once what happened: nats://user:password@host:4222. One alone needs none."`
	MetricsAddr string         `env:"GUILDHALL_METRICS_ADDR" envDefault:"127.0.0.1:9090" about:"Where /metrics is served; set but empty for nowhere."`
	Trusted     []netip.Prefix `env:"GUILDHALL_TRUSTED_PROXIES" about:"Networks of the proxies in front, as CIDRs with commas: their X-Forwarded-For is believed, and nobody else's."`
	Dev         bool           `env:"GUILDHALL_DEV" envDefault:"false" about:"One-click sign-in as any member; refused with a public base URL."`
	LogLevel    slog.Level     `env:"GUILDHALL_LOG_LEVEL" envDefault:"info" about:"debug, info, warn or error."`
	Drain       time.Duration  `env:"GUILDHALL_DRAIN" envDefault:"1s" about:"How long /readyz says no before the doors close, for a load balancer to notice."`
	RateFactor  float64        `env:"GUILDHALL_RATE_FACTOR" envDefault:"1" about:"Multiplies every rate limit: more for a club whose members share one address."`

	SMTP     Secret `env:"GUILDHALL_SMTP_URL" about:"The mail server: smtp://user:password@host:port. Without it no mail is sent."`
	MailFrom string `env:"GUILDHALL_MAIL_FROM" about:"The sender of all mail: Northlight <club@example.org>."`

	Returns // of letters

	PushKey Secret `env:"GUILDHALL_PUSH_KEY" about:"The club's own key for web push, 32 bytes in base64url; without it one is made and kept in the database."`

	Shelf // of uploads

	Keys // of accounts elsewhere

	Log     *slog.Logger     // slog.Default() if nil
	Clock   func() time.Time // of rate limits; time.Now if nil
	Started func(net.Addr)   // called when the door is open, with where; may be nil

	Elsewhere http.RoundTripper // brings requests to providers; http.DefaultTransport if nil
}

// Secret is a setting that is never written anywhere: it prints as dots.
type Secret string

func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "…"
}

// MarshalText keeps the secret out of logs and of JSON.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ReadConfig reads the settings from an environment of NAME=value lines, as os.Environ gives it;
// nil gives the defaults. It refuses settings that could not work, naming the variable.
func ReadConfig(environ []string) (Config, error) {
	var c Config
	given := env.ToMap(environ)
	if err := env.ParseWithOptions(&c, env.Options{Environment: given}); err != nil {
		return c, fmt.Errorf("read the settings: %w", err)
	}
	if addr, set := given["GUILDHALL_METRICS_ADDR"]; set && addr == "" { // where the default would stand again
		c.MetricsAddr = ""
	}
	return c, c.check()
}

// check folds the settings into their one shape, and says which of them cannot be.
func (c *Config) check() error {
	base, err := url.Parse(c.BaseURL)
	switch {
	case err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Hostname() == "" || base.User != nil:
		return fmt.Errorf("GUILDHALL_BASE_URL is %q: write http:// or https:// and a host", c.BaseURL)
	case strings.Trim(base.Path, "/") != "" || base.RawQuery != "" || base.Fragment != "":
		return fmt.Errorf("GUILDHALL_BASE_URL is %q: the club has a host of its own, so leave out the path", c.BaseURL)
	case c.Dev && !loopback(base.Hostname()):
		return fmt.Errorf("--dev lets anybody in as anybody, and GUILDHALL_BASE_URL %s is public: use http://localhost", c.BaseURL)
	case c.Dev && !loopbackAddr(c.Addr):
		return fmt.Errorf("--dev lets anybody in as anybody, and GUILDHALL_ADDR %s can be reached from elsewhere: use 127.0.0.1", c.Addr)
	case c.RateFactor <= 0 || c.Drain < 0:
		return fmt.Errorf("GUILDHALL_RATE_FACTOR and GUILDHALL_DRAIN cannot be negative, and the first not 0")
	}
	c.BaseURL = base.Scheme + "://" + strings.ToLower(base.Host)
	if c.Dev {
		c.Drain = 0 // a developer has no load balancer, and little patience
	}
	if err := c.checkBus(); err != nil {
		return err
	}
	if err := c.checkMail(); err != nil {
		return err
	}
	if err := c.Returns.check(base); err != nil {
		return err
	}
	if _, err := push.ParseKey(string(c.PushKey)); err != nil && c.PushKey != "" {
		return errors.New("GUILDHALL_PUSH_KEY cannot be read: it is 32 bytes in base64url, of a key on P-256")
	}
	if err := c.Shelf.check(); err != nil {
		return err
	}
	return c.Keys.check()
}

func (c *Config) checkMail() error {
	if c.SMTP == "" {
		return nil
	}
	server, err := url.Parse(string(c.SMTP))
	if err != nil || server.Scheme != "smtp" && server.Scheme != "smtps" || server.Hostname() == "" {
		return fmt.Errorf("GUILDHALL_SMTP_URL cannot be read: write smtp://user:password@host:port")
	}
	if _, err := mail.ParseAddress(c.MailFrom); err != nil {
		return fmt.Errorf("GUILDHALL_MAIL_FROM is %q: mail needs a sender, such as Northlight <club@example.org>", c.MailFrom)
	}
	return nil
}

// loopback tells whether a host name can only be this machine.
func loopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// loopbackAddr tells whether an address to listen on can be reached from this machine alone. None at
// all is that of a test, which brings its own listener.
func loopbackAddr(addr string) bool {
	if addr == "" {
		return true
	}
	host, _, err := net.SplitHostPort(addr)
	return err == nil && loopback(host)
}

// https tells whether members come by https.
func (c *Config) https() bool { return strings.HasPrefix(c.BaseURL, "https://") }

// host is the base URL's host name, without a port.
func (c *Config) host() string {
	base, err := url.Parse(c.BaseURL)
	if err != nil {
		return ""
	}
	return base.Hostname()
}

// Origins are the addresses, as browsers send them, from which a page of ours opens a socket: the
// base URL's and, with --dev, the same port by every name of this machine.
func (c *Config) Origins() []string {
	origins := []string{c.BaseURL}
	if base, err := url.Parse(c.BaseURL); err == nil && c.Dev {
		for _, name := range []string{"localhost", "127.0.0.1", "[::1]"} {
			origins = append(origins, base.Scheme+"://"+strings.TrimSuffix(name+":"+base.Port(), ":"))
		}
	}
	return origins
}

// Variable is one line of the table of settings.
type Variable struct{ Name, Default, About string }

// Variables lists every setting in the order in which Config declares them.
func Variables() []Variable { return variables(reflect.TypeFor[Config](), "") }

func variables(of reflect.Type, prefix string) (all []Variable) {
	for field := range of.Fields() {
		if field.Type.Kind() == reflect.Struct && (field.Anonymous || field.Tag.Get("envPrefix") != "") {
			all = append(all, variables(field.Type, prefix+field.Tag.Get("envPrefix"))...)
			continue
		}
		if name := field.Tag.Get("env"); name != "" {
			all = append(all, Variable{prefix + name, field.Tag.Get("envDefault"), field.Tag.Get("about")})
		}
	}
	return all
}
