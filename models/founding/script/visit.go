package script

import (
	"cmp"
	"slices"
	"time"
)

// visits is the most that a script holds.
const visits = 5950

// A stay is one person's day.
type stay struct {
	by  string
	day int
}

// dayOf is the UTC day of ago, counted back from today as 0.
func (y *year) dayOf(ago time.Duration) int { return int((ago + day - y.clock - 1) / day) }

// visit gives a visit to every day on which somebody acted, and then to days of only reading, by weight, while the
// number lasts.
func (y *year) visit(span time.Duration) {
	first := map[stay]time.Duration{}
	for _, e := range y.events {
		if _, is := e.Act.(Invite); is {
			continue
		}
		s := stay{e.Act.doer(), y.dayOf(e.Ago)}
		first[s] = max(first[s], e.Ago)
	}
	days := make([]stay, 0, len(first))
	for s := range first {
		days = append(days, s)
	}
	slices.SortFunc(days, func(a, b stay) int { return cmp.Or(a.day-b.day, cmp.Compare(a.by, b.by)) })
	for _, s := range days {
		y.tell(first[s], Visit{By: s.by})
	}
	y.read(first, span)
}

// read fills up with days on which somebody came and said nothing.
func (y *year) read(taken map[stay]time.Duration, span time.Duration) {
	for tries := 0; len(taken) < visits && tries < 20000; tries++ {
		ago := time.Duration(y.rng.Float64() * float64(span-time.Hour))
		p := y.pick(ago, func(p *Person) float64 { return 1 })
		if p == nil {
			continue
		}
		s := stay{p.Handle, y.dayOf(ago)}
		if _, been := taken[s]; been {
			continue
		}
		taken[s] = ago
		y.tell(ago, Visit{By: p.Handle})
	}
}

// invite has everybody who came by an invitation asked in just before.
func (y *year) invite() {
	for i := range y.people {
		guest := &y.people[i]
		host := y.by[guest.InvitedBy]
		if host == nil {
			continue
		}
		ago := time.Duration(guest.Joined)*day + 10*time.Minute + time.Duration(y.rng.IntN(120))*time.Minute
		y.tell(ago, Invite{By: host.Handle, Guest: guest.Handle})
	}
}
