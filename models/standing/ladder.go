package standing

import (
	"time"

	"guildhall/models/score"
)

// Rung is one step of the ladder. Its position starts at 1.
type Rung struct {
	Position int
	Name     string
	Pin      int
	Enter    int64 // points that lift a member here
	Keep     int64 // points under which they fall when the term is over
	Term     int   // days
	Rest     int   // days after their last act for which nobody falls from here
}

type ladder []Rung

// at is the rung at a position; the highest there is for one above the ladder.
func (l ladder) at(position int) Rung {
	if len(l) == 0 {
		return Rung{Position: 1}
	}
	return l[max(0, min(position, len(l))-1)]
}

// falls is the instant at which r's rung falls if nothing is done: the score is under keep, the
// term is over and the member has been away for the rest. ok is false when that never comes.
func (l ladder) falls(r row, c score.Curve) (at time.Time, ok bool) {
	rung := l.at(r.Rung)
	if rung.Position <= 1 {
		return at, false
	}
	at, ok = under(c, r.S, rung.Keep)
	return later(later(at, r.Since.Add(days(rung.Term))), r.LastAt.Add(days(rung.Rest))), ok
}

// under is the first instant at which the score of s is under keep, and false for never.
func under(c score.Curve, s float64, keep int64) (at time.Time, ok bool) {
	if c.HalfLife <= 0 {
		return at, !score.Met(c.Now(s, at), keep)
	}
	return c.Falls(s, keep)
}

// settle returns r as it stands at now: one rung lower for each term that ended under keep. from is
// when S last changed: nobody fell of it earlier. What settle returns is a function of the row alone.
func (l ladder) settle(r row, c score.Curve, from, now time.Time) row {
	r.Rung = min(r.Rung, max(1, len(l)))
	for {
		at, ok := l.falls(r, c)
		if ok && !at.After(now) {
			r.Rung, r.Since = r.Rung-1, later(at, from)
			continue
		}
		r.FallsAt = nil
		if ok {
			r.FallsAt = &at
		}
		return r
	}
}

// rise lifts r at once to the highest rung whose enter is met at now.
func (l ladder) rise(r row, c score.Curve, now time.Time) row {
	points := c.Now(r.S, now)
	for i := len(l); i > r.Rung; i-- {
		if score.Met(points, l[i-1].Enter) {
			r.Rung, r.Since = i, now
			return l.settle(r, c, now, now)
		}
	}
	return r
}
