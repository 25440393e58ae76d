package jobs_test

import (
	"strings"
	"testing"
	"time"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/clubtest/postbox"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/store"
)

// mailbox gives a member an address, confirmed as members confirm them.
func (d *desk) mailbox(t *testing.T, v access.Viewer, address string) {
	t.Helper()
	clubtest.OK(t, d.club.Members.AddAddress(t.Context(), d.club.Again(v), address, "/"))
	d.all(t.Context())
	got := d.box.Letters()
	_, err := d.club.Members.OpenLink(t.Context(), secret(t, got[len(got)-1]), member.Hand{Viewer: d.club.Again(v)})
	clubtest.OK(t, err)
	d.box.Forget()
}

// after turns the clock, gathers what is due and does all the work there is.
func (d *desk) after(t *testing.T, by time.Duration) []postbox.Letter {
	t.Helper()
	d.club.Clock.Turn(by)
	for d.Gather(t.Context()) {
	}
	d.all(t.Context())
	return d.box.Letters()
}

// asks lets newt, who has a mailbox, start a topic.
func (d *desk) asks(t *testing.T, space string) forum.Topic {
	t.Helper()
	sp := d.club.Open
	if space != "" {
		sp = d.club.Space(space, nil)
	}
	return clubtest.Must(d.club.Forum.Start(t.Context(), d.club.Again(d.club.Newcomer), sp.ID, forum.Draft{Key: d.club.Key(), Title: "A question of grain", Text: "Which film?"}))(t)
}

// A letter goes after the pause, says what was written, leads there, and can be ended with one click.
func TestWhatAMemberWasToldIsMailed(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		d.mailbox(t, club.Newcomer, "newt@example.org")
		topic := d.asks(t, "")
		club.Clock.Turn(time.Minute)
		club.Reply(club.Regular, topic, "Use *HP5*.\n\nAnd a tripod.")
		if got := d.after(t, 9*time.Minute); len(got) != 0 {
			t.Fatalf("a letter went before the pause was over: %q", got[0].Text)
		}
		got := d.after(t, time.Minute)
		if len(got) != 1 || got[0].To != "newt@example.org" {
			t.Fatalf("%d letters went", len(got))
		}
		l := got[0]
		if subject := l.Header.Get("Subject"); subject != "[Northlight] A question of grain" {
			t.Errorf("the subject is %q", subject)
		}
		for _, want := range []string{"Rita replied in A question of grain", "Use HP5.", "And a tripod.", "https://club.example/s/questions/t/" + topic.ID.String(), "https://club.example/settings/notifications", "because you chose"} {
			if !strings.Contains(l.Text, want) || !strings.Contains(strings.ReplaceAll(l.HTML, "\n", " "), want) {
				t.Errorf("%q is not in both forms of\n%s", want, l.Text)
			}
		}
		for name, want := range map[string]string{"Auto-Submitted": "auto-generated", "Precedence": "bulk", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "References": "<topic." + topic.ID.String() + "@club.example>", "In-Reply-To": "<topic." + topic.ID.String() + "@club.example>", "Reply-To": ""} {
			if l.Header.Get(name) != want {
				t.Errorf("%s: %q", name, l.Header.Get(name))
			}
		}
		token, ok := strings.CutPrefix(strings.Trim(l.Header.Get("List-Unsubscribe"), "<>"), "https://club.example/unsubscribe/")
		if !ok || !strings.Contains(l.Text, token) {
			t.Fatalf("unsubscribe: %q", l.Header.Get("List-Unsubscribe"))
		}
		if f := clubtest.Must(club.Bell.Unsubscribe(t.Context(), token))(t); f.What != notify.Replied || f.Member != club.Newcomer.ID {
			t.Errorf("the link ended %+v", f)
		}
		club.Reply(club.Regular, topic, "And patience.")
		if got := d.after(t, time.Hour); len(got) != 1 {
			t.Errorf("%d letters after the click", len(got))
		}
		other := map[bool]string{true: "y", false: "x"}[strings.HasSuffix(token, "x")]
		clubtest.Missing(t, second(club.Bell.Unsubscribe(t.Context(), token[:len(token)-1]+other)))
		clubtest.Missing(t, second(club.Bell.Unsubscribe(t.Context(), strings.Replace(token, notify.Replied, notify.Quoted, 1))))
	})
}

func second[T any](_ T, err error) error { return err }

