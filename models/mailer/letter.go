package mailer

import (
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	smtp "github.com/wneessen/go-mail"
)

// Letter is one mail to one person, in plain text and in HTML that says the same.
type Letter struct {
	To        string // one bare address
	Subject   string
	Text      string
	HTML      string
	MessageID string            // "id@host": a letter that is sent again, unchanged, keeps it
	Headers   map[string]string // more of them: "List-Unsubscribe"
	ReplyTo   string            // a bare address to which an answer goes; empty: to the sender
	Return    string            // a bare address to which the letter itself goes back; empty: to the sender
}

// ErrUnfit says that a letter cannot be sent as it is.
var ErrUnfit = errors.New("a letter that cannot be sent")

// check refuses whatever could be read as another header, another recipient or another letter.
func (l Letter) check() error {
	to, err := mail.ParseAddress(l.To)
	switch {
	case err != nil || to.Address != l.To || to.Name != "":
		return fmt.Errorf("%w: the recipient is not one bare address", ErrUnfit)
	case l.Subject == "" || len(l.Subject) > 200 || !line(l.Subject):
		return fmt.Errorf("%w: the subject is not one line", ErrUnfit)
	case l.Text == "" || l.HTML == "":
		return fmt.Errorf("%w: it is empty", ErrUnfit)
	case l.MessageID == "" || !line(l.MessageID) || strings.ContainsAny(l.MessageID, "<> ") || strings.Count(l.MessageID, "@") != 1:
		return fmt.Errorf("%w: the message id is not of the form id@host", ErrUnfit)
	}
	for _, address := range []string{l.ReplyTo, l.Return} {
		if bare, err := mail.ParseAddress(address); address != "" && (err != nil || bare.Address != address || bare.Name != "") {
			return fmt.Errorf("%w: the address for what comes back is not one bare address", ErrUnfit)
		}
	}
	for name, value := range l.Headers {
		if !token(name) || !line(value) {
			return fmt.Errorf("%w: the header %q is not one line", ErrUnfit, name)
		}
	}
	return nil
}

// line tells whether a text stays on one line of a header.
func line(s string) bool { return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl) }

// token tells whether a text can be the name of a header.
func token(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
}

func (m *Mailer) message(l Letter) (*smtp.Msg, error) {
	msg := smtp.NewMsg(smtp.WithNoDefaultUserAgent())
	msg.FromMailAddress(m.from)
	if err := msg.To(l.To); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnfit, err)
	}
	if err := m.returning(msg, l); err != nil {
		return nil, err
	}
	msg.Subject(l.Subject)
	msg.SetDate()
	msg.SetMessageIDWithValue(l.MessageID)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	for name, value := range l.Headers {
		msg.SetGenHeader(smtp.Header(name), value)
	}
	msg.SetBodyString(smtp.TypeTextPlain, l.Text)
	msg.AddAlternativeString(smtp.TypeTextHTML, l.HTML)
	return msg, nil
}

// returning says where an answer and the letter itself go back to.
func (m *Mailer) returning(msg *smtp.Msg, l Letter) error {
	if l.ReplyTo != "" {
		if err := msg.ReplyTo(l.ReplyTo); err != nil {
			return fmt.Errorf("%w: %w", ErrUnfit, err)
		}
	}
	if l.Return != "" {
		if err := msg.EnvelopeFrom(l.Return); err != nil {
			return fmt.Errorf("%w: %w", ErrUnfit, err)
		}
	}
	return nil
}
