package mailer_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"mime"
	"net"
	"strings"
	"testing"
	"time"

	"guildhall/models/clubtest/postbox"
	"guildhall/models/mailer"
)

func letter() mailer.Letter {
	return mailer.Letter{
		To: "hana@example.org", Subject: "Your link to Nørthlight", Text: "Open https://club.example/x\nSoon — please.",
		HTML: "<p>Open <a href=\"https://club.example/x\">the link</a></p>", MessageID: "abc@club.example",
		Headers: map[string]string{"List-Id": "sign-in"},
	}
}

func open(t *testing.T, url string) *mailer.Mailer {
	t.Helper()
	m, err := mailer.Open(url, "Northlight <club@example.org>")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestALetterArrivesWhole(t *testing.T) {
	box := postbox.Open(t)
	if err := open(t, box.URL()).Send(t.Context(), letter()); err != nil {
		t.Fatal(err)
	}
	got := box.Letters()
	if len(got) != 1 {
		t.Fatalf("%d letters", len(got))
	}
	l := got[0]
	subject, err := new(mime.WordDecoder).DecodeHeader(l.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	if l.To != "hana@example.org" || l.From != "club@example.org" || subject != letter().Subject || strings.TrimSpace(l.Text) != letter().Text || strings.TrimSpace(l.HTML) != letter().HTML {
		t.Errorf("arrived as %+v", l)
	}
	if l.Header.Get("Message-Id") != "<abc@club.example>" || l.Header.Get("List-Id") != "sign-in" || l.Header.Get("Auto-Submitted") != "auto-generated" || l.Header.Get("User-Agent")+l.Header.Get("X-Mailer") != "" {
		t.Errorf("headers %v", l.Header)
	}
}

func TestNothingIsSmuggledIntoALetter(t *testing.T) {
	box := postbox.Open(t)
	m := open(t, box.URL())
	for name, spoil := range map[string]func(*mailer.Letter){
		"a recipient in the recipient":  func(l *mailer.Letter) { l.To = "hana@example.org, eve@example.org" },
		"a header in the recipient":     func(l *mailer.Letter) { l.To = "hana@example.org\r\nBcc: eve@example.org" },
		"a name beside the recipient":   func(l *mailer.Letter) { l.To = "Hana <hana@example.org>" },
		"no recipient":                  func(l *mailer.Letter) { l.To = "" },
		"a header in the subject":       func(l *mailer.Letter) { l.Subject = "Hello\r\nBcc: eve@example.org" },
		"a bare line end":               func(l *mailer.Letter) { l.Subject = "Hello\nBcc: eve@example.org" },
		"a subject that is no text":     func(l *mailer.Letter) { l.Subject = "Hello \xff" },
		"a header in the message id":    func(l *mailer.Letter) { l.MessageID = "a@b\r\nBcc: eve@example.org" },
		"a message id of another form":  func(l *mailer.Letter) { l.MessageID = "<a@b>" },
		"a header in a header":          func(l *mailer.Letter) { l.Headers = map[string]string{"List-Id": "x\r\nBcc: eve@example.org"} },
		"a header in a header's name":   func(l *mailer.Letter) { l.Headers = map[string]string{"X: y\r\nBcc": "eve@example.org"} },
		"a letter without a plain text": func(l *mailer.Letter) { l.Text = "" },
	} {
		l := letter()
		spoil(&l)
		err := m.Send(t.Context(), l)
		if !errors.Is(err, mailer.ErrUnfit) || !mailer.Permanent(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := len(box.Letters()); n != 0 {
		t.Errorf("%d letters went out", n)
	}
}

func TestARefusalForGoodIsToldApart(t *testing.T) {
	box := postbox.Open(t)
	m := open(t, box.URL())
	box.Refuse(450, 550)
	if err := m.Send(t.Context(), letter()); err == nil || mailer.Permanent(err) {
		t.Errorf("a letter that may be tried again: %v", err)
	}
	if err := m.Send(t.Context(), letter()); err == nil || !mailer.Permanent(err) {
		t.Errorf("a letter that was refused for good: %v", err)
	}
	if err := m.Send(t.Context(), letter()); err != nil {
		t.Error(err)
	}
}

// A server that takes the connection and says nothing holds a sender no longer than it is asked to wait.
func TestASilentServerIsGivenUp(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	ctx, stop := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer stop()
	if err := open(t, "smtp://"+listener.Addr().String()).Send(ctx, letter()); err == nil || mailer.Permanent(err) {
		t.Errorf("a server that says nothing: %v", err)
	}
}

func TestAServerElsewhereMustEncrypt(t *testing.T) {
	for address, ok := range map[string]bool{"smtp://mail.example.org": true, "smtps://user:pass@mail.example.org:465": true, "smtp://[::1]:2525": true, "http://mail.example.org": false, "smtp://": false, "mail.example.org": false, "smtp://mail.example.org:x": false} {
		if _, err := mailer.Open(address, "club@example.org"); (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := mailer.Open("smtp://user:geheim@mail.example.org:x", "club@example.org"); err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("the password is repeated: %v", err)
	}
	if _, err := mailer.Open("smtp://localhost", "nobody"); err == nil {
		t.Error("a sender that is no address was taken")
	}
}

func TestWithoutAServerALetterIsInTheLog(t *testing.T) {
	var out bytes.Buffer
	if err := mailer.ToLog(slog.New(slog.NewJSONHandler(&out, nil))).Send(t.Context(), letter()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "https://club.example/x") {
		t.Errorf("the log has no link: %s", out.String())
	}
}
