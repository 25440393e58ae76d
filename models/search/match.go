package search

import (
	"strings"
)

// What is asked of the index is put together from folded words alone: letters, digits and signs that
// mean nothing to either database. Nothing that somebody typed reaches it otherwise.

// shortest is the fewest letters that stand for the longer words beginning with them.
const shortest = 2

func (t Term) begins() bool {
	return !t.Whole && len([]rune(t.Words[len(t.Words)-1])) >= shortest
}

// fts writes terms for SQLite.
func fts(terms []Term, with string) string {
	all := make([]string, len(terms))
	for i, t := range terms {
		all[i] = `"` + strings.Join(t.Words, " ") + `"`
		if t.begins() {
			all[i] += "*"
		}
	}
	return strings.Join(all, with)
}

// tsquery writes terms for Postgres.
func tsquery(terms []Term, with string) string {
	all := make([]string, len(terms))
	for i, t := range terms {
		words := make([]string, len(t.Words))
		for j, w := range t.Words {
			words[j] = "'" + w + "'"
		}
		if t.begins() {
			words[len(words)-1] += ":*"
		}
		all[i] = "(" + strings.Join(words, "<->") + ")"
	}
	return strings.Join(all, with)
}

// beside is the wanted words as one phrase: where they stand in a row they are worth more.
func beside(terms []Term) (phrase []Term, ok bool) {
	if len(terms) < 2 {
		return nil, false
	}
	one := Term{Whole: terms[len(terms)-1].Whole}
	for _, t := range terms {
		one.Words = append(one.Words, t.Words...)
	}
	return []Term{one}, true
}

// match is one condition on the words of a table, and what it is asked with.
type match struct {
	table string
	where string
	with  string
}

// all is the condition that every term is there: in the title, if so asked.
func (s *Search) all(terms []Term, titled bool) match {
	table := "search_words"
	if titled {
		table = "search_titles"
	}
	if s.store.Dialect() == "postgres" {
		return match{table, table + ".words @@ cast(? as tsquery)", tsquery(terms, " & ")}
	}
	return match{table, table + " match ?", fts(terms, " AND ")}
}

// any is the condition that one of the terms is there.
func (s *Search) any(terms []Term) match {
	m := s.all(terms, false)
	if s.store.Dialect() == "postgres" {
		m.with = tsquery(terms, " | ")
	} else {
		m.with = fts(terms, " OR ")
	}
	return m
}
