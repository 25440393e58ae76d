package jobs_test

import (
	"crypto/tls"
	"net/smtp"
	"strings"
	"testing"
	"time"

	"guildhall/handlers/inbound"
	"guildhall/models/clubtest"
	"guildhall/models/clubtest/postbox"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/safety"
)

// lettered is newt with a letter in their mailbox that they can answer.
func (d *desk) lettered(t *testing.T) (topic forum.Topic, l postbox.Letter) {
	t.Helper()
	d.mailbox(t, d.club.Newcomer, "newt@example.org")
	topic = d.asks(t, "")
	d.club.Clock.Turn(time.Minute)
	d.club.Reply(d.club.Regular, topic, "Use HP5.")
	got := d.after(t, 11*time.Minute)
	if len(got) != 1 {
		t.Fatalf("%d letters went", len(got))
	}
	return topic, got[0]
}

func replyTo(l postbox.Letter) string { return strings.Trim(l.Header.Get("Reply-To"), "<>") }

func written(key, text string) string {
	return "From: newt@example.org\nMessage-ID: <" + key + "@x>\nSubject: Re\n\n" + text + "\n"
}

const bounceOf = "From: MAILER-DAEMON@mx.example\nMessage-ID: <d1@mx.example>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nAction: failed\nStatus: 5.1.1\n\n--b--\n"

// The address for bounces, which every mail server on the way reads, posts nothing; and the one for
// answers stops no letters.
func TestEachAddressOfALetterTakesItsOwn(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		send := d.door(t)
		topic, l := d.lettered(t)
		_, forReplies, _ := strings.Cut(replyTo(l), "-")
		_, forBounces, _ := strings.Cut(l.From, "-")
		if forReplies == forBounces || !strings.HasPrefix(l.From, "bounce-") {
			t.Fatal("one key serves for both")
		}
		clubtest.OK(t, send("newt@example.org", "reply-"+forBounces, written("1", "By the wrong key.")))
		clubtest.OK(t, send("newt@example.org", l.From, written("2", "By the wrong address.")))
		for range 3 {
			clubtest.OK(t, send("", "bounce-"+forReplies, bounceOf))
			clubtest.OK(t, send("", replyTo(l), bounceOf))
		}
		if all := d.posts(t, topic); len(all) != 2 {
			t.Errorf("the topic has %q", all)
		}
		if stopped := clubtest.Must(club.Bell.Stopped(t.Context(), club.Newcomer.ID))(t); len(stopped) != 0 {
			t.Error("letters were stopped by the key of an answer")
		}
		clubtest.OK(t, send("newt@example.org", replyTo(l), written("3", "By the right one.")))
		if all := d.posts(t, topic); len(all) != 3 {
			t.Errorf("the topic has %q", all)
		}
	})
}

// Whoever holds a letter of somebody answers in their place no more, once they ended the links of their
// letters, signed out everywhere else, or were suspended.
func TestAnswersEnd(t *testing.T) {
	for name, ends := range map[string]func(t *testing.T, club *clubtest.Club){
		"nothing": func(*testing.T, *clubtest.Club) {},
		"somebody else signs out": func(t *testing.T, club *clubtest.Club) {
			clubtest.OK(t, club.Members.RevokeOthers(t.Context(), club.Again(club.Regular), 0))
		},
		"the links end": func(t *testing.T, club *clubtest.Club) {
			clubtest.OK(t, club.Bell.EndLinks(t.Context(), club.Again(club.Newcomer)))
		},
		"they sign out everywhere": func(t *testing.T, club *clubtest.Club) {
			clubtest.OK(t, club.Members.RevokeOthers(t.Context(), club.Again(club.Newcomer), 0))
		},
		"they are suspended": func(t *testing.T, club *clubtest.Club) {
			clubtest.OK(t, club.Safety.Suspend(t.Context(), club.Again(club.Owner), club.Newcomer.ID, nil, "A rest."))
			clubtest.OK(t, club.Safety.Lift(t.Context(), club.Again(club.Owner), club.Newcomer.ID))
		},
		"they are removed": func(t *testing.T, club *clubtest.Club) {
			clubtest.OK(t, club.Safety.Remove(t.Context(), club.Again(club.Owner), club.Newcomer.ID, safety.Removal{Typed: "newt", Reason: "Selling."}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
				d := open(t, club)
				send := d.door(t)
				topic, l := d.lettered(t)
				ends(t, club)
				clubtest.OK(t, send("newt@example.org", replyTo(l), written("1", "Still here.")))
				want := 2
				if name == "nothing" || name == "somebody else signs out" {
					want = 3
				}
				if all := d.posts(t, topic); len(all) != want {
					t.Errorf("the topic has %q", all)
				}
			})
		})
	}
}

