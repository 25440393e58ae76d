// Package inbound takes the mail that comes back: answers to letters, which become posts, and word of
// letters that did not arrive. It takes mail for the addresses of our own letters and for nobody else,
// and passes none on.
package inbound

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-smtp"

	"guildhall/models"
	"guildhall/models/id"
	"guildhall/models/notify"
)

const (
	mostBytes  = 10 << 20    // of one mail, with what hangs on it
	mostPeople = 5           // recipients of one mail
	patience   = time.Minute // for the next command, and for the whole of a mail
)

// House is what a door needs to know of where it stands.
type House struct {
	Club        *models.Club
	Domain      string           // whose mail comes in
	Certificate *tls.Certificate // with one, the connection can be encrypted
	Log         *slog.Logger

	// Pace tells whether one thing more may be done now: by a member, or with the address of a letter. Where
	// a mail comes from is no matter, as a relay brings the mail of everybody.
	Pace func(who id.ID) bool
}

// Door is where mail comes in.
type Door struct {
	House
	server *smtp.Server
	stay   time.Duration // of one connection
}

// New returns the door for mail to the domain of a house.
func New(h House) (*Door, error) {
	for _, w := range Ways() {
		if err := w.Check("handlers/inbound/declared.go"); err != nil {
			return nil, err
		}
	}
	h.Domain = strings.ToLower(h.Domain)
	d := &Door{House: h, stay: longestStay}
	s := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &session{door: d}, nil
	}))
	s.Domain, s.ReadTimeout, s.WriteTimeout, s.MaxMessageBytes, s.MaxRecipients, s.MaxLineLength = h.Domain, patience, patience, mostBytes, mostPeople, 2000
	s.ErrorLog = slog.NewLogLogger(h.Log.Handler(), slog.LevelDebug) // what those break who come
	if h.Certificate != nil {
		s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*h.Certificate}, MinVersion: tls.VersionTLS12}
	}
	d.server = s
	return d, nil
}

// Serve takes mail from the listener until Close.
func (d *Door) Serve(l net.Listener) error {
	if err := d.server.Serve(received(l, d.stay)); !errors.Is(err, smtp.ErrServerClosed) {
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
	kind notify.Way
	key  string
	back notify.Returned // the letter
}

func (s *session) Reset()        { s.sender, s.to = "", nil }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.sender = from
	return nil
}

var errNobody = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such address here"}

// Rcpt takes the addresses of our own letters, spelled alike whether they ended or never were. What is for
// those is let go unread, and costs nobody anything: the others are held to so many mails for each.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	local, domain, _ := strings.Cut(strings.ToLower(to), "@")
	kind, key, ok := strings.Cut(local, "-")
	way := notify.Way(kind)
	if !ok || domain != s.door.Domain || way != notify.ForReplies && way != notify.ForBounces || len(key) > 64 {
		return errNobody
	}
	ctx, stop := context.WithTimeout(context.Background(), takeWithin)
	defer stop()
	back, known, err := s.door.Club.Bell.Return(ctx, way, key)
	switch {
	case err != nil:
		return s.missed(way, err)
	case !known: // nobody learns which there are
		return nil
	case !s.door.Pace(back.Mailing.ID):
		return errOften
	}
	s.to = append(s.to, envelope{way, key, back})
	return nil
}

// missed says that something of ours broke, so that the mail comes again.
func (s *session) missed(way notify.Way, err error) error {
	s.door.Log.Error("a mail that came back was not taken", "kind", way, "error", fmt.Sprint(err))
	return errLater
}

// Both let the sender keep a mail and try again: when what broke of ours is whole, and more slowly.
var (
	errLater = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "Try again later"}
	errOften = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Too many mails at once, try again later"}
)

func (s *session) Data(r io.Reader) error {
	if len(s.to) == 0 {
		_, err := io.Copy(io.Discard, r)
		return err
	}
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
			return s.missed(to.kind, err)
		}
	}
	return nil
}
