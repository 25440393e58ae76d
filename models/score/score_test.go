package score

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

const day = 24 * time.Hour

var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func curve(t *rapid.T) Curve {
	return Curve{Epoch: epoch, HalfLife: time.Duration(rapid.IntRange(7, 3650).Draw(t, "half-life")) * day}
}

func TestDecayIsTheFoldOfItsActs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := curve(t)
		now := epoch.Add(800 * day)
		var s, want float64
		for range rapid.IntRange(1, 200).Draw(t, "acts") {
			w := rapid.Float64Range(1e-6, 1000).Draw(t, "weight")
			at := epoch.Add(time.Duration(rapid.Int64Range(0, int64(800*day)).Draw(t, "at")))
			s += c.Term(w, at)
			want += w * math.Exp2(-now.Sub(at).Hours()/c.HalfLife.Hours())
		}
		if got := c.Now(s, now); math.Abs(got-want) > 1e-9*want {
			t.Fatalf("score %v, fold %v", got, want)
		}
	})
}

func TestFallsIsTheInstantAtWhichTheShownScoreFalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := curve(t)
		s := rapid.Float64Range(1, 1e6).Draw(t, "s")
		n := rapid.Int64Range(1, 2000).Draw(t, "threshold")
		at, ok := c.Falls(s, n)
		if !ok {
			return
		}
		if Met(c.Now(s, at), n) {
			t.Fatalf("still met at %v", at)
		}
		if !Met(c.Now(s, at.Add(-10*time.Millisecond)), n) {
			t.Fatalf("already missed before %v", at)
		}
	})
}

func TestThirtyPointsEarnedTodayOpenADoorAtThirty(t *testing.T) {
	c := Curve{Epoch: epoch, HalfLife: 90 * day}
	s := c.Term(30, epoch)
	later := epoch.Add(23 * time.Hour)
	if !Met(c.Now(s, later), 30) || Shown(c.Now(s, later)) != 30 {
		t.Fatalf("shown %d at the end of the day", Shown(c.Now(s, later)))
	}
	if Missing(c.Now(s, later), 31) != 1 {
		t.Fatal("a missing point is not said")
	}
}

func TestWhatDoesNotFadeStays(t *testing.T) {
	c := Curve{Epoch: epoch}
	s := c.Term(5, epoch.Add(10*365*day))
	if c.Now(s, epoch.Add(50*365*day)) != 5 {
		t.Fatal("faded")
	}
	if _, ok := c.Falls(s, 3); ok {
		t.Fatal("falls")
	}
	if !Met(0, 0) || c.Now(0, epoch) != 0 {
		t.Fatal("threshold 0 is always met, and no lines is exactly 0")
	}
}
