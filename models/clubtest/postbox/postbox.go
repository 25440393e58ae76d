// Package postbox is a mail server for tests: it speaks SMTP, keeps every letter it is handed, and
// can be told to refuse some.
package postbox

import (
	"context"
	"crypto/tls"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// Letter is a mail as it arrived.
type Letter struct {
	From, To string // of the envelope
	Sealed   bool   // whether it came over an encrypted connection
	Header   mail.Header
	Text     string
	HTML     string
}

// Box keeps letters.
type Box struct {
	Addr string // host:port

	t       testing.TB
	mu      sync.Mutex
	letters []Letter
	more    chan struct{} // closed and made anew with each letter
	refuse  []int         // codes for the letters to come
	down    bool
	hold    string        // recipients that begin so are not answered
	let     chan struct{} // closed when they are
	held    int
}

// Open starts a mail server that ends with the test.
func Open(t testing.TB) *Box {
	t.Helper()
	return open(t, nil)
}

// OpenSealed is Open for a server that offers to encrypt the connection, with that certificate.
func OpenSealed(t testing.TB, certificate tls.Certificate) *Box {
	t.Helper()
	return open(t, &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12})
}

func open(t testing.TB, seal *tls.Config) *Box {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &Box{Addr: listener.Addr().String(), t: t, more: make(chan struct{})}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		_, sealed := c.TLSConnectionState()
		return &session{box: b, sealed: sealed}, nil
	}))
	server.Domain, server.TLSConfig = "postbox.test", seal
	go func() { _ = server.Serve(listener) }() // ends with Close
	t.Cleanup(func() { _ = server.Close() })
	return b
}

// URL is what a mailer is opened with.
func (b *Box) URL() string { return "smtp://" + b.Addr }

// Refuse answers each of the next letters with one of the codes.
func (b *Box) Refuse(codes ...int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refuse = append(b.refuse, codes...)
}

// Letters is what arrived so far.
func (b *Box) Letters() []Letter {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.letters)
}

// Forget empties the box.
func (b *Box) Forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.letters = nil
}

// Down lets the server take nothing, or everything again.
func (b *Box) Down(down bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.down = down
}

// Hold leaves who mails a recipient that begins so without an answer, until it is called with "".
func (b *Box) Hold(begins string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.hold = begins; begins != "" {
		b.let = make(chan struct{})
	} else {
		close(b.let)
	}
}

// Held waits until so many stand without an answer.
func (b *Box) Held(ctx context.Context, n int) {
	b.t.Helper()
	for {
		b.mu.Lock()
		held, more := b.held, b.more
		b.mu.Unlock()
		if held >= n {
			return
		}
		select {
		case <-more:
		case <-ctx.Done():
			b.t.Fatalf("%d wait for an answer, not %d", held, n)
		}
	}
}

// stand waits with whoever is not answered.
func (b *Box) stand(to string) {
	b.mu.Lock()
	let := b.let
	waits := b.hold != "" && strings.HasPrefix(to, b.hold)
	if waits {
		b.held++
		close(b.more)
		b.more = make(chan struct{})
	}
	b.mu.Unlock()
	if waits {
		<-let
	}
}

// Wait returns the letters once there are n of them, and fails the test when they do not come.
func (b *Box) Wait(ctx context.Context, n int) []Letter {
	b.t.Helper()
	for {
		b.mu.Lock()
		have, more := slices.Clone(b.letters), b.more
		b.mu.Unlock()
		if len(have) >= n {
			return have
		}
		select {
		case <-more:
		case <-ctx.Done():
			b.t.Fatalf("%d letters came, not %d", len(have), n)
		}
	}
}

type session struct {
	box      *Box
	sealed   bool
	from, to string
}

func (s *session) Reset()        { s.from, s.to = "", "" }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.box.stand(to)
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	if s.box.down {
		return &smtp.SMTPError{Code: 421, Message: "the test is down, and tells " + to}
	}
	if len(s.box.refuse) > 0 {
		code := s.box.refuse[0]
		s.box.refuse = s.box.refuse[1:]
		return &smtp.SMTPError{Code: code, Message: "the test says no"}
	}
	s.to = strings.TrimPrefix(s.to+","+to, ",")
	return nil
}

func (s *session) Data(r io.Reader) error {
	line := &heard{r: r}
	l, err := read(line)
	if line.lost != nil {
		return line.lost
	}
	if err != nil {
		s.box.t.Errorf("a letter that cannot be read: %v", err)
		return err
	}
	l.From, l.To, l.Sealed = s.from, s.to, s.sealed
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	s.box.letters = append(s.box.letters, l)
	close(s.box.more)
	s.box.more = make(chan struct{})
	return nil
}

// heard keeps what cut a letter off: one whose sender or box went away came to nobody, and is no fault of its writer.
type heard struct {
	r    io.Reader
	lost error
}

func (h *heard) Read(p []byte) (int, error) {
	n, err := h.r.Read(p)
	if err != nil && err != io.EOF {
		h.lost = err
	}
	return n, err
}

func read(r io.Reader) (l Letter, err error) {
	msg, err := mail.ReadMessage(r)
	if err != nil {
		return l, err
	}
	l.Header = msg.Header
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		return l, err
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return l, nil
		}
		if err != nil {
			return l, err
		}
		var body io.Reader = part
		if part.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
			body = quotedprintable.NewReader(part)
		}
		text, err := io.ReadAll(body)
		if err != nil {
			return l, err
		}
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			l.HTML = string(text)
		} else {
			l.Text = strings.ReplaceAll(string(text), "\r\n", "\n")
		}
	}
}