// What was seen in time, what may not be read any more, and what was removed are not mailed: each is
// told of when it is not so.
func TestALetterAsksAgainAsItIsWritten(t *testing.T) {
	for name, meanwhile := range map[string]func(t *testing.T, d *desk, topic forum.Topic, answer forum.Post){
		"nothing": nil,
		"they read it": func(t *testing.T, d *desk, topic forum.Topic, _ forum.Post) {
			clubtest.OK(t, d.club.Bell.ReadAt(t.Context(), d.club.Newcomer, topic.ID))
		},
		"they were here": func(t *testing.T, d *desk, _ forum.Topic, _ forum.Post) { d.seen(t, d.club.Newcomer) },
		"the space shut": func(t *testing.T, d *desk, topic forum.Topic, _ forum.Post) { d.shut(t, topic) },
		"it was removed": func(t *testing.T, d *desk, _ forum.Topic, p forum.Post) {
			clubtest.OK(t, second(d.club.Forum.Remove(t.Context(), d.club.Again(d.club.Owner), p.ID)))
		},
		"the topic hid": func(t *testing.T, d *desk, topic forum.Topic, _ forum.Post) {
			clubtest.OK(t, second(d.club.Forum.Hide(t.Context(), d.club.Again(d.club.Owner), topic.ID, true)))
		},
		"they suspended": func(t *testing.T, d *desk, _ forum.Topic, _ forum.Post) {
			d.club.Suspend(d.club.Newcomer.ID, "A rest.")
		},
		"they block them": func(t *testing.T, d *desk, _ forum.Topic, _ forum.Post) {
			clubtest.OK(t, d.club.Bell.Block(t.Context(), d.club.Newcomer, d.club.Regular.ID))
		},
		"they chose so": func(t *testing.T, d *desk, _ forum.Topic, _ forum.Post) {
			clubtest.OK(t, d.club.Bell.Choose(t.Context(), d.club.Newcomer, notify.Chosen{Digest: notify.Never, Wanted: map[string]map[notify.Channel]bool{notify.Replied: {notify.ByMail: false}}}))
		},
		"they complained": func(t *testing.T, d *desk, _ forum.Topic, _ forum.Post) {
			clubtest.OK(t, d.club.Bell.Complain(t.Context(), d.addressOf(t, d.club.Newcomer)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
				d := open(t, club)
				d.mailbox(t, club.Newcomer, "newt@example.org")
				topic := d.asks(t, "Cellar")
				club.Clock.Turn(time.Minute)
				answer := club.Reply(club.Regular, topic, "The zq7 answer.")
				club.Clock.Turn(11 * time.Minute)
				d.Gather(t.Context()) // it waits in the queue when it happens
				want := 1
				if meanwhile != nil {
					meanwhile(t, d, topic, answer)
					want = 0
				}
				if got := d.after(t, 0); len(got) != want {
					t.Errorf("%d letters went", len(got))
				}
			})
		})
	}
}

func (d *desk) seen(t *testing.T, v access.Viewer) {
	t.Helper()
	d.club.Write(func(tx *store.Tx) error {
		return tx.Exec("update members set seen_at = ? where id = ?", tx.Now, v.ID).Error
	})
}

// shut closes the space of a topic to all but patrons.
func (d *desk) shut(t *testing.T, topic forum.Topic) {
	t.Helper()
	clubtest.OK(t, d.club.Access.SetLocks(t.Context(), d.club.Again(d.club.Owner), topic.SpaceID, map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: d.club.Patron.ID}}}}))
}

func (d *desk) addressOf(t *testing.T, v access.Viewer) (key id.ID) {
	t.Helper()
	clubtest.OK(t, d.club.Store.Read(t.Context()).Raw("select id from addresses where member_id = ? order by confirmed_at limit 1", v.ID).Scan(&key).Error)
	return key
}

// A removed post is told of by mail, without what it said, and a topic that was closed with the reason.
func TestWhatOthersDidIsMailed(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		d.mailbox(t, club.Newcomer, "newt@example.org")
		topic := d.asks(t, "")
		p := club.Reply(club.Newcomer, topic, "The zq7 answer.")
		club.Clock.Turn(time.Minute)
		clubtest.Must(club.Forum.Remove(t.Context(), club.Again(club.Moderator), p.ID))(t)
		_, _, err := club.Forum.Act(t.Context(), club.Again(club.Owner), topic.ID, forum.Command{Do: forum.ToClose, Why: "It was answered."})
		clubtest.OK(t, err)
		got := d.after(t, 11*time.Minute)
		if len(got) != 1 || !strings.Contains(got[0].Text, "removed your post in A question of grain") || !strings.Contains(got[0].Text, "closed your topic A question of grain") ||
			!strings.Contains(got[0].Text, "The reason given: It was answered.") || strings.Contains(got[0].Text, "zq7") {
			t.Errorf("%d letters went: %+v", len(got), got)
		}
	})
}
