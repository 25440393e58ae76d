package search

import (
	"context"
	"slices"

	"guildhall/models/id"
	"guildhall/models/space"
)

// MostCounted is the highest number that a facet is shown with; one more stands for more.
const MostCounted = 100

// Facets are how much was found, by kind and by space. Each ignores its own part of the question, so
// that it says what choosing another would find.
type Facets struct {
	Kinds  map[string]int64
	Spaces []InSpace
	All    int64 // that fits the whole question
}

// InSpace is how much was found in a space.
type InSpace struct {
	space.Space
	N int64
}

// facets counts what fits the question, under the same condition that finds it, and no further than
// what is looked over for the order.
func (a asking) facets(ctx context.Context) (f Facets, err error) {
	f.Kinds = map[string]int64{}
	wide := a.query
	wide.Kinds, wide.Spaces = nil, nil
	var rows []struct {
		Kind    string
		SpaceID *id.ID
		N       int64
	}
	newest := a.matching(ctx, wide).Select("search_rows.kind, places.space_id").Limit(window)
	if yes, _ := wide.wanted(); len(yes) > 0 {
		newest = newest.Order(table(wide) + ".rowid desc")
	} else {
		newest = newest.Order("search_rows.at desc, search_rows.id desc")
	}
	err = a.store.Read(ctx).Table("(?) as newest", newest).Select("kind, space_id, count(*) as n").Group("kind, space_id").Scan(&rows).Error
	in := map[id.ID]int64{}
	for _, r := range rows {
		here := len(a.query.Spaces) == 0 || r.SpaceID != nil && slices.Contains(a.called(a.query.Spaces), *r.SpaceID)
		kind := len(a.query.Kinds) == 0 || slices.Contains(a.query.Kinds, r.Kind)
		if here {
			f.Kinds[r.Kind] += r.N
		}
		if kind && r.SpaceID != nil {
			in[*r.SpaceID] += r.N
		}
		if here && kind {
			f.All += r.N
		}
	}
	for _, sp := range a.spaces {
		if n := in[sp.ID]; n > 0 {
			f.Spaces = append(f.Spaces, InSpace{sp, n})
		}
	}
	slices.SortStableFunc(f.Spaces, func(a, b InSpace) int { return int(b.N - a.N) })
	return f, err
}
