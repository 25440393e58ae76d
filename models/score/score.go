// Package score is the arithmetic of the engagement score: pure, and the only place that computes it.
//
// An act of weight w at time t is worth w·2^(−(now−t)/h) now, h being the half-life. A member's
// S = Σ w·2^((t−epoch)/h) does not change as time passes, and the score now is
// S·2^(−(now−epoch)/h). S is a plain float64: with weights of 1e-6 to 1,000 its relative error
// stays under 1e-9 for nine million acts a row.
package score

import (
	"math"
	"time"
)

// Curve says how weights fade. HalfLife 0 never fades.
type Curve struct {
	Epoch    time.Time
	HalfLife time.Duration
}

// Term is what an act of that weight at that time adds to S.
func (c Curve) Term(weight float64, at time.Time) float64 {
	return weight * math.Exp2(c.halves(at))
}

// Now is the score at that time: never negative, and 0 for S = 0.
func (c Curve) Now(s float64, at time.Time) float64 {
	if s <= 0 {
		return 0
	}
	return s * math.Exp2(-c.halves(at))
}

// Falls is the first instant at which the shown score is below threshold, and false when that
// never comes: a score that does not fade, or a threshold of 0, which is always met. It may lie
// in the past. A threshold n is met while the score is at least n − ½, so it is
// t* = epoch + h·log2(S / (n − ½)).
func (c Curve) Falls(s float64, threshold int64) (time.Time, bool) {
	if threshold <= 0 || c.HalfLife <= 0 {
		return time.Time{}, false
	}
	if s <= 0 {
		return c.Epoch, true
	}
	halves := math.Log2(s / (float64(threshold) - 0.5))
	seconds := halves * c.HalfLife.Seconds()
	if seconds > maxSeconds {
		return time.Time{}, false
	}
	at := c.Epoch.Add(time.Duration(max(seconds, -maxSeconds) * float64(time.Second))).Truncate(time.Microsecond)
	for Met(c.Now(s, at), threshold) { // what is shown decides: step past the rounding of the logarithm
		at = at.Add(time.Microsecond)
	}
	return at, true
}

// maxSeconds is under the 292 years that a time.Duration holds.
const maxSeconds = 200 * 365.25 * 24 * 3600

// Shown is a score as people see it: rounded half up.
func Shown(score float64) int64 { return int64(math.Floor(score + 0.5)) }

// Met tells whether a score meets a threshold: what is shown decides, and 0 is always met.
func Met(score float64, threshold int64) bool {
	return threshold <= 0 || score >= float64(threshold)-0.5
}

// Missing is how many points are to go before threshold is met: 0 when it is.
func Missing(score float64, threshold int64) int64 {
	if Met(score, threshold) {
		return 0
	}
	return max(1, threshold-Shown(score))
}

func (c Curve) halves(at time.Time) float64 {
	if c.HalfLife <= 0 {
		return 0
	}
	return at.Sub(c.Epoch).Seconds() / c.HalfLife.Seconds()
}
