package jobs_test

import (
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/notify"
)

// A letter that was late, as the mail server took none, wakes nobody up: it goes when its reader is awake,
// and its being put off is no failure of it.
func TestALateLetterLetsSleep(t *testing.T) {
	clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
		ctx, d, newt := t.Context(), open(t, club), club.Newcomer
		d.mailbox(t, newt, "newt@example.org")
		clubtest.OK(t, club.Bell.Hush(ctx, club.Again(newt), []notify.Hours{{Weekday: time.Tuesday, Starts: 12 * 60, Ends: 18 * 60}})) // the clock began at nine
		topic := d.asks(t, "")
		club.Clock.Turn(2*time.Hour + 30*time.Minute)
		club.Reply(club.Regular, topic, "One.")
		d.box.Refuse(451)
		if got := d.after(t, 20*time.Minute); len(got) != 0 { // ten to twelve
			t.Fatal("a letter went that was refused")
		}
		for range 5 {
			if got := d.after(t, time.Hour); len(got) != 0 {
				t.Errorf("%d letters at %v", len(got), club.Clock.Now())
			}
		}
		if got := d.after(t, 2*time.Hour); len(got) != 1 {
			t.Errorf("%d letters once its reader was awake, at %v", len(got), club.Clock.Now())
		}
		attempts := 0
		clubtest.OK(t, club.Store.Read(ctx).Raw("select max(attempts) from jobs where kind = 'mail.told'").Scan(&attempts).Error)
		if attempts != 2 {
			t.Errorf("it counts %d attempts, and was refused once and taken once", attempts)
		}
	})
}

// A digest waits for its reader too: where it falls due in a pause, and where the pause begins as it is
// about to be written.
func TestADigestLetsSleep(t *testing.T) {
	for name, pause := range map[string]func(t *testing.T, d *desk){
		"before it is due": func(t *testing.T, d *desk) {
			clubtest.OK(t, d.club.Bell.Rest(t.Context(), d.club.Again(d.club.Newcomer), 12*24*time.Hour))
			d.club.Clock.Turn(8 * 24 * time.Hour)
		},
		"as it is written": func(t *testing.T, d *desk) {
			d.club.Clock.Turn(8 * 24 * time.Hour)
			for d.Gather(t.Context()) {
			}
			clubtest.OK(t, d.club.Bell.Rest(t.Context(), d.club.Again(d.club.Newcomer), 4*24*time.Hour))
		},
	} {
		t.Run(name, func(t *testing.T) {
			clubtest.Each(t, func(t *testing.T, club *clubtest.Club) {
				d := open(t, club)
				d.mailbox(t, club.Newcomer, "newt@example.org")
				d.seen(t, club.Newcomer)
				club.Clock.Turn(time.Minute)
				club.Topic(club.Open, "Missed")
				pause(t, d)
				for range 4 {
					if got := d.after(t, 23*time.Hour); len(got) != 0 {
						t.Fatalf("a digest went in a pause, at %v", club.Clock.Now())
					}
				}
				if got := d.after(t, 5*time.Hour); len(got) != 1 {
					t.Errorf("%d digests came after the pause, at %v", len(got), club.Clock.Now())
				}
				if got := d.after(t, 24*time.Hour); len(got) != 1 {
					t.Errorf("%d digests a day later", len(got))
				}
			})
		})
	}
}
