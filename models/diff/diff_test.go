package diff

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// said is a diff in one line: [-gone-] and {+come+}.
func said(parts []Part) string {
	var out strings.Builder
	for _, p := range parts {
		switch p.Op {
		case Same:
			out.WriteString(p.Text)
		case Gone:
			out.WriteString("[-" + p.Text + "-]")
		case Come:
			out.WriteString("{+" + p.Text + "+}")
		}
	}
	return out.String()
}

func TestWordsAreToldApart(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"", "", ""},
		{"", "Beans.", "{+Beans.+}"},
		{"Beans.", "", "[-Beans.-]"},
		{"Sow beans first.", "Sow peas first.", "Sow [-beans-]{+peas+} first."},
		{"One two three", "One three", "One [-two -]three"},
		{"Größe zählt", "Größe zahlt", "Größe [-zählt-]{+zahlt+}"},
		{"a\n\nb", "a\nb", "a\n[-\n-]b"},
		{"Don't.", "Do.", "[-Don't-]{+Do+}."},
	} {
		if got := said(Words(c.before, c.after)); got != c.want {
			t.Errorf("%q to %q: %q, and not %q", c.before, c.after, got, c.want)
		}
	}
}

// Whatever is compared, both texts can be read from it.
func TestBothTextsStandInIt(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := func(words int) string {
		var out strings.Builder
		for range words {
			out.WriteString([]string{"sow ", "beans", "\n", "peas, ", "é", "12 ", "*", "x"}[r.IntN(8)])
		}
		return out.String()
	}
	for range 500 {
		holds(t, text(r.IntN(60)), text(r.IntN(60)))
	}
}

// A long text is compared by what holds it together, and one with nothing in common is not compared at
// all.
func TestLongTexts(t *testing.T) {
	long := strings.Repeat("sow beans and peas ", 1600)
	holds(t, long, strings.Replace(long, "peas ", "leeks ", 3))
	holds(t, long, strings.Repeat("rain, wind; ", 2600))
	numbered := ""
	for i := range 1000 {
		numbered += strings.Repeat("i", i%7) + "x" + strings.Repeat("q", i%11) + string(rune('a'+i%26)) + string(rune(0x4e00+i)) + " sow beans and peas "
	}
	changed := strings.ReplaceAll(numbered, "sow beans", "sow leeks and beans")
	if got := len(Words(numbered, changed)); got < 500 {
		t.Errorf("a thousand small changes are told as %d parts", got)
	}
	holds(t, numbered, changed)
}

func holds(t *testing.T, before, after string) {
	t.Helper()
	var a, b strings.Builder
	last := Op(-1)
	for _, p := range Words(before, after) {
		if p.Op != Come {
			a.WriteString(p.Text)
		}
		if p.Op != Gone {
			b.WriteString(p.Text)
		}
		if p.Op == last || p.Text == "" {
			t.Fatalf("two parts of one kind side by side, or an empty one: %q", p.Text)
		}
		last = p.Op
	}
	if a.String() != before || b.String() != after {
		t.Fatalf("%q and %q became %q and %q", before, after, a.String(), b.String())
	}
}
