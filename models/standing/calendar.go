package standing

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"guildhall/models/id"
)

const dayForm = "2006-01-02"

// dayOf is the club's calendar day of an instant.
func dayOf(at time.Time, zone *time.Location) string { return at.In(zone).Format(dayForm) }

// dayNumber makes a day the subject of an act that has no other: 20261121.
func dayNumber(day string) id.ID {
	t := parseDay(day)
	return id.ID(t.Year()*10_000 + int(t.Month())*100 + t.Day())
}

// parseDay reads what dayOf wrote.
func parseDay(day string) time.Time {
	t, _ := time.Parse(dayForm, day) // a day of our own making
	return t
}

func addDays(day string, n int) string { return parseDay(day).AddDate(0, 0, n).Format(dayForm) }

// monthOf is 2026-11.
func monthOf(day string) string { return day[:7] }

// weekOf is 2026-W47: the ISO week, from Monday to Sunday.
func weekOf(day string) string {
	year, week := parseDay(day).ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}

// span is a run of days, both ends within.
type span struct{ from, to string }

// periods are the months and weeks that some days lie in.
type periods struct {
	months, weeks map[string]bool
	spans         []span // that cover them, apart from each other and in order
}

func periodsOf(days []string) periods {
	p := periods{months: map[string]bool{}, weeks: map[string]bool{}}
	var spans []span
	for _, day := range days {
		t := parseDay(day)
		if m := monthOf(day); !p.months[m] {
			p.months[m] = true
			first := t.AddDate(0, 0, 1-t.Day())
			spans = append(spans, span{first.Format(dayForm), first.AddDate(0, 1, -1).Format(dayForm)})
		}
		if w := weekOf(day); !p.weeks[w] {
			p.weeks[w] = true
			monday := t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
			spans = append(spans, span{monday.Format(dayForm), monday.AddDate(0, 0, 6).Format(dayForm)})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for _, s := range spans {
		if n := len(p.spans); n > 0 && s.from <= p.spans[n-1].to {
			p.spans[n-1].to = max(p.spans[n-1].to, s.to)
			continue
		}
		p.spans = append(p.spans, s)
	}
	return p
}

// run is the longest run of consecutive days among days, which may repeat.
func run(days []string) int {
	slices.Sort(days)
	longest, now := 0, 0
	for i, day := range days {
		switch {
		case i > 0 && day == days[i-1]:
			continue
		case i > 0 && day == addDays(days[i-1], 1):
			now++
		default:
			now = 1
		}
		longest = max(longest, now)
	}
	return longest
}
