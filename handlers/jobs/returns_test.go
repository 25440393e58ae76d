package jobs_test

import (
	"context"
	"log/slog"
	"net"
	"net/smtp"
	"strings"
	"testing"
	"time"

	"guildhall/handlers/inbound"
	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
)

// door opens the way back for the letters of a desk, and returns how a mail is sent there.
func (d *desk) door(t *testing.T) func(from, to, mail string) error {
	t.Helper()
	_, send := d.opens(t, inbound.House{Pace: func(id.ID) bool { return true }})
	return send
}

// opens is door with more said of it, and where it stands.
func (d *desk) opens(t *testing.T, h inbound.House) (at string, send func(from, to, mail string) error) {
	t.Helper()
	listener := clubtest.Must(net.Listen("tcp", "127.0.0.1:0"))(t)
	h.Club, h.Domain, h.Log = d.club.Club, "club.example", slog.New(slog.DiscardHandler)
	door := clubtest.Must(inbound.New(h))(t)
	ended := make(chan error, 1)
	go func() { ended <- door.Serve(listener) }()
	t.Cleanup(func() {
		clubtest.OK(t, door.Close())
		clubtest.OK(t, <-ended)
	})
	d.Returns("club.example")
	return listener.Addr().String(), func(from, to, mail string) error {
		return smtp.SendMail(listener.Addr().String(), nil, from, []string{to}, []byte(strings.ReplaceAll(mail, "\n", "\r\n")))
	}
}

func (d *desk) posts(t *testing.T, topic forum.Topic) (all []string) {
	t.Helper()
	clubtest.OK(t, d.club.Store.Read(context.Background()).Raw("select source from posts where topic_id = ? order by number", topic.ID).Scan(&all).Error)
	return all
}

// A member answers a letter, and it is posted: once, as them, and only while they may. Everybody else
// gets nowhere.
func TestALetterIsAnswered(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		send := d.door(t)
		d.mailbox(t, club.Newcomer, "newt@example.org")
		topic := d.asks(t, "Cellar")
		club.Clock.Turn(time.Minute)
		club.Reply(club.Regular, topic, "Use HP5.")
		got := d.after(t, 11*time.Minute)
		if len(got) != 1 {
			t.Fatalf("%d letters went", len(got))
		}
		to := strings.Trim(got[0].Header.Get("Reply-To"), "<>")
		if !strings.HasPrefix(to, "reply-") || !strings.HasSuffix(to, "@club.example") || !strings.HasPrefix(got[0].From, "bounce-") {
			t.Fatalf("answers go to %q, bounces to %q", to, got[0].From)
		}
		mail := func(id, from, text string) string {
			return "From: " + from + "\nMessage-ID: <" + id + ">\nSubject: Re\n\n" + text + "\n\nOn Tue, Northlight <club@example.org> wrote:\n> Use HP5.\n"
		}
		for range 2 {
			clubtest.OK(t, send("newt@example.org", to, mail("1@x", "Newt <newt@example.org>", "Thank you, by mail.")))
		}
		if all := d.posts(t, topic); len(all) != 3 || all[2] != "Thank you, by mail." {
			t.Fatalf("the topic has %q", all)
		}
		if send("newt@example.org", "somebody@elsewhere.example", mail("2@x", "newt@example.org", "Pass it on.")) == nil || send("newt@example.org", "club@club.example", mail("2@x", "newt@example.org", "No.")) == nil {
			t.Error("mail for somebody else was taken")
		}
		clubtest.OK(t, send("", to, mail("3@x", "newt@example.org", "From nobody.")))
		clubtest.OK(t, send("newt@example.org", to, "Auto-Submitted: auto-replied\n"+mail("4@x", "newt@example.org", "I am away.")))
		clubtest.OK(t, send("newt@example.org", "reply-"+strings.Repeat("a", 26)+"@club.example", mail("5@x", "newt@example.org", "A guess.")))
		if got := d.after(t, 0); len(got) != 1 {
			t.Errorf("%d letters: a program was answered", len(got))
		}
		clubtest.OK(t, send("eve@example.net", to, mail("6@x", "eve@example.net", "Somebody else.")))
		clubtest.OK(t, send("eve@example.net", to, mail("7@x", "eve@example.net", "Once more.")))
		got = d.after(t, 0)
		if len(got) != 2 || got[1].To != "newt@example.org" || !strings.Contains(got[1].Text, "not confirmed here") {
			t.Errorf("%d letters after a stranger's answers", len(got))
		}
		d.shut(t, topic)
		club.Clock.Turn(2 * time.Hour)
		clubtest.OK(t, send("newt@example.org", to, mail("8@x", "newt@example.org", "Behind a closed door.")))
		if got = d.after(t, 0); len(got) != 3 || !strings.Contains(got[2].Text, "cannot write there") || strings.Contains(got[2].Text, "grain") {
			t.Errorf("%d letters after an answer to what is closed", len(got))
		}
		clubtest.OK(t, d.club.Access.SetLocks(t.Context(), club.Again(club.Owner), topic.SpaceID, map[access.Verb]access.Lock{}))
		club.Clock.Turn(91 * 24 * time.Hour)
		clubtest.OK(t, send("newt@example.org", to, mail("9@x", "newt@example.org", "Much too late.")))
		if all := d.posts(t, topic); len(all) != 3 {
			t.Errorf("the topic has %q", all)
		}
		for clubtest.Must(d.club.Bell.SweepLetters(t.Context(), 1))(t) > 0 {
		}
		var keys, letters, told int64
		for table, n := range map[string]*int64{"return_keys": &keys, "mailings": &letters, "notifications": &told} {
			clubtest.OK(t, club.Store.Read(t.Context()).Table(table).Count(n).Error)
		}
		if keys != 0 || letters != 0 || told == 0 {
			t.Errorf("after 91 days %d keys, %d letters and %d lines of the bell are kept", keys, letters, told)
		}
	})
}

// Word of two letters that could not be delivered stops those to come, and confirming the address
// again lets them go.
func TestBouncesStopLetters(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, d := t.Context(), open(t, club)
		send := d.door(t)
		d.mailbox(t, club.Newcomer, "newt@example.org")
		topic := d.asks(t, "")
		club.Clock.Turn(time.Minute)
		club.Reply(club.Regular, topic, "Use HP5.")
		to := d.after(t, 11*time.Minute)[0].From
		bounce := "From: MAILER-DAEMON@mx.example\nMessage-ID: <d1@mx.example>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
		stopped := func() bool { return len(clubtest.Must(club.Bell.Stopped(ctx, club.Newcomer.ID))(t)) == 1 }
		clubtest.OK(t, send("", to, bounce))
		if stopped() {
			t.Error("one bounce stopped all letters")
		}
		club.Clock.Turn(31 * 24 * time.Hour)
		clubtest.OK(t, send("", to, bounce))
		if stopped() {
			t.Error("a bounce was not forgotten")
		}
		clubtest.OK(t, send("", to, bounce))
		if !stopped() {
			t.Fatal("letters go on to a mailbox that is not there")
		}
		d.box.Forget()
		club.Reply(club.Regular, topic, "And a tripod.")
		if got := d.after(t, time.Hour); len(got) != 0 {
			t.Errorf("%d letters went there", len(got))
		}
		d.mailbox(t, club.Newcomer, "newt@example.org")
		club.Reply(club.Regular, topic, "And patience.")
		if got := d.after(t, time.Hour); stopped() || len(got) != 1 {
			t.Errorf("%d letters once it was confirmed again", len(got))
		}
	})
}