// Answers by mail are held to what a member may write at a time. Strangers use up nothing of it.
func TestAnswersByMailArePaced(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		left, mails := 2, 100
		_, send := d.opens(t, inbound.House{Pace: func(who id.ID) bool {
			if who == club.Newcomer.ID {
				left--
				return left >= 0
			}
			mails--
			return mails >= 0
		}})
		topic, l := d.lettered(t)
		clubtest.OK(t, send("eve@example.net", replyTo(l), strings.Replace(written("0", "A stranger."), "newt@example.org", "eve@example.net", 1)))
		if left != 2 {
			t.Error("a stranger used up what a member may write")
		}
		d.after(t, time.Hour) // what the stranger caused is told
		d.box.Forget()
		for _, key := range []string{"1", "2", "3"} {
			clubtest.OK(t, send("newt@example.org", replyTo(l), written(key, "Answer "+key+".")))
		}
		if all := d.posts(t, topic); len(all) != 4 || all[3] != "Answer 2." {
			t.Errorf("the topic has %q", all)
		}
		if got := d.after(t, time.Hour); len(got) != 1 || !strings.Contains(got[0].Text, "within a short time") {
			t.Errorf("%d letters say why", len(got))
		}
		before := mails
		for range 3 {
			clubtest.OK(t, send("eve@example.net", "reply-"+strings.Repeat("a", 26)+"@club.example", written("5", "A guess.")))
		}
		if send("eve@example.net", "club@club.example", written("6", "No such address.")) == nil || mails != before {
			t.Errorf("mail for nobody used up %d of what is for a letter", before-mails)
		}
		mails = 0
		clubtest.OK(t, send("eve@example.net", "reply-"+strings.Repeat("a", 26)+"@club.example", written("7", "A guess.")))
		if err := send("newt@example.org", replyTo(l), written("4", "Once more.")); err == nil || !strings.HasPrefix(err.Error(), "451 ") {
			t.Errorf("mail without end to one letter: %v", err)
		}
	})
}

// The address of an answer gets around with it: its member is told of every use, after the first it ends in
// two days, and unused in two weeks.
func TestTheAddressOfAnAnswerEndsSoon(t *testing.T) {
	for name, c := range map[string]struct {
		first, then time.Duration
		posted      int
	}{
		"soon after the first": {time.Hour, 47 * time.Hour, 2}, "later after the first": {time.Hour, 49 * time.Hour, 1},
		"in the second week": {13 * 24 * time.Hour, 30 * time.Hour, 1}, "in the third week": {15 * 24 * time.Hour, time.Hour, 0},
	} {
		t.Run(name, func(t *testing.T) {
			clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
				d := open(t, club)
				send := d.door(t)
				topic, l := d.lettered(t)
				club.Clock.Turn(c.first)
				clubtest.OK(t, send("newt@example.org", replyTo(l), written("1", "The first.")))
				club.Clock.Turn(c.then)
				clubtest.OK(t, send("newt@example.org", replyTo(l), written("2", "The second.")))
				if all := d.posts(t, topic); len(all) != 2+c.posted {
					t.Errorf("the topic has %q", all)
				}
				notes, _, err := club.Home.Notes(t.Context(), club.Again(club.Newcomer), "", 50)
				clubtest.OK(t, err)
				told := 0
				for _, n := range notes {
					if n.Kind == notify.Mailed && n.Topic == topic.ID && n.Number > 2 {
						told++
					}
				}
				if told != c.posted {
					t.Errorf("of %d posts told %d times", c.posted, told)
				}
			})
		})
	}
}

