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

// lettersPage has a letter that did not go, and people to whom none go.
func lettersPage() LettersPage {
	to := people["ines"]
	return LettersPage{
		Letters: []Undelivered{{ID: 91, Kind: notify.MailTold.String(), To: &to, Since: before(4 * aDay), Why: "dial tcp: connection refused"}, {ID: 92, Kind: "mail.sign_in", Since: before(5 * aDay)}},
		Silent:  []Silenced{{people["otis"], before(aDay), notify.Complained}, {people["wren"], before(aDay), notify.Bounced}}, Typed: "nobody", Faults: Faults{"member": "Nobody here has that handle."},
	}
}
