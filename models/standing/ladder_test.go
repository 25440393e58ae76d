package standing

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"guildhall/models/score"
)

var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// climber is any row on any ladder, at the instant of its last act, under a curve that may not fade.
func climber(t *rapid.T) (ladder, row, score.Curve) {
	var l ladder
	enter := int64(0)
	for i := range rapid.IntRange(1, 6).Draw(t, "rungs") {
		r := Rung{Position: i + 1}
		if i > 0 {
			enter += rapid.Int64Range(2, 500).Draw(t, "step")
			r.Enter = enter
			r.Keep = rapid.Int64Range(0, enter-1).Draw(t, "keep")
			r.Term, r.Rest = rapid.IntRange(0, 180).Draw(t, "term"), rapid.IntRange(0, 60).Draw(t, "rest")
		}
		l = append(l, r)
	}
	c := score.Curve{Epoch: epoch, HalfLife: days(rapid.SampledFrom([]int{0, 7, 30, 180, 3650}).Draw(t, "half-life"))}
	at := epoch.Add(time.Duration(rapid.Int64Range(0, int64(days(400))).Draw(t, "at"))).Truncate(time.Microsecond)
	r := row{Rung: 1, Since: at, LastAt: at, S: c.Term(rapid.Float64Range(0, float64(enter)*2).Draw(t, "points"), at)}
	return l, l.rise(l.settle(r, c, time.Time{}, at), c, at), c
}

func same(a, b row) bool {
	if (a.FallsAt == nil) != (b.FallsAt == nil) || a.FallsAt != nil && !a.FallsAt.Equal(*b.FallsAt) {
		return false
	}
	return a.Rung == b.Rung && a.Since.Equal(b.Since)
}

// TestStatusIsAFunctionOfTheRow: however often and however late somebody looks, they see the same.
func TestStatusIsAFunctionOfTheRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, r, c := climber(t)
		at, once := r.LastAt, r
		for range rapid.IntRange(1, 5).Draw(t, "looks") {
			at = at.Add(time.Duration(rapid.Int64Range(0, int64(days(300))).Draw(t, "wait")))
			once = l.settle(once, c, time.Time{}, at)
			if late := l.settle(r, c, time.Time{}, at); !same(once, late) {
				t.Fatalf("settled on the way %+v, at once %+v", once, late)
			}
		}
	})
}

// TestNobodyFallsBeforeItIsSaid: at falls_at the rung falls by one, and a microsecond before it
// does not; then the score is under keep, the term over, and the member away for the rest.
func TestNobodyFallsBeforeItIsSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, r, c := climber(t)
		for r.FallsAt != nil {
			at, rung := *r.FallsAt, l.at(r.Rung)
			if held := l.settle(r, c, time.Time{}, at.Add(-time.Microsecond)); held.Rung != r.Rung {
				t.Fatalf("fell before %v", at)
			}
			fell := l.settle(r, c, time.Time{}, at)
			if fell.Rung >= r.Rung {
				t.Fatalf("still on %d at %v", r.Rung, at)
			}
			if fell.Rung < r.Rung-1 && l.at(r.Rung-1).Term > 0 {
				t.Fatalf("fell from %d to %d at once", r.Rung, fell.Rung)
			}
			if score.Met(c.Now(r.S, at), rung.Keep) || at.Before(r.Since.Add(days(rung.Term))) || at.Before(r.LastAt.Add(days(rung.Rest))) {
				t.Fatalf("fell from %+v at %v with %v points", rung, at, c.Now(r.S, at))
			}
			r = fell
		}
		if keep := l.at(r.Rung).Keep; r.Rung > 1 && keep > 0 && c.HalfLife > 0 {
			t.Fatalf("stays on %d for ever, with a keep of %d and a score that fades", r.Rung, keep)
		}
	})
}

func TestOneRisesAtOnceToTheHighestRung(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, r, c := climber(t)
		points := c.Now(r.S, r.LastAt)
		for _, rung := range l {
			if met := score.Met(points, rung.Enter); met != (rung.Position <= r.Rung) {
				t.Fatalf("on %d with %v points, and rung %d enters at %d", r.Rung, points, rung.Position, rung.Enter)
			}
		}
	})
}

func TestWhatIsTakenAwayCostsOneRungATerm(t *testing.T) {
	c := score.Curve{Epoch: epoch, HalfLife: days(180)}
	l := ladder(startLadder)
	r := l.rise(row{Rung: 1, Since: epoch, LastAt: epoch, S: 300}, c, epoch)
	if r.Rung != 4 {
		t.Fatalf("on rung %d with 300 points", r.Rung)
	}
	taken := epoch.Add(days(130)) // after the term
	if r = l.settle(r, c, time.Time{}, taken); r.Rung != 4 {
		t.Fatalf("on rung %d before anything is taken", r.Rung)
	}
	r.S = 0
	r = l.settle(r, c, taken, taken)
	for _, want := range []struct{ day, rung int }{{130, 3}, {189, 3}, {190, 2}, {219, 2}, {220, 1}} {
		if got := l.settle(r, c, time.Time{}, epoch.Add(days(want.day))); got.Rung != want.rung {
			t.Fatalf("day %d: rung %d, want %d", want.day, got.Rung, want.rung)
		}
	}
}

func TestARestHoldsAStatusWhileItsMemberIsAway(t *testing.T) {
	c := score.Curve{Epoch: epoch, HalfLife: days(7)}
	l := ladder{{Position: 1}, {Position: 2, Enter: 30, Keep: 20, Term: 5, Rest: 60}}
	r := l.rise(row{Rung: 1, Since: epoch, LastAt: epoch, S: 30}, c, epoch)
	if got := l.settle(r, c, time.Time{}, epoch.Add(days(60)-time.Microsecond)); got.Rung != 2 {
		t.Fatal("fell while resting")
	}
	if got := l.settle(r, c, time.Time{}, epoch.Add(days(60))); got.Rung != 1 || !got.Since.Equal(epoch.Add(days(60))) {
		t.Fatalf("after the rest: %+v", got)
	}
}

func TestPeriodsCoverTheirDaysAndNoMore(t *testing.T) {
	p := periodsOf([]string{"2026-11-30", "2026-12-01", "2026-03-15"})
	want := []span{{"2026-03-01", "2026-03-31"}, {"2026-11-01", "2026-12-31"}}
	if len(p.spans) != 2 || p.spans[0] != want[0] || p.spans[1] != want[1] {
		t.Fatalf("spans %v", p.spans)
	}
	if !p.months["2026-12"] || !p.weeks["2026-W49"] || !p.weeks["2026-W11"] || len(p.weeks) != 2 {
		t.Fatalf("months %v, weeks %v", p.months, p.weeks)
	}
	if w := weekOf("2027-01-01"); w != "2026-W53" {
		t.Fatalf("New Year's Day of 2027 is in %s", w)
	}
}

func TestARunIsOfDaysInARow(t *testing.T) {
	if n := run([]string{"2026-03-01", "2026-02-28", "2026-02-27", "2026-02-28", "2026-03-03"}); n != 3 {
		t.Fatalf("a run of %d", n)
	}
	if run(nil) != 0 {
		t.Fatal("a run of nothing")
	}
}

func TestPointsAreSaidInTenths(t *testing.T) {
	for want, p := range map[string]Points{"225": 2250, "0.5": 5, "−24.3": -243, "0": 0, "−0.1": -1} {
		if p.String() != want {
			t.Errorf("%d is said %q", int64(p), p.String())
		}
	}
	if Tenths(0.25) != 3 || Tenths(0.24) != 2 {
		t.Error("tenths are rounded half up")
	}
}
