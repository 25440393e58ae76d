package views

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"guildhall/models/notify"
)

// ToldAddress is where a member chooses how they are told.
const ToldAddress = "/settings/notifications"

// ToldPage is where a member chooses how they are told.
type ToldPage struct {
	Wishes  notify.Wishes // as it was typed, when it was refused
	Pause   string        // minutes, as it was typed
	Hours   [7]QuietDay   // from Monday on
	Mailbox string        // where letters go; empty: nowhere
	Stopped []notify.Mailbox
	Mails   bool // whether the club has a mail server
	Faults  Faults
}

// QuietDay is the stretch that begins on one day, as it is typed: "22:00".
type QuietDay struct {
	On     bool
	Starts string
	Ends   string
}

// Head names the page.
func (p ToldPage) Head() Head { return SettingsHead("Notifications") }

// usualNight is what a day is filled with that has no hours yet.
var usualNight = QuietDay{Starts: "22:00", Ends: "07:00"}

// QuietDays spreads hours over the days of a week, from Monday on.
func QuietDays(hours []notify.Hours) (days [7]QuietDay) {
	for i := range days {
		days[i] = usualNight
	}
	for _, h := range hours {
		days[(int(h.Weekday)+6)%7] = QuietDay{true, wall(h.Starts), wall(h.Ends)}
	}
	return days
}

func wall(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

func dayName(i int) string { return time.Weekday((i + 1) % 7).String() }

func dayField(what string, i int) string { return what + "-" + strconv.Itoa(i) }

var channelWords = map[notify.Channel]string{notify.OnBell: "Bell", notify.ByMail: "E-mail", notify.ByPush: "Push"}

func digestOptions() []Option {
	words := map[string]string{notify.Never: "Never", notify.Daily: "Daily", notify.Weekly: "Weekly", notify.Monthly: "Monthly"}
	options := make([]Option, len(notify.Digests))
	for i, d := range notify.Digests {
		options[i] = Option{d, words[d]}
	}
	return options
}

var restOptions = []Option{{"1", "An hour"}, {"8", "Eight hours"}, {"24", "A day"}, {"72", "Three days"}, {"168", "A week"}, {"720", "Thirty days"}}

// resting tells until when everything is paused; ok is false when it is not.
func (p ToldPage) resting(r Reader) (until time.Time, ok bool) {
	return p.Wishes.PausedUntil, p.Wishes.PausedUntil.After(r.Now)
}

// stoppedWords say why letters to a mailbox stopped.
func stoppedWords(m notify.Mailbox) string {
	switch m.StoppedWhy {
	case notify.Complained:
		return "A mail of ours was called unwanted there, so none is sent to you any more."
	case notify.ByHand:
		return "An owner of the club stopped mail to it."
	}
	return "Mail to it came back, so none is sent there any more."
}

func fixed(k notify.Kind, c notify.Channel) bool { return k.Fixed && c == notify.OnBell }

// toldKinds are the kinds in the order in which they are shown.
func toldKinds() []notify.Kind { return slices.Clone(notify.Kinds) }

// FarewellWords say what letters a link ends.
func FarewellWords(what string) string {
	switch what {
	case notify.TheDigest:
		return "the digest of what you missed"
	case notify.EveryLetter:
		return "all mail about what happens here, but not the digest"
	}
	if k, ok := notify.FindKind(what); ok {
		return "mail when this happens: " + k.Words
	}
	return "mail of a sort that there is no more"
}
