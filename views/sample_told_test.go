package views

import (
	"time"

	"guildhall/models/notify"
)

// toldPage is that of a member with quiet nights, a pause, and an address that bounces.
func toldPage() ToldPage {
	hours := []notify.Hours{{Weekday: time.Friday, Starts: 22 * 60, Ends: 7 * 60}}
	return ToldPage{
		Wishes: notify.Wishes{Digest: notify.Weekly, PausedUntil: before(-2 * aDay)}, Pause: "9999", Hours: QuietDays(hours), Mailbox: "amara@example.org", Mails: true,
		Stopped: []notify.Mailbox{{Address: "old@example.org", StoppedWhy: notify.Bounced}}, Faults: Faults{"pause": "A letter can wait from 0 to 1,440 minutes."},
	}
}
