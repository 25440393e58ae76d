package jobs_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/notify"
	"guildhall/models/store"
)

// A mail server that is down for three days delays a letter; after them its owner sees it, and sends
// it again.
func TestAServerThatIsDownLosesNothing(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, d := t.Context(), open(t, club)
		d.mailbox(t, club.Newcomer, "newt@example.org")
		topic := d.asks(t, "")
		club.Clock.Turn(time.Minute)
		club.Reply(club.Regular, topic, "An answer.")
		d.box.Down(true)
		d.after(t, 10*time.Minute)
		dead := func() []notify.Undelivered {
			all, _, err := club.Bell.Undelivered(ctx, club.Again(club.Owner), "")
			clubtest.OK(t, err)
			return all
		}
		for range 5 * 12 {
			if d.after(t, time.Hour); len(dead()) > 0 {
				t.Fatal("it was given up within three days")
			}
		}
		for range 8 {
			d.after(t, 12*time.Hour)
		}
		all := dead()
		if len(all) != 1 || all[0].Member != club.Newcomer.ID || all[0].Why == "" || strings.Contains(all[0].Why, "@") {
			t.Fatalf("after three days there are %+v", all)
		}
		d.box.Down(false)
		_, _, err := club.Bell.Undelivered(ctx, club.Again(club.Newcomer), "")
		clubtest.Refused(t, err, "owner")
		clubtest.OK(t, club.Bell.Resend(ctx, club.Again(club.Owner), all[0].ID))
		if got := d.after(t, 0); len(got) != 1 || len(dead()) != 0 {
			t.Errorf("%d letters went when it was sent again", len(got))
		}
		clubtest.Missing(t, club.Bell.Discard(ctx, club.Again(club.Owner), all[0].ID))
	})
}

// While the mail server takes a digest forever, and thousands wait, a link to sign in goes.
func TestALinkDoesNotWaitBehindDigests(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		club.Write(func(tx *store.Tx) error {
			var members, addresses, settings []map[string]any
			for i := range 2000 {
				m, name := tx.NewID(), fmt.Sprintf("crowd%d", i)
				members = append(members, map[string]any{"id": m, "number": 1000 + i, "handle": name, "name": name, "joined_at": clubtest.Start, "seen_at": clubtest.Start, "caught_up_at": clubtest.Start, "rules_at": clubtest.Start})
				addresses = append(addresses, map[string]any{"id": tx.NewID(), "member_id": m, "address": name + "@example.org", "confirmed_at": clubtest.Start})
				settings = append(settings, map[string]any{"member_id": m, "key": name, "digest_due_at": clubtest.Start})
			}
			if err := tx.Table("members").CreateInBatches(members, 500).Error; err != nil {
				return err
			}
			if err := tx.Table("addresses").CreateInBatches(addresses, 500).Error; err != nil {
				return err
			}
			return tx.Table("told_settings").CreateInBatches(settings, 500).Error
		})
		club.Clock.Turn(8 * 24 * time.Hour)
		club.Topic(club.Open, "What they missed")
		for d.Gather(t.Context()) {
		}
		d.box.Hold("crowd")
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			d.Run(ctx, 2)
			close(ended)
		}()
		waiting, give := context.WithTimeout(t.Context(), time.Minute)
		defer give()
		d.box.Held(waiting, 2) // both of the others stand before a server that does not answer
		clubtest.OK(t, club.Members.SendLink(t.Context(), "hana@example.org", "/"))
		got := d.box.Wait(waiting, 1)
		if got[0].To != "hana@example.org" {
			t.Errorf("%s got the first letter", got[0].To)
		}
		stop()
		d.box.Hold("")
		<-ended
	})
}

// A digest goes to who was neither here nor written to for the interval, in the morning where they
// are; it names what they may read and have not, and is asked again as it is written.
func TestADigestIsForTheAbsent(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		d := open(t, club)
		d.mailbox(t, club.Newcomer, "newt@example.org")
		d.seen(t, club.Newcomer)
		shut := clubtest.Must(club.Forum.Start(t.Context(), club.Again(club.Owner), club.Space("Attic", nil).ID, forum.Draft{Key: club.Key(), Title: "Under the roof", Text: "Of the attic."}))(t)
		for i := range 8 {
			club.Clock.Turn(time.Minute)
			club.Topic(club.Open, fmt.Sprintf("Missed number %d", i))
		}
		if got := d.after(t, 5*24*time.Hour); len(got) != 0 {
			t.Fatal("one came to somebody who was here five days ago")
		}
		d.shut(t, shut)
		got := d.after(t, 3*24*time.Hour)
		if len(got) != 1 || got[0].Header.Get("Subject") != "Northlight while you were away" {
			t.Fatalf("%d letters went", len(got))
		}
		if strings.Contains(got[0].Text, "attic") || strings.Count(got[0].Text, "Missed number") != 2*5 || !strings.Contains(got[0].Text, "/unsubscribe/") || got[0].Header.Get("Precedence") != "bulk" {
			t.Errorf("it says\n%s", got[0].Text)
		}
		if got := d.after(t, 24*time.Hour); len(got) != 1 {
			t.Errorf("%d letters a day later", len(got))
		}
		club.Topic(club.Open, "Only the newest")
		if got = d.after(t, 7*24*time.Hour); len(got) != 2 || strings.Contains(got[1].Text, "Missed number") || !strings.Contains(got[1].Text, "Only the newest") {
			t.Errorf("%d letters in the second week", len(got))
		}
		d.seen(t, club.Newcomer)
		club.Topic(club.Open, "When they were back")
		if got := d.after(t, 6*24*time.Hour); len(got) != 2 {
			t.Errorf("%d letters though they were here", len(got))
		}
		club.Clock.Turn(200 * 24 * time.Hour)
		club.Topic(club.Open, "For nobody")
		if got := d.after(t, 24*time.Hour); len(got) != 2 {
			t.Errorf("%d letters to somebody who is gone for good", len(got))
		}
	})
}

// Several lines go in one letter, quiet hours put it off, and only so many go in a day.
func TestLettersAreFewAndLetSleep(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, d := t.Context(), open(t, club)
		d.mailbox(t, club.Newcomer, "newt@example.org")
		topic := d.asks(t, "")
		club.Clock.Turn(time.Minute)
		clubtest.OK(t, club.Bell.Rest(ctx, club.Again(club.Newcomer), 2*time.Hour))
		club.Reply(club.Regular, topic, "One.")
		club.Reply(club.Owner, topic, "Two.")
		if got := d.after(t, time.Hour); len(got) != 0 {
			t.Errorf("%d letters in quiet hours", len(got))
		}
		got := d.after(t, 2*time.Hour)
		if len(got) != 1 || !strings.Contains(got[0].Text, "One.") || !strings.Contains(got[0].Text, "Two.") {
			t.Fatalf("%d letters once they were over", len(got))
		}
		club.Write(func(tx *store.Tx) error {
			rows := make([]map[string]any, 99)
			for i := range rows {
				rows[i] = map[string]any{"id": tx.NewID(), "member_id": club.Newcomer.ID, "kind": notify.OfTold, "created_at": tx.Now, "sent_at": tx.Now}
			}
			return tx.Table("mailings").Create(rows).Error
		})
		club.Reply(club.Regular, topic, "One too many.")
		if got := d.after(t, time.Hour); len(got) != 1 {
			t.Errorf("%d letters beyond those of a day", len(got))
		}
	})
}
