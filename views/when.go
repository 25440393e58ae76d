package views

import (
	"strconv"
	"strings"
	"time"
)

// When is a manner of saying a time. A page's script knows those that the live line brings by the
// same names, and says them in the same way.
type When string

const (
	Ago   When = "ago"   // 12 min, 5 h, 3 d, 3 Nov, 3 Nov 2024: in lists
	Stamp When = "stamp" // Today 17:31, Tue 19:02, 3 Nov, 3 Nov 2024: beside what was written
	Clock When = "clock" // 20:31: under a day's own heading
	Short When = "short" // 3 Nov, 3 Nov 2024: where there is little room
	Told  When = "told"  // 12 min, 5 h, Yesterday, Wed, 3 Nov: of what somebody was told
	Date  When = "date"  // 3 November, 3 November 2024: in a sentence
	Full  When = "full"  // 3 November 2024, 19:02: where it must be exact
	Month When = "month" // March 2023
)

// live tells whether a script says it too: the others stand on pages only, in the reader's zone.
func (w When) live() bool { return w != Short && w != Told }

// Say is t as r reads it. Without a Now there is nothing to compare it with: it is said in full,
// in UTC, for a script to say better.
func (r Reader) Say(t time.Time, how When) string {
	if t.IsZero() {
		return ""
	}
	at := r.at(t)
	switch how {
	case Clock:
		return at.Format("15:04")
	case Month:
		return at.Format("January 2006")
	case Full:
		return at.Format("2 January 2006, 15:04")
	}
	if r.Now.IsZero() {
		return short(at.Format("2 Jan 2006 15:04")) + " UTC"
	}
	now := r.at(r.Now)
	switch how {
	case Ago:
		return ago(at, now)
	case Told:
		return told(at, now)
	case Short:
		return dayMonth(at, now)
	case Date:
		if at.Year() == now.Year() {
			return at.Format("2 January")
		}
		return at.Format("2 January 2006")
	}
	return stamp(at, now)
}

func ago(at, now time.Time) string {
	age := now.Sub(at)
	switch {
	case age < time.Minute: // a clock that is a little ahead is not told so
		return "now"
	case age < time.Hour:
		return strconv.Itoa(int(age/time.Minute)) + " min"
	case age < 24*time.Hour:
		return strconv.Itoa(int(age/time.Hour)) + " h"
	case age < 7*24*time.Hour:
		return strconv.Itoa(int(age/(24*time.Hour))) + " d"
	}
	return dayMonth(at, now)
}

func told(at, now time.Time) string {
	switch days := calendarDays(at, now); {
	case days <= 0:
		return ago(at, now)
	case days == 1:
		return "Yesterday"
	case days < 7:
		return at.Format("Mon")
	}
	return dayMonth(at, now)
}

func stamp(at, now time.Time) string {
	switch days := calendarDays(at, now); {
	case days <= 0:
		return "Today " + at.Format("15:04")
	case days < 7:
		return at.Format("Mon 15:04")
	}
	return dayMonth(at, now)
}

func dayMonth(at, now time.Time) string {
	if at.Year() == now.Year() {
		return short(at.Format("2 Jan"))
	}
	return short(at.Format("2 Jan 2006"))
}

// Day heads what happened on one day: "Today, Friday 21 November", "Yesterday", "Monday 3 November".
func (r Reader) Day(t time.Time) string {
	at := r.at(t)
	if r.Now.IsZero() {
		return at.Format("Monday 2 January 2006")
	}
	now := r.at(r.Now)
	switch calendarDays(at, now) {
	case 0:
		return "Today, " + at.Format("Monday 2 January")
	case 1:
		return "Yesterday"
	}
	if at.Year() == now.Year() {
		return at.Format("Monday 2 January")
	}
	return at.Format("Monday 2 January 2006")
}

// SameDay tells whether two instants fall on one day of the reader's calendar.
func (r Reader) SameDay(a, b time.Time) bool { return calendarDays(r.at(a), r.at(b)) == 0 }

// Since is the day of an earlier visit within a sentence: "today", "yesterday", "Tuesday",
// "3 November".
func (r Reader) Since(t time.Time) string {
	at, now := r.at(t), r.at(r.Now)
	switch days := calendarDays(at, now); {
	case days <= 0:
		return "earlier today"
	case days == 1:
		return "yesterday"
	case days < 7:
		return at.Format("Monday")
	}
	return r.Say(t, Date)
}

// Greeting is the part of the reader's day, for "Good evening" and the sky in the window.
func (r Reader) Greeting() (greeting, sky string) {
	switch h := r.at(r.Now).Hour(); {
	case h < 5 || h >= 22:
		return "Good evening", "night"
	case h < 12:
		return "Good morning", "morning"
	case h < 18:
		return "Good afternoon", "day"
	}
	return "Good evening", "evening"
}

// calendarDays counts midnights between two times of one zone.
func calendarDays(at, now time.Time) int {
	from := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	to := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	return int(to.Sub(from) / (24 * time.Hour))
}

// short spells the months as the house does.
func short(s string) string { return strings.Replace(s, " Sep", " Sept", 1) }

// span says a length of time in the largest unit that is not less than one of it.
func span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "a moment"
	case d < time.Hour:
		return strconv.Itoa(int(d/time.Minute)) + " min"
	case d < 48*time.Hour:
		return strconv.Itoa(int(d/time.Hour)) + " h"
	}
	return strconv.Itoa(int(d/(24*time.Hour))) + " days"
}
