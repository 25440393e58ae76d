package inbound_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"guildhall/handlers/inbound"
)

const bounced = "From: MAILER-DAEMON@mx.example\r\nMessage-ID: <d1@mx.example>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; newt@example.org\r\nAction: ACTION\r\nStatus: STATUS\r\n\r\n--b--\r\n"

func report(action, status string) string {
	return strings.NewReplacer("ACTION", action, "STATUS", status).Replace(bounced)
}

var mails = map[string]struct {
	mail string
	want inbound.Mail
}{
	"plain":     {"From: Newt <Newt@Example.org>\r\nMessage-ID: <a@b>\r\n\r\nYes.\r\n\r\nOn Tue, 3 Mar 2026 at 10:00, Northlight <club@example.org> wrote:\r\n> No?\r\n", inbound.Mail{ID: "a@b", From: "newt@example.org", Text: "Yes."}},
	"signed":    {"From: newt@example.org\r\nMessage-ID: <a@b>\r\n\r\n> No?\r\nYes.\r\n-- \r\nNewt\r\n", inbound.Mail{ID: "a@b", From: "newt@example.org", Text: "Yes."}},
	"latin":     {"From: newt@example.org\r\nMessage-ID: <a@b>\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe\r\n", inbound.Mail{ID: "a@b", From: "newt@example.org", Text: "Grüße"}},
	"with file": {"From: newt@example.org\r\nMessage-ID: <a@b>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/html\r\n\r\n<p>No</p>\r\n--y\r\nContent-Type: text/plain\r\n\r\nYes.\r\n--y--\r\n--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--x--\r\n", inbound.Mail{ID: "a@b", From: "newt@example.org", Text: "Yes.", Files: 1}},
	"html":      {"From: newt@example.org\r\nMessage-ID: <a@b>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Yes &amp; no.</p>\r\n", inbound.Mail{ID: "a@b", From: "newt@example.org", Text: "Yes & no."}},
	"away":      {"From: newt@example.org\r\nMessage-ID: <a@b>\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.\r\n", inbound.Mail{ID: "a@b", From: "newt@example.org", Text: "I am away.", Robot: true}},
	"bounced":   {report("failed", "5.1.1"), inbound.Mail{ID: "d1@mx.example", From: "mailer-daemon@mx.example", Text: "Sorry.", Report: inbound.Failed}},
	"delayed":   {report("delayed", "4.2.2"), inbound.Mail{ID: "d1@mx.example", From: "mailer-daemon@mx.example", Text: "Sorry.", Report: inbound.Delayed}},
}

func TestWhatComesIsRead(t *testing.T) {
	for name, c := range mails {
		got, err := inbound.Read(strings.NewReader(c.mail))
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// Whatever comes is read or refused, and what is read can be kept.
func FuzzRead(f *testing.F) {
	for _, c := range mails {
		f.Add(c.mail)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := inbound.Read(strings.NewReader(text))
		if err == nil && (!utf8.ValidString(m.Text) || strings.Contains(m.Text, "\x00")) {
			t.Errorf("%q cannot be kept", m.Text)
		}
	})
}
