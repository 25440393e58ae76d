package inbound

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"guildhall/models/prose"
)

// Mail is what came, as far as it is read here.
type Mail struct {
	ID     string // its Message-ID, without brackets
	From   string // a bare address, in small letters
	Robot  bool   // nobody wrote it: it is answered by nothing
	Text   string // what was written, without what was quoted and signed
	Files  int    // that hung on it, and are dropped
	Report Report // of a mail that says how another fared
}

// Report is what a mail server says of a letter of ours.
type Report string

// The reports.
const (
	None      Report = ""
	Failed    Report = "failed"
	Delayed   Report = "delayed"
	Complaint Report = "complaint"
)

const (
	deepest   = 6         // how far parts may lie within parts
	mostParts = 40        // of one mail
	mostText  = 256 << 10 // bytes of text that are looked at
	mostHead  = 64 << 10  // bytes of headers: each of them costs more in memory than on the line
)

var errUnreadable = errors.New("a mail that cannot be read")

// Read reads a mail. Anything that can be sent is read or refused: nothing it holds is trusted.
func Read(r io.Reader) (m Mail, err error) {
	whole := bufio.NewReaderSize(r, mostHead)
	head, _ := whole.Peek(mostHead) // a shorter mail ends before that
	if len(head) == mostHead && !bytes.Contains(head, []byte("\n\r\n")) && !bytes.Contains(head, []byte("\n\n")) {
		return m, errUnreadable
	}
	msg, err := mail.ReadMessage(whole)
	if err != nil {
		return m, errUnreadable
	}
	h := textproto.MIMEHeader(msg.Header)
	m.ID = strings.Trim(strings.TrimSpace(h.Get("Message-Id")), "<>")
	if from, err := mail.ParseAddress(h.Get("From")); err == nil {
		m.From = strings.ToLower(from.Address)
	}
	m.Robot = robot(h)
	p := &reading{mail: &m}
	p.part(h, msg.Body, 0)
	m.Text = Written(pick(p.plain, p.html))
	return m, nil
}

// robot tells a mail that a program wrote: an answer to one would go on for ever.
func robot(h textproto.MIMEHeader) bool {
	auto := strings.ToLower(strings.TrimSpace(h.Get("Auto-Submitted")))
	switch strings.ToLower(strings.TrimSpace(h.Get("Precedence"))) {
	case "bulk", "junk", "list", "auto_reply":
		return true
	}
	for _, name := range []string{"List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Loop"} {
		if h.Get(name) != "" {
			return true
		}
	}
	return auto != "" && auto != "no"
}

func pick(plain, html string) string {
	if strings.TrimSpace(plain) != "" || html == "" {
		return plain
	}
	return prose.Letter(html)
}

// reading is a walk through the parts of one mail.
type reading struct {
	mail        *Mail
	plain, html string
	parts       int
}

func (p *reading) part(h textproto.MIMEHeader, body io.Reader, depth int) {
	if p.parts++; p.parts > mostParts || depth > deepest {
		return
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind, params = "text/plain", nil
	}
	p.report(kind, params)
	switch {
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		parts := multipart.NewReader(body, params["boundary"])
		for p.parts <= mostParts {
			part, err := parts.NextRawPart()
			if err != nil {
				return
			}
			p.part(part.Header, part, depth+1)
		}
	case kind == "message/delivery-status":
		p.status(decoded(h, body))
	case strings.HasPrefix(strings.ToLower(h.Get("Content-Disposition")), "attachment") || kind != "text/plain" && kind != "text/html":
		p.mail.Files++
	case kind == "text/plain" && p.plain == "":
		p.plain = readable(decoded(h, body), params["charset"])
	case kind == "text/html" && p.html == "":
		p.html = readable(decoded(h, body), params["charset"])
	}
}

// report tells a mail that says how another fared (RFC 3464, RFC 5965).
func (p *reading) report(kind string, params map[string]string) {
	if kind != "multipart/report" || p.mail.Report != None {
		return
	}
	switch strings.ToLower(params["report-type"]) {
	case "feedback-report":
		p.mail.Report = Complaint
	case "delivery-status":
		p.mail.Report = Delayed
	}
}

// status reads how a letter fared: the worst of what it says counts.
func (p *reading) status(body io.Reader) {
	text, _ := io.ReadAll(io.LimitReader(body, mostText))
	failed, final := false, false
	for line := range strings.Lines(strings.ToLower(string(text))) {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		failed = failed || name == "action" && value == "failed"
		final = final || name == "status" && strings.HasPrefix(value, "5")
	}
	if p.mail.Report == Delayed && failed && final {
		p.mail.Report = Failed
	}
}

func decoded(h textproto.MIMEHeader, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

// readable is a text as UTF-8. What cannot be decoded to its end is taken as far as it goes.
func readable(body io.Reader, from string) string {
	body = io.LimitReader(body, mostText)
	if from != "" && !strings.EqualFold(from, "utf-8") {
		if utf, err := charset.NewReaderLabel(from, body); err == nil {
			body = utf
		}
	}
	text, _ := io.ReadAll(body)
	s := string(text)
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(s)
}
