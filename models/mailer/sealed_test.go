package mailer_test

import (
	"strings"
	"testing"

	"guildhall/models/clubtest/postbox"
	"guildhall/models/mailer"
)

// A letter to a server elsewhere goes over an encrypted connection, to whom the server proves to be, or
// not at all: also not where somebody in between takes the offer out.
func TestALetterElsewhereIsSealed(t *testing.T) {
	certificate, pool := postbox.Certificate(t, "mail.example.org")
	other, _ := postbox.Certificate(t, "mail.example.org") // of the same name, vouched for by nobody
	for name, c := range map[string]struct {
		address string
		open    func() *postbox.Box
		arrives bool
	}{
		"offered":             {"smtp://mail.example.org", func() *postbox.Box { return postbox.OpenSealed(t, certificate) }, true},
		"not offered":         {"smtp://mail.example.org", func() *postbox.Box { return postbox.Open(t) }, false},
		"not believed":        {"smtp://mail.example.org", func() *postbox.Box { return postbox.OpenSealed(t, other) }, false},
		"of another":          {"smtp://mail.example.net", func() *postbox.Box { return postbox.OpenSealed(t, certificate) }, false},
		"not offered, signed": {"smtp://user:pass@mail.example.org", func() *postbox.Box { return postbox.Open(t) }, false},
	} {
		box := c.open()
		m := open(t, c.address)
		m.Elsewhere(box.Addr, pool)
		err := m.Send(t.Context(), letter())
		if got := box.Letters(); (err == nil) != c.arrives || (len(got) == 1) != c.arrives || c.arrives && !got[0].Sealed {
			t.Errorf("%s: %v, %d letters", name, err, len(got))
		}
		if err != nil && (mailer.Permanent(err) || strings.Contains(err.Error(), "pass")) {
			t.Errorf("%s: %v is for good, or tells the password", name, err)
		}
	}
}
