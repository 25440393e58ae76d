package search

import (
	"strings"
	"unicode/utf8"

	"guildhall/models/lexeme"
)

// Piece is a stretch of text, and whether it is what was asked for. It is plain text: whoever draws it
// escapes it.
type Piece struct {
	Text string
	Mark bool
}

const snippetRunes = 180

// span is a stretch of a text, in bytes.
type span struct{ start, end int }

// in finds where a term stands among the words of a text.
func (t Term) in(words []lexeme.Word) (spans []span) {
	for i := 0; i+len(t.Words) <= len(words); i++ {
		fits := true
		for j, w := range t.Words {
			last := j == len(t.Words)-1
			if last && t.begins() {
				fits = fits && strings.HasPrefix(words[i+j].Text, w)
			} else {
				fits = fits && words[i+j].Text == w
			}
		}
		if fits {
			spans = append(spans, span{words[i].Start, words[i+len(t.Words)-1].End})
		}
	}
	return spans
}

// marked is the whole of a text with what was asked for marked.
func marked(text string, terms []Term) []Piece {
	words := lexeme.Of(text)
	marks := make([]bool, len(text))
	for _, t := range terms {
		for _, s := range t.in(words) {
			for i := s.start; i < s.end; i++ {
				marks[i] = true
			}
		}
	}
	return cut(text, marks, 0, len(text))
}

func cut(text string, marks []bool, from, to int) (all []Piece) {
	for start := from; start < to; {
		end := start + 1
		for end < to && marks[end] == marks[start] {
			end++
		}
		all = append(all, Piece{text[start:end], marks[start]})
		start = end
	}
	return all
}

// Snippet is a part of a text in about so many runes: the one in which most of what was asked for
// stands, or its beginning, with the words marked and an ellipsis where something was left out.
func Snippet(text string, terms []Term, runes int) []Piece {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "")
	}
	words := lexeme.Of(text)
	marks := make([]bool, len(text))
	firsts := make([]int, 0, len(terms)) // of each term, where it stands first
	for _, t := range terms {
		for i, s := range t.in(words) {
			if i == 0 {
				firsts = append(firsts, s.start)
			}
			for at := s.start; at < s.end; at++ {
				marks[at] = true
			}
		}
	}
	from, to := frame(text, densest(firsts, runes), runes)
	all := cut(text, marks, from, to)
	if from > 0 {
		all = append([]Piece{{Text: "…"}}, all...)
	}
	if to < len(text) {
		all = append(all, Piece{Text: "…"})
	}
	return all
}

// densest is the first of the places from which most others are near.
func densest(places []int, near int) (best int) {
	most := 0
	for _, p := range places {
		n := 0
		for _, other := range places {
			if other >= p && other < p+near {
				n++
			}
		}
		if n > most || n == most && p < best {
			best, most = p, n
		}
	}
	return best
}

// frame is about so many runes around a place, cut between words where there are any.
func frame(text string, at, runes int) (from, to int) {
	from = at
	for n := 0; from > 0 && n < runes/4; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	if from > 0 {
		if blank := strings.IndexByte(text[from:at], ' '); blank >= 0 {
			from += blank + 1
		}
	}
	to = from
	for n := 0; to < len(text) && n < runes; n++ {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	if to < len(text) {
		if blank := strings.LastIndexByte(text[from:to], ' '); blank > 0 && from+blank > at {
			to = from + blank
		}
	}
	return from, to
}
