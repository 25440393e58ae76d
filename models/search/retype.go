package search

import (
	"slices"
	"strings"
	"time"
)

// written is a piece as it would be typed.
func (p piece) written() string {
	text := p.text
	if p.quoted {
		text = `"` + text + `"`
	}
	if p.not {
		text = "-" + text
	}
	return text
}

// With is the question as text with one operator more, or without it if it is there; what it stands
// instead of goes.
func (q Query) With(operator string, instead ...string) string {
	var all []string
	had := false
	for _, p := range pieces(q.Text) {
		text := p.written()
		is := !p.quoted && strings.EqualFold(text, operator)
		had = had || is
		other := !p.quoted && slices.ContainsFunc(instead, func(begins string) bool { return strings.HasPrefix(strings.ToLower(text), begins) })
		if !is && !other {
			all = append(all, text)
		}
	}
	if operator != "" && !had {
		all = append(all, operator)
	}
	return strings.Join(all, " ")
}

// Operators are the pieces of the question that say something about what is looked for, as they were
// typed, and Words is the question without them.
func (q Query) Operators() (operators []string) {
	for _, p := range pieces(q.Text) {
		if p.operates() {
			operators = append(operators, p.written())
		}
	}
	return operators
}

// Words is the question without its operators.
func (q Query) Words() string {
	var all []string
	for _, p := range pieces(q.Text) {
		if !p.operates() {
			all = append(all, p.written())
		}
	}
	return strings.Join(all, " ")
}

func (p piece) operates() bool {
	var alone Query
	return !p.quoted && alone.operator(p, time.Unix(0, 0).UTC())
}

// Has tells whether the question has an operator, as it is written.
func (q Query) Has(operator string) bool {
	return slices.ContainsFunc(q.Operators(), func(o string) bool { return strings.EqualFold(o, operator) })
}

// Replaced is the question as text with one operator in the place of those that begin like it.
func (q Query) Replaced(operator string, instead ...string) string {
	text := q.With("", instead...)
	return strings.TrimSpace(text + " " + operator)
}

// Wants tells whether the question names a kind of card.
func (q Query) Wants(kind string) bool { return slices.Contains(q.Kinds, kind) }

// Toggled is the question as text that names a kind too, or no longer; however that was spelled.
func (q Query) Toggled(kind, operator string) string {
	if !q.Wants(kind) {
		return q.With(operator)
	}
	text := q.Text
	for name, of := range kinds {
		if of == kind && q.Has("in:"+name) {
			text = Query{Text: text}.With("in:" + name)
		}
	}
	return text
}
