// Package inbound takes the mail that comes back: answers to letters, which become posts, and word of
// letters that did not arrive. It takes mail for the addresses of our own letters and for nobody else,
// and passes none on.
package inbound

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-smtp"
	"golang.org/x/net/netutil"

	"guildhall/models"
)

const (
	mostBytes  = 10 << 20 // of one mail, with what hangs on it
	mostPeople = 5        // recipients of one mail
	mostGuests = 50       // connections at a time
	patience   = time.Minute
)

// Door is where mail comes in.
type Door struct {
	club   *models.Club
	domain string
	log    *slog.Logger
	server *smtp.Server
}

// New returns the door for mail to domain. With a certificate the connection can be encrypted.
func New(club *models.Club, domain string, certificate *tls.Certificate, log *slog.Logger) *Door {
	d := &Door{club: club, domain: strings.ToLower(domain), log: log}
	s := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{door: d}, nil }))
	s.Domain, s.ReadTimeout, s.WriteTimeout, s.MaxMessageBytes, s.MaxRecipients, s.MaxLineLength = domain, patience, patience, mostBytes, mostPeople, 2000
	if certificate != nil {
		s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*certificate}, MinVersion: tls.VersionTLS12}
	}
	d.server = s
	return d
}

// Serve takes mail from the listener until Close.
func (d *Door) Serve(l net.Listener) error {
	if err := d.server.Serve(netutil.LimitListener(l, mostGuests)); !errors.Is(err, smtp.ErrServerClosed) {
		return err
	}
	return nil
}

// Close ends it.
func (d *Door) Close() error { return d.server.Close() }

// session is one connection, and the mail that it brings.
type session struct {
	door   *Door
	sender string
	to     []envelope
}

// envelope is one address of ours that a mail is for.
type envelope struct {
	kind string // "reply" or "bounce"
	key  string
}

func (s *session) Reset()        { s.sender, s.to = "", nil }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.sender = from
	return nil
}

var errNobody = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such address here"}

// Rcpt takes the addresses of our own letters, spelled alike whether they ended or never were.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	local, domain, _ := strings.Cut(strings.ToLower(to), "@")
	kind, key, ok := strings.Cut(local, "-")
	if !ok || domain != s.door.domain || kind != "reply" && kind != "bounce" || len(key) > 64 {
		return errNobody
	}
	s.to = append(s.to, envelope{kind, key})
	return nil
}

// errLater lets the sender keep a mail and try again: what broke is ours.
var errLater = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "Try again later"}

func (s *session) Data(r io.Reader) error {
	m, err := Read(r)
	if _, rest := io.Copy(io.Discard, r); err == nil && rest != nil {
		err = rest
	}
	if big := (*smtp.SMTPError)(nil); errors.As(err, &big) {
		return big
	}
	if err != nil {
		return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "That cannot be read"}
	}
	for _, to := range s.to {
		if err := s.door.take(to, m, s.sender == ""); err != nil {
			s.door.log.Error("a mail that came back was not taken", "kind", to.kind, "error", fmt.Sprint(err))
			return errLater
		}
	}
	return nil
}
