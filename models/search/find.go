package search

import (
	"context"
	"slices"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/space"
	"guildhall/models/store"
)

// Bounds of an answer.
const (
	PageSize = 20
	MaxPages = 20
	// window is how many of the newest things with the words are put in order by how well they match:
	// the work does not grow with the club. As many of those with the words in their title join them.
	window = 1_000
)

// Found is a thing that was found, and where it stands.
type Found struct {
	ID      id.ID // of the post, message or member
	Kind    string
	SpaceID *id.ID
	At      time.Time
	Likes   int64
	Rank    float64
}

// Page is a stretch of what was found.
type Page struct {
	Hits   []Hit
	Next   Cursor // "" at the end, and after MaxPages
	Facets Facets
	Number int           // of this page, from 1
	Spaces []space.Space // listed for the asker, and named like what they ask for
}

// Find answers a question of v, from a cursor on ("" for the first page). What v may not read is not
// found, counted or told of in any way: not even the order of what is found depends on it.
func (s *Search) Find(ctx context.Context, v access.Viewer, q Query, after Cursor) (p Page, err error) {
	p.Number = after.page()
	if q.Empty() || p.Number > MaxPages {
		return p, nil
	}
	a, err := s.asks(ctx, v, q)
	if err != nil {
		return p, err
	}
	found, err := a.page(ctx, after, PageSize)
	if err != nil {
		return p, err
	}
	if len(found) > PageSize {
		found = found[:PageSize]
		if p.Number < MaxPages {
			p.Next = cursorOf(p.Number+1, a.order(), found[PageSize-1])
		}
	}
	if p.Hits, err = s.hits(ctx, v, q, found, a.spaces); err != nil {
		return p, err
	}
	if p.Facets, err = a.facets(ctx); err != nil {
		return p, err
	}
	if after == "" {
		p.Spaces = namedLike(q, a.spaces)
	}
	return p, nil
}

// Quick finds a few things at once, for whoever is still typing.
func (s *Search) Quick(ctx context.Context, v access.Viewer, q Query, size int) (p Page, err error) {
	if q.Empty() {
		return p, nil
	}
	a, err := s.asks(ctx, v, q)
	if err != nil {
		return p, err
	}
	found, err := a.page(ctx, "", size)
	if err != nil {
		return p, err
	}
	p.Hits, err = s.hits(ctx, v, q, found[:min(size, len(found))], a.spaces)
	p.Spaces = namedLike(q, a.spaces)
	return p, err
}

// asking is one question of one viewer.
type asking struct {
	*Search
	viewer access.Viewer
	query  Query
	spaces []space.Space    // listed for the viewer
	people map[string]id.ID // those who are named, by handle
}

// asks looks up what a question names.
func (s *Search) asks(ctx context.Context, v access.Viewer, q Query) (a asking, err error) {
	a = asking{Search: s, viewer: v, query: q, people: map[string]id.ID{}}
	if _, a.spaces, err = s.Spaces.Listed(ctx, v); err != nil || len(q.By)+len(q.NotBy) == 0 {
		return a, err
	}
	named, err := s.Members.Handles(ctx, slices.Concat(q.By, q.NotBy))
	for key, n := range named {
		a.people[n] = key
	}
	return a, err
}

// order is that of the question: without words nothing matches better than another, and the latest
// come first.
func (a asking) order() Order {
	if yes, _ := a.query.wanted(); len(yes) == 0 && a.query.Order == Relevance {
		return Latest
	}
	return a.query.Order
}

// page finds one more than size.
func (a asking) page(ctx context.Context, after Cursor, size int) (found []Found, err error) {
	db := a.store.Seek(ctx)
	order := a.order()
	if order == Relevance {
		db = db.Table("(?) as ranked", a.ranked(ctx)).Select("*")
		if rank, key, ok := after.rank(); ok {
			db = db.Where("rank < ? or (rank = ? and id < ?)", rank, rank, key)
		}
		return found, db.Order("rank desc, id desc").Limit(size + 1).Scan(&found).Error
	}
	db = a.matching(ctx, a.query).Select(columns)
	at, likes, key, ok := after.time()
	switch {
	case order == Liked && ok:
		db = db.Where("(search_rows.likes, search_rows.at, search_rows.id) < (?, ?, ?)", likes, at, key)
	case order == Oldest && ok:
		db = db.Where("(search_rows.at, search_rows.id) > (?, ?)", at, key)
	case ok:
		db = db.Where("(search_rows.at, search_rows.id) < (?, ?)", at, key)
	}
	return found, db.Order(map[Order]string{
		Latest: "search_rows.at desc, search_rows.id desc", Oldest: "search_rows.at, search_rows.id", Liked: "search_rows.likes desc, search_rows.at desc, search_rows.id desc",
	}[order]).Limit(size + 1).Scan(&found).Error
}

const columns = "search_rows.id, search_rows.kind, places.space_id, search_rows.at, search_rows.likes"

// ranked is the statement of the newest things that match, each with its rank: how good the place is
// where the words stand, times what the card is worth. How common a word is in the club has no say, as
// that would tell of what the asker may not read.
func (a asking) ranked(ctx context.Context) *store.DB {
	yes, _ := a.query.wanted()
	newest := func(q Query) *store.DB {
		return a.matching(ctx, q).Select(columns + ", search_rows.worth").Order(table(q) + ".rowid desc").Limit(window)
	}
	db := a.store.Seek(ctx)
	if a.query.Titled {
		return db.Table("(?) as found", newest(a.query)).Select("found.*, found.worth as rank")
	}
	titled := a.query
	titled.Titled = true
	both := db.Raw("select newest.*, 1 as times from (?) as newest union all select titled.*, 4 as times from (?) as titled", newest(a.query), newest(titled))
	rank, args := "max(found.worth * found.times)", []any{}
	if phrase, ok := beside(yes); ok {
		m := a.all(phrase, false)
		row := a.store.Seek(ctx).Table(m.table).Select(m.table+".rowid").Where(m.where, m.with)
		rank, args = rank+" * (case when found.id in (?) then 2 else 1 end)", append(args, row)
	}
	return db.Table("(?) as found", both).Select("found.id, found.kind, found.space_id, found.at, found.likes, "+rank+" as rank", args...).
		Group("found.id, found.kind, found.space_id, found.at, found.likes")
}

// table is where the words of a question are looked for.
func table(q Query) string {
	if q.Titled {
		return "search_titles"
	}
	return "search_words"
}
