package live

import (
	"cmp"
	"slices"
	"time"
)

// holdMost bounds what one seat holds back; past it the seat forgets them all and asks again.
const holdMost = 256

// resetAfter is how many replays may lead nowhere before the page is told to draw itself anew.
const resetAfter = 3

// hear takes the next changes: hands them over if they follow, holds them if something comes
// first. conn.mu is held.
func (s *seat) hear(a *attempt, p *packet, now time.Time) {
	switch {
	case s.gone || s.conn.ended || p.upto <= s.last && !s.behind:
	case s.behind:
		s.hold(p)
	case s.expired(now):
		s.behind = true
		s.hold(p)
		s.conn.recheckSoon()
	case !p.follows(s.last):
		s.hold(p)
		s.catchUp()
	case len(p.after(s.last, s.conn.format)) > chunkMost:
		s.behind, s.asking = true, true
		s.conn.hub.spawn(func() { s.replay(p) })
	default:
		s.pass(a, p)
	}
}

// overhear takes a note, which is for those who hear the room now or never.
func (s *seat) overhear(a *attempt, m *memo, now time.Time) {
	c := s.conn
	if s.gone || !s.joined || s.expired(now) || m.except != 0 && c.member == m.except {
		return
	}
	c.send(a, m.frames[c.format])
}

func (s *seat) pass(a *attempt, p *packet) {
	if p.reset {
		s.conn.hub.count.resets.Add(1)
	}
	s.conn.send(a, p.after(s.last, s.conn.format))
	s.last, s.tries = p.upto, 0
}

func (s *seat) hold(p *packet) {
	s.aim = max(s.aim, p.upto)
	if len(s.held) == holdMost {
		s.held = nil // aim remembers that they were
	}
	s.held = append(s.held, p)
}

// settle hands over what was held, as far as it follows, and asks again for what it does not
// reach. Only then does the seat hear directly. conn.mu is held.
func (s *seat) settle(a *attempt, now time.Time) {
	if s.gone || s.conn.ended || !s.joined || s.asking {
		return
	}
	s.behind = true
	if s.expired(now) {
		s.conn.recheckSoon()
		return
	}
	slices.SortStableFunc(s.held, func(p, q *packet) int { return cmp.Compare(p.from, q.from) })
	for _, p := range s.held {
		if p.upto <= s.last {
			continue
		}
		if !p.follows(s.last) {
			break
		}
		s.pass(a, p)
	}
	if s.aim > s.last {
		s.catchUp()
		return
	}
	s.held, s.behind, s.tries = nil, false, 0
}

// evict takes the seat away because the room closed to them. conn.mu is held.
func (s *seat) evict() {
	if s.gone {
		return
	}
	c := s.conn
	c.drop(s)
	if s.joined { // else the answer to their join says it
		c.hub.count.evicted.Add(1)
		c.send(nil, down{Type: evictedFrame, Room: s.hall.room}.text())
	}
}
