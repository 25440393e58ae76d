package notify

import "time"

// Hours is a stretch of each week in which a member is not to be disturbed, in minutes of a day in
// their zone. One that does not end after it starts reaches into the next day.
type Hours struct {
	Weekday time.Weekday // on which it starts
	Starts  int
	Ends    int
}

// around tells whether at lies in the hours, and when they end.
func (h Hours) around(at time.Time, zone *time.Location) (end time.Time, in bool) {
	local := at.In(zone)
	for _, back := range []int{0, 1} { // they started today, or yesterday
		day := time.Date(local.Year(), local.Month(), local.Day()-back, 0, 0, 0, 0, zone)
		if day.Weekday() != h.Weekday {
			continue
		}
		start, end := clock(day, h.Starts), clock(day, h.Ends)
		if h.Ends <= h.Starts {
			end = clock(day.AddDate(0, 0, 1), h.Ends)
		}
		if !at.Before(start) && at.Before(end) {
			return end, true
		}
	}
	return at, false
}

// clock is a time of that day as clocks on the wall show it, also on one that is longer or shorter.
func clock(day time.Time, minutes int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, minutes, 0, 0, day.Location())
}

// How often a digest comes.
const (
	Never   = "never"
	Daily   = "daily"
	Weekly  = "weekly"
	Monthly = "monthly"
)

// Digests are the choices, in order.
var Digests = []string{Never, Daily, Weekly, Monthly}

// Every is how long a digest waits after the one before; 0 when none comes.
func Every(digest string) time.Duration {
	return map[string]time.Duration{Daily: 24 * time.Hour, Weekly: 7 * 24 * time.Hour, Monthly: 30 * 24 * time.Hour}[digest]
}

// morning is when a digest goes out, in its reader's zone.
const morning = 8 * 60

// nextMorning is the first morning in a zone that is not before at.
func nextMorning(at time.Time, zone *time.Location) time.Time {
	local := at.In(zone)
	today := clock(time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zone), morning)
	if today.Before(at) {
		today = clock(today.AddDate(0, 0, 1), morning)
	}
	return today.UTC()
}