// No address of a letter is posted, also not of another letter than the one that is answered.
func TestNoAddressOfALetterIsPosted(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		send := d.door(t)
		topic, l := d.lettered(t)
		for i, at := range []string{l.From, "Reply-" + strings.Repeat("A2", 13) + "@club.example"} {
			clubtest.OK(t, send("newt@example.org", replyTo(l), written(string(rune('a'+i)), "Answer.\n\nFrom: "+at+"\nMore.")))
			if all := d.posts(t, topic); len(all) != 3+i || all[2+i] != "Answer." {
				t.Errorf("the topic has %q", all)
			}
		}
	})
}

// What stands below the marker of a letter is not posted, whatever language and mail program it is in.
func TestWhatIsBelowTheMarkerIsCut(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		send := d.door(t)
		topic, l := d.lettered(t)
		if !strings.HasPrefix(l.Text, "=== Write your answer above this line ===\n") || strings.Index(l.HTML, "above this line") > strings.Index(l.HTML, "Use HP5.") {
			t.Fatalf("no marker stands first:\n%s", l.Text)
		}
		for i, between := range []string{"", "2026年3月3日(火) 10:00 Northlight <club@example.org>:\n\n", "W dniu 3.03.2026 o 10:00\nNorthlight pisze:\n\n", "Northlight <" + replyTo(l) + "> a scris\n"} {
			key := string(rune('a' + i))
			clubtest.OK(t, send("newt@example.org", replyTo(l), strings.Replace(written(key, "Answer "+key+":\n\n"+between+l.Text), "\nSubject", "\nContent-Type: text/plain; charset=utf-8\nSubject", 1)))
			if all := d.posts(t, topic); len(all) != 3+i || all[2+i] != "Answer "+key+":" {
				t.Errorf("after %q the topic has %q", between, all)
			}
		}
	})
}

// With a certificate the connection of a mail that comes in can be encrypted, and what was said before
// that counts for nothing.
func TestAnswersComeOverASealedConnection(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		certificate, pool := postbox.Certificate(t, "club.example")
		at, _ := d.opens(t, inbound.House{Certificate: &certificate, Pace: func(id.ID) bool { return true }})
		topic, l := d.lettered(t)
		client := clubtest.Must(smtp.Dial(at))(t)
		defer func() { _ = client.Close() }() // it has ended well before
		clubtest.OK(t, client.Hello("mx.example"))
		if ok, _ := client.Extension("STARTTLS"); !ok {
			t.Fatal("it is not offered")
		}
		clubtest.OK(t, client.Mail("newt@example.org"))
		clubtest.OK(t, client.StartTLS(&tls.Config{RootCAs: pool, ServerName: "club.example"}))
		if client.Rcpt(replyTo(l)) == nil {
			t.Error("what was said before counts")
		}
		clubtest.OK(t, client.Mail("newt@example.org"))
		clubtest.OK(t, client.Rcpt(replyTo(l)))
		body := clubtest.Must(client.Data())(t)
		clubtest.Must(body.Write([]byte(strings.ReplaceAll(written("1", "In an envelope."), "\n", "\r\n"))))(t)
		clubtest.OK(t, body.Close())
		clubtest.OK(t, client.Quit())
		if all := d.posts(t, topic); len(all) != 3 || all[2] != "In an envelope." {
			t.Errorf("the topic has %q", all)
		}
	})
}
