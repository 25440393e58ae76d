// Package mailer hands letters to a mail server. What is to be mailed is decided elsewhere, at the
// moment of sending; nothing here queues or tries again.
package mailer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	smtp "github.com/wneessen/go-mail"
)

// within is how long one step of talking to the mail server may take.
const within = 20 * time.Second

// Mailer sends letters. It is safe for use by many goroutines.
type Mailer struct {
	from   *mail.Address
	server string
	port   int
	opts   []smtp.Option
	log    *slog.Logger // in place of a server, on a developer's machine
}

// Open returns the mailer of the server at address, "smtp://user:password@host:port" or "smtps://…",
// that sends as from, "Northlight <club@example.org>". With smtp the connection is encrypted before
// anything is said (STARTTLS), unless the server is this very machine or the address ends in
// "?tls=off".
func Open(address, from string) (*Mailer, error) {
	sender, err := mail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("the sender of mail, %q: %w", from, err)
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return nil, errors.New("the address of the mail server cannot be read") // it holds a password: it is never repeated
	}
	m := &Mailer{from: sender, server: u.Hostname(), opts: []smtp.Option{smtp.WithTimeout(within)}}
	if err := m.secure(u); err != nil {
		return nil, err
	}
	if u.Port() != "" {
		if m.port, err = strconv.Atoi(u.Port()); err != nil {
			return nil, fmt.Errorf("the port of the mail server: %w", err)
		}
	}
	if password, set := u.User.Password(); set {
		m.opts = append(m.opts, smtp.WithOpportunisticSMTPAuth(), smtp.WithUsername(u.User.Username()), smtp.WithPassword(password))
	}
	return m, nil
}

// secure chooses how the connection is encrypted, and the port that goes with it.
func (m *Mailer) secure(u *url.URL) error {
	switch {
	case u.Scheme == "smtps":
		m.port, m.opts = 465, append(m.opts, smtp.WithSSL())
	case u.Scheme != "smtp":
		return errors.New("the address of the mail server begins with smtp:// or smtps://")
	case u.Query().Get("tls") == "off" || here(u.Hostname()):
		m.port, m.opts = 25, append(m.opts, smtp.WithTLSPolicy(smtp.NoTLS))
	default:
		m.port, m.opts = 587, append(m.opts, smtp.WithTLSPolicy(smtp.TLSMandatory))
	}
	return nil
}

// here tells whether a server can only be this machine.
func here(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// ToLog returns a mailer that writes letters into a log instead of sending them, links and all: for
// a developer's machine, where there is no mail server.
func ToLog(log *slog.Logger) *Mailer { return &Mailer{log: log} }

// Send hands one letter to the mail server. An error that Permanent tells apart will come again.
func (m *Mailer) Send(ctx context.Context, l Letter) error {
	if err := l.check(); err != nil {
		return err
	}
	if m.log != nil {
		m.log.InfoContext(ctx, "a letter, as no mail server is set", "to", l.To, "subject", l.Subject, "text", l.Text)
		return nil
	}
	msg, err := m.message(l)
	if err != nil {
		return err
	}
	client, err := smtp.NewClient(m.server, append([]smtp.Option{smtp.WithPort(m.port)}, m.opts...)...)
	if err != nil {
		return err
	}
	sent := make(chan error, 1)
	go func() { sent <- client.DialAndSendWithContext(ctx, msg) }() // ends within its own time: the library heeds ctx only until it is connected
	select {
	case err := <-sent:
		if msg.IsDelivered() {
			return nil // what the server says to our goodbye sends no letter twice
		}
		return err
	case <-ctx.Done():
		return fmt.Errorf("the mail server: %w", ctx.Err())
	}
}

// Unreachable tells whether a letter failed because of the mailbox that it went to: not for what it says,
// nor for who sends it.
func Unreachable(err error) bool {
	var refused *smtp.SendError
	return errors.As(err, &refused) && refused.Reason == smtp.ErrSMTPRcptTo && refused.ErrorCode() >= 500 && !strings.HasPrefix(refused.EnhancedStatusCode(), "5.7")
}

// Permanent tells whether a letter that failed would fail again: the server, or this package,
// refused it for good.
func Permanent(err error) bool {
	var refused *smtp.SendError
	return errors.Is(err, ErrUnfit) || errors.As(err, &refused) && refused.ErrorCode() >= 500
}
