package id

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWrittenIDsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := ID(rapid.Int64Range(1, math.MaxInt64).Draw(t, "id"))
		s := want.String()
		if len(s) != Length {
			t.Fatalf("%d is written as %q", int64(want), s)
		}
		if got, err := Parse(s); err != nil || got != want {
			t.Fatalf("Parse(%q) = %d, %v; want %d", s, got, err, want)
		}
	})
}

func TestAnythingElseIsAnIDThatNeverWas(t *testing.T) {
	for _, s := range []string{"", "1", "11111111111", "0abcdefghij", "zzzzzzzzzzz", "abcdefghijkl", "abcdefghij", "abcdefghijl", "-1", "٣٣٣٣٣", "' or 1=1--"} {
		if got, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %d", s, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("3yQ8gH2kLmn")
	f.Fuzz(func(t *testing.T, s string) {
		if got, err := Parse(s); err == nil && got.String() != s {
			t.Fatalf("Parse(%q) = %d, written %q", s, int64(got), got)
		}
	})
}

func TestMakerNeverRepeatsNorRunsBack(t *testing.T) {
	m := NewMaker(7)
	clock := time.Now()
	m.now = func() time.Time { return clock }
	last := ID(0)
	for i := range 20_000 {
		if i == 10_000 {
			clock = clock.Add(-time.Hour) // the machine's clock is set back
		}
		got := m.New()
		if got <= last {
			t.Fatalf("id %d after %d", got, last)
		}
		last = got
	}
}

func TestNodesKeepApart(t *testing.T) {
	clock := time.Now()
	seen := map[ID]bool{}
	for node := range int64(4) {
		m := NewMaker(node)
		m.now = func() time.Time { return clock }
		for range 3_000 {
			got := m.New()
			if seen[got] {
				t.Fatalf("id %d was made twice", got)
			}
			seen[got] = true
		}
	}
}
