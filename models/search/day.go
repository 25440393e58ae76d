package search

import (
	"strconv"
	"strings"
	"time"
)

// shapes are the ways to write a day, a month or a year: it begins then.
var shapes = []string{"2006-01-02", "2006-1-2", "2006-01", "2006-1", "2006", "2.1.2006", "2/1/2006"}

// day is when what was written begins, in the zone of now: a date, today, yesterday, a weekday, or so
// long ago as in 3d, 2w, 6m, 1y.
func day(text string, now time.Time) (at time.Time, ok bool) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch text {
	case "today":
		return today, true
	case "yesterday":
		return today.AddDate(0, 0, -1), true
	}
	for ago := 1; ago <= 7; ago++ {
		if d := today.AddDate(0, 0, -ago); text == strings.ToLower(d.Weekday().String()) {
			return d, true
		}
	}
	for _, shape := range shapes {
		if at, err := time.ParseInLocation(shape, text, now.Location()); err == nil && at.Year() >= 1 && at.Year() < 9999 {
			return at, true
		}
	}
	return ago(text, today)
}

func ago(text string, today time.Time) (at time.Time, ok bool) {
	if len(text) < 2 || len(text) > 5 {
		return at, false
	}
	n, err := strconv.Atoi(text[:len(text)-1])
	if err != nil || n < 0 {
		return at, false
	}
	switch text[len(text)-1] {
	case 'd':
		return today.AddDate(0, 0, -n), true
	case 'w':
		return today.AddDate(0, 0, -7*n), true
	case 'm':
		return today.AddDate(0, -n, 0), true
	case 'y':
		return today.AddDate(-min(n, 1000), 0, 0), true
	}
	return at, false
}
