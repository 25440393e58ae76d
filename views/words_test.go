package views

import (
	"math"
	"testing"
)

func TestNumbers(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 1284: "1,284", 1234567: "1,234,567", -24: "−24", -1000: "−1,000", math.MaxInt64: "9,223,372,036,854,775,807"} {
		if got := Number(n); got != want {
			t.Errorf("%d is written %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int64]string{5: "+5", 0: "0", -2: "−2"} {
		if got := Signed(n); got != want {
			t.Errorf("%d is signed %q, want %q", n, got, want)
		}
	}
	if got := upTo(100, 99); got != "99+" {
		t.Errorf("a hundred up to 99 is %q", got)
	}
}

func TestCounting(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Plural(1, "reply", "replies"), "1 reply"},
		{Plural(0, "reply", "replies"), "0 replies"},
		{Plural(1284, "member", "members"), "1,284 members"},
		{Spelled(3, "thing", "things"), "three things"},
		{Spelled(1, "thing", "things"), "one thing"},
		{Spelled(13, "thing", "things"), "13 things"},
		{Title("cabins"), "Cabins"},
		{Title("école"), "École"},
		{Title(""), ""},
		{Names([]string{"Hana"}), "Hana"},
		{Names([]string{"Hana", "Kofi", "June"}), "Hana, Kofi and June"},
		{Names(nil), ""},
		{First("Inês Duarte"), "Inês"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Bram Visser": "BV", "lotte de Vries": "LV", "Inês": "I", "  ": "?", "": "?", "<b>x</b>": "BB", "Łukasz Żuk": "ŁŻ", "… 7": "7",
	} {
		if got := initials(name); got != want {
			t.Errorf("the initials of %q are %q, want %q", name, got, want)
		}
	}
}

func TestShares(t *testing.T) {
	for _, c := range []struct {
		n, whole int64
		want     int
	}{{0, 500, 0}, {412, 500, 82}, {499, 500, 99}, {500, 500, 100}, {9, 0, 100}, {-3, 10, 0}, {99_999, 100_000, 99}} {
		if got := percent(c.n, c.whole); got != c.want {
			t.Errorf("%d of %d is %d percent, want %d", c.n, c.whole, got, c.want)
		}
	}
	for of, want := range map[int]string{-1: "v-0", 65: "v-65", 101: "v-100"} {
		if got := share(of); got != want {
			t.Errorf("a share of %d is %q, want %q", of, got, want)
		}
	}
}
