// Package diff tells what changed between two texts, word by word, for people to read. It is pure.
package diff

import (
	"strings"
	"unicode"
)

// Op is what became of a stretch of text.
type Op int

// The ops.
const (
	Same Op = iota
	Gone
	Come
)

// Part is a stretch of one of the texts, or of both. All parts but those that came are the first text;
// all but those that are gone are the second.
type Part struct {
	Op   Op
	Text string
}

// most bounds the table in which two stretches are compared; where it would be larger, all of the one is
// gone and all of the other came.
const most = 4_000_000

// Words compares two texts. What stands alone in both, in the same order, holds them together, so that a
// long text costs little more than what was changed in it.
func Words(before, after string) []Part {
	var d differ
	d.between(split(before), split(after))
	return d.parts
}

// split cuts a text into words, blanks and marks, each whole.
func split(text string) (words []string) {
	kind := func(r rune) int {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r):
			return 1
		case r == '\n':
			return 0 // each by itself
		case unicode.IsSpace(r):
			return 2
		}
		return 0
	}
	begin, last := 0, -1
	for i, r := range text {
		k := kind(r)
		if i > begin && (k != last || k == 0) {
			words = append(words, text[begin:i])
			begin = i
		}
		last = k
	}
	if begin < len(text) {
		words = append(words, text[begin:])
	}
	return words
}

type differ struct{ parts []Part }

func (d *differ) put(op Op, words ...string) {
	if len(words) == 0 {
		return
	}
	text := strings.Join(words, "")
	if n := len(d.parts); n > 0 && d.parts[n-1].Op == op {
		d.parts[n-1].Text += text
		return
	}
	d.parts = append(d.parts, Part{op, text})
}

func (d *differ) between(a, b []string) {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	d.put(Same, a[:head]...)
	a, b = a[head:], b[head:]
	tail := 0
	for tail < len(a) && tail < len(b) && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	end := a[len(a)-tail:]
	a, b = a[:len(a)-tail], b[:len(b)-tail]
	switch anchors := alone(a, b); {
	case len(a) == 0 || len(b) == 0 || len(anchors) == 0 && len(a)*len(b) > most:
		d.put(Gone, a...)
		d.put(Come, b...)
	case len(a)*len(b) <= most:
		d.table(a, b)
	default:
		i, j := 0, 0
		for _, at := range anchors {
			d.between(a[i:at.a], b[j:at.b])
			d.put(Same, a[at.a])
			i, j = at.a+1, at.b+1
		}
		d.between(a[i:], b[j:])
	}
	d.put(Same, end...)
}

// table finds the longest run of words that both have in the same order, and prefers to say first what
// is gone.
func (d *differ) table(a, b []string) {
	width := len(b) + 1
	longest := make([]int32, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				longest[i*width+j] = longest[(i+1)*width+j+1] + 1
			} else {
				longest[i*width+j] = max(longest[(i+1)*width+j], longest[i*width+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			d.put(Same, a[i])
			i, j = i+1, j+1
		case longest[(i+1)*width+j] >= longest[i*width+j+1]:
			d.put(Gone, a[i])
			i++
		default:
			d.put(Come, b[j])
			j++
		}
	}
	d.put(Gone, a[i:]...)
	d.put(Come, b[j:]...)
}

type pair struct{ a, b int }

// alone are the words that stand once in each, of which the longest run is in order in both.
func alone(a, b []string) []pair {
	type seen struct{ inA, inB, a, b int }
	of := map[string]*seen{}
	for i, w := range a {
		s := of[w]
		if s == nil {
			s = &seen{}
			of[w] = s
		}
		s.inA, s.a = s.inA+1, i
	}
	for j, w := range b {
		if s := of[w]; s != nil {
			s.inB, s.b = s.inB+1, j
		}
	}
	var pairs []pair
	for i, w := range a {
		if s := of[w]; s.inA == 1 && s.inB == 1 && s.a == i {
			pairs = append(pairs, pair{s.a, s.b})
		}
	}
	return rising(pairs)
}

// rising is the longest run of pairs, sorted by a, whose b rises too (patience sorting).
func rising(pairs []pair) []pair {
	var tops []int
	before := make([]int, len(pairs))
	for i, p := range pairs {
		low, high := 0, len(tops)
		for low < high {
			if mid := (low + high) / 2; pairs[tops[mid]].b < p.b {
				low = mid + 1
			} else {
				high = mid
			}
		}
		before[i] = -1
		if low > 0 {
			before[i] = tops[low-1]
		}
		if low == len(tops) {
			tops = append(tops, i)
		} else {
			tops[low] = i
		}
	}
	run := make([]pair, len(tops))
	for i, at := len(tops)-1, last(tops); i >= 0; i, at = i-1, before[at] {
		run[i] = pairs[at]
	}
	return run
}

func last(tops []int) int {
	if len(tops) == 0 {
		return -1
	}
	return tops[len(tops)-1]
}
