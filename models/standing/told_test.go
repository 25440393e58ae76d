package standing_test

import (
	"math"
	"time"

	"guildhall/models/id"
	"guildhall/models/standing"
)

// told is the ledger told again by hand: every act in a list, every cap counted by walking it.
type told struct {
	lines []*toldLine
	last  map[id.ID]time.Time
}

type toldLine struct {
	act          standing.Act
	day          string
	at           time.Time
	weight       float64
	limit        string
	voided, with bool
}

type toldRule struct {
	weight           float64
	perDay, perGiver int
	received         bool
}

var toldRules = map[string]toldRule{
	standing.Topic:       {5, 10, 0, false},
	standing.Reply:       {3, 30, 0, false},
	standing.ReactionGot: {1, 30, 5, true},
	standing.Accepted:    {25, 20, 10, true},
	standing.Message:     {0.5, 10, 0, false},
}

const halfLife = 180 * 24 * time.Hour

func (b *told) count(match func(*toldLine) bool) (n int) {
	for _, l := range b.lines {
		if l.limit != standing.CapSelf && l.limit != standing.CapSpace && match(l) {
			n++
		}
	}
	return n
}

func (b *told) earn(a standing.Act, now time.Time, zone *time.Location, silent id.ID) {
	if a.From == 0 {
		a.From = a.By
	}
	for _, l := range b.lines {
		if l.act.Kind == a.Kind && l.act.On == a.On && l.act.By == a.By && l.act.From == a.From {
			if l.voided {
				l.voided, l.with = false, false
			}
			return
		}
	}
	if now.Before(b.last[a.By]) {
		now = b.last[a.By]
	}
	b.last[a.By] = now
	rule := toldRules[a.Kind]
	l := &toldLine{act: a, at: now, day: now.In(zone).Format("2006-01-02"), weight: rule.weight}
	from := func(giver, member id.ID) int {
		return b.count(func(o *toldLine) bool {
			return o.act.Kind == a.Kind && o.day == l.day && o.act.By == member && o.act.From == giver
		})
	}
	ofDay := b.count(func(o *toldLine) bool { return o.act.Kind == a.Kind && o.day == l.day && o.act.By == a.By })
	switch {
	case rule.received && a.From == a.By:
		l.weight, l.limit = 0, standing.CapSelf
	case a.At.SpaceID != 0 && a.At.SpaceID == silent:
		l.weight, l.limit = 0, standing.CapSpace
	case rule.received && from(a.From, a.By) >= rule.perGiver, ofDay >= rule.perDay:
		return // past a cap: it has no line of its own
	case rule.received && from(a.From, a.By) >= 3 && from(a.By, a.From) >= 3:
		l.weight, l.limit = rule.weight/2, standing.CapMutual
	}
	b.lines = append(b.lines, l)
}

func (b *told) score(member id.ID, now time.Time) (sum float64, lines int) {
	if now.Before(b.last[member]) {
		now = b.last[member]
	}
	for _, l := range b.lines {
		if l.act.By == member && !l.voided {
			sum += l.weight * math.Exp2(-now.Sub(l.at).Hours()/halfLife.Hours())
			lines++
		}
	}
	return sum, lines
}
