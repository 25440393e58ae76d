package search

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"guildhall/models/id"
	"guildhall/models/space"
)

// MostCounted is the highest number that a facet is shown with; one more stands for more.
const MostCounted = 100

// Facets are how much was found, by kind, by space and by tag. The first two ignore their own part of the
// question, so that they say what choosing another would find; a tag narrows further.
type Facets struct {
	Kinds  map[string]int64
	Spaces []InSpace
	Tags   []WithTag // the most frequent first
	All    int64     // that fits the whole question
}

// InSpace is how much was found in a space.
type InSpace struct {
	space.Space
	N int64
}

// WithTag is how much was found in topics with a tag.
type WithTag struct {
	Name string
	N    int64
}

// counted counts what was found, and once more what of it stands in topics with each tag.
const counted = `with newest as (?) select kind, space_id, '' as tag, count(*) as n from newest group by kind, space_id
	union all select newest.kind, newest.space_id, tags.name, count(*) from newest join topic_tags on topic_tags.topic_id = newest.place_id
	join tags on tags.id = topic_tags.tag_id group by newest.kind, newest.space_id, tags.name`

// facets counts what fits the question, under the same condition that finds it, and no further than
// what is looked over for the order.
func (a asking) facets(ctx context.Context) (f Facets, err error) {
	f.Kinds = map[string]int64{}
	wide := a.query
	wide.Kinds, wide.Spaces = nil, nil
	var rows []struct {
		Kind    string
		SpaceID *id.ID
		Tag     string
		N       int64
	}
	newest := a.matching(ctx, wide).Select("search_rows.kind, search_rows.place_id, places.space_id").Limit(window)
	if yes, _ := wide.wanted(); len(yes) > 0 {
		newest = newest.Order(table(wide) + ".rowid desc")
	} else {
		newest = newest.Order("search_rows.at desc, search_rows.id desc")
	}
	err = a.store.Seek(ctx).Raw(counted, newest).Scan(&rows).Error
	in, with := map[id.ID]int64{}, map[string]int64{}
	for _, r := range rows {
		here := len(a.query.Spaces) == 0 || r.SpaceID != nil && slices.Contains(a.called(a.query.Spaces), *r.SpaceID)
		kind := len(a.query.Kinds) == 0 || slices.Contains(a.query.Kinds, r.Kind)
		if r.Tag != "" {
			if here && kind {
				with[r.Tag] += r.N
			}
			continue
		}
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
	for name, n := range with {
		f.Tags = append(f.Tags, WithTag{name, n})
	}
	slices.SortFunc(f.Tags, func(a, b WithTag) int { return cmp.Or(int(b.N-a.N), strings.Compare(a.Name, b.Name)) })
	return f, err
}
