package search

import (
	"context"
	"slices"

	"guildhall/models/access"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/lexeme"
)

// lookedAt is how many of the newest titles with one of the words are compared.
const lookedAt = 60

// telling is the fewest letters of a word by which a title is told from others.
const telling = 4

// Titled returns topics that v may read in whose titles stand all the words, the last of which may be
// begun only: the newest first, at most size.
func (s *Search) Titled(ctx context.Context, v access.Viewer, text string, size int) ([]forum.Listed, error) {
	var terms []Term
	for _, w := range lexeme.Of(text) {
		terms = append(terms, Term{Words: []string{w.Text}, Whole: true})
	}
	if len(terms) == 0 {
		return nil, nil
	}
	terms[len(terms)-1].Whole = false
	topics, err := s.titles(ctx, v, s.all(terms, true), size)
	return topics, err
}

// Similar returns topics that v may read whose titles have words of a title that is being written, those
// with most of them first: at most size.
func (s *Search) Similar(ctx context.Context, v access.Viewer, title string, size int) ([]forum.Listed, error) {
	wanted := map[string]bool{}
	var terms []Term
	for _, w := range lexeme.Of(title) {
		if len([]rune(w.Text)) >= telling && !wanted[w.Text] && len(terms) < 12 {
			wanted[w.Text] = true
			terms = append(terms, Term{Words: []string{w.Text}, Whole: true})
		}
	}
	if len(terms) == 0 {
		return nil, nil
	}
	m := s.any(terms)
	m.table, m.where = "search_titles", s.all(terms, true).where
	topics, err := s.titles(ctx, v, m, lookedAt)
	slices.SortStableFunc(topics, func(a, b forum.Listed) int { return shared(b.Title, wanted) - shared(a.Title, wanted) })
	return topics[:min(size, len(topics))], err
}

// shared counts the words of a title that are wanted.
func shared(title string, wanted map[string]bool) (n int) {
	seen := map[string]bool{}
	for _, w := range lexeme.Of(title) {
		if wanted[w.Text] && !seen[w.Text] {
			seen[w.Text] = true
			n++
		}
	}
	return n
}

// titles are the newest topics that v may read whose titles match.
func (s *Search) titles(ctx context.Context, v access.Viewer, m match, size int) ([]forum.Listed, error) {
	var keys []id.ID
	err := s.store.Read(ctx).Table("search_rows").Scopes(access.Readable(v, "search_rows.place_id")).
		Joins("join "+m.table+" on "+m.table+".rowid = search_rows.id").Where(m.where, m.with).
		Order("search_rows.at desc, search_rows.id desc").Limit(size).Pluck("search_rows.place_id", &keys).Error
	if err != nil {
		return nil, err
	}
	found, err := s.Forum.Some(ctx, v, keys)
	slices.SortFunc(found, func(a, b forum.Listed) int { return slices.Index(keys, a.ID) - slices.Index(keys, b.ID) })
	return found, err
}
