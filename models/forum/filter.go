package forum

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// Filter narrows a list of topics, and says in which order they come.
type Filter string

// Filters.
const (
	Latest     Filter = ""       // activity first
	Unopened   Filter = "new"    // and not older than what is new to the viewer
	Unread     Filter = "unread" // opened or followed, with posts since
	Top        Filter = "top"    // the best of a period first
	Unanswered Filter = "unanswered"
	Solved     Filter = "solved"
	Mine       Filter = "mine"
)

// Filters are all of them.
var Filters = []Filter{Latest, Unopened, Unread, Top, Unanswered, Solved, Mine}

// Of says which topics a list is of.
type Of struct {
	Space  id.ID // 0: every space that the viewer may read
	Tag    id.ID // 0: with any tags or none
	Filter Filter
	Period Period    // of Top
	Joined time.Time // when the viewer came: what is older is not new to them
}

func (o Of) within() Within {
	switch {
	case o.Tag != 0:
		return OfTag
	case o.Space != 0:
		return InSpace
	}
	return Everywhere
}

// newFor is how long a topic is new to somebody who does not open it.
const newFor = 14 * 24 * time.Hour

// List lists topics that v may read, after the given cursor ("" for the first page). What v muted or
// ignores is left out of it. Of a space, its pinned ones are not among the latest: see Pinned.
func (f *Forum) List(ctx context.Context, v access.Viewer, of Of, after Cursor) (topics []Listed, next Cursor, err error) {
	db := f.filtered(ctx, v, of)
	cursor, order, place := byActivity, "topics.active_at desc, topics.id desc", "(topics.active_at, topics.id) < (?, ?)"
	switch {
	case of.Filter == Top:
		order, place = "topic_tops.worth desc, topics.id desc", "(topic_tops.worth, topics.id) < (?, ?)"
		db, cursor = f.best(ctx, db, of), byWorth
		if n, key, ok := after.Number(); ok {
			db = db.Where(place, n, key)
		}
	case of.Filter == Unopened:
		order, place, cursor = "topics.created_at desc, topics.id desc", "(topics.created_at, topics.id) < (?, ?)", byAge
	case of.Tag != 0 && of.Filter != Unread:
		order, place = "topic_tags.active_at desc, topic_tags.topic_id desc", "(topic_tags.active_at, topic_tags.topic_id) < (?, ?)"
	}
	if at, key, ok := after.Time(); ok && of.Filter != Top {
		db = db.Where(place, at, key)
	}
	topics, err = store.All[Listed](db.Order(order).Limit(PageSize + 1))
	lapse(topics, f.store.Now(ctx))
	topics, next = store.Page(topics, PageSize, cursor)
	return topics, next, err
}

// Topics is List of one space.
func (f *Forum) Topics(ctx context.Context, v access.Viewer, space id.ID, filter Filter, after Cursor) ([]Listed, Cursor, error) {
	return f.List(ctx, v, Of{Space: space, Filter: filter}, after)
}

func byAge(t Listed) store.Cursor   { return store.CursorAt(t.CreatedAt, t.ID) }
func byWorth(t Listed) store.Cursor { return store.CursorOf(t.Worth, t.ID) }

// filtered is the statement of a list without its order.
func (f *Forum) filtered(ctx context.Context, v access.Viewer, of Of) *store.DB {
	db := f.listed(ctx, v)
	if of.Filter == Unread {
		db = f.behind(ctx, v)
	}
	if of.Filter != Mine {
		db = f.wanted(ctx, db, v, of.within())
	}
	if of.Space != 0 {
		db = db.Where("topics.space_id = ?", of.Space)
	}
	if of.Tag != 0 {
		db = byTag(db, of.Tag)
	}
	switch of.Filter {
	case Unopened:
		return f.fresh(ctx, db, v, of)
	case Unread:
		return db.Where("topics.last_number > topic_reads.number").
			Where("topic_reads.number > 0 or "+levels[Everywhere]+" >= ?", v.ID, v.ID, v.ID, Tracking)
	case Unanswered:
		return db.Where("topics.answer_id is null and " + f.inOrder("topics.space_id") + " in (select spaces.id from spaces where spaces.kind = 'questions')")
	case Solved:
		return db.Where("topics.answer_id is not null")
	case Mine:
		return db.Where("topics.author_id = ?", v.ID)
	case Latest:
		if of.Space != 0 && of.Tag == 0 {
			return db.Where("topics.pinned_at is null or topics.pinned_until <= ?", f.store.Now(ctx))
		}
	}
	return db
}

// inOrder keeps SQLite, which does not know how many topics there are, from finding them by a column and
// sorting them all, where the first in their order will do.
func (f *Forum) inOrder(column string) string {
	if f.store.Dialect() == "sqlite" {
		return "+" + column
	}
	return column
}

// fresh narrows to what is new to v: begun by others since v came, in the last two weeks, since v said
// that they have seen what was new, and never opened.
func (f *Forum) fresh(ctx context.Context, db *store.DB, v access.Viewer, of Of) *store.DB {
	since := f.store.Now(ctx).Add(-newFor)
	if of.Joined.After(since) {
		since = of.Joined
	}
	if of.Tag != 0 {
		db = db.Where("topic_tags.active_at > ?", since) // nothing was begun after it was last active: a tag is read no further back
	}
	if !v.SignedIn() {
		return db.Where("1 = 0") // nothing is new to nobody
	}
	return db.Where("topics.created_at > ? and coalesce(topic_reads.number, 0) = 0 and topics.author_id <> ?", since, v.ID).
		Where("not exists (select 1 from new_marks where new_marks.member_id = ? and new_marks.space_id in (0, topics.space_id) and new_marks.at >= topics.created_at)", v.ID)
}

// lookedBack is how many of the topics that somebody opened or follows are looked through for new
// posts, the latest of them first: the work does not grow with the club.
const lookedBack = 500

// behind is listed, beginning with what v opened or follows.
func (f *Forum) behind(ctx context.Context, v access.Viewer) *store.DB {
	lately := f.store.Read(ctx).Table("topic_reads").Select("topic_id, number").Where("member_id = ?", v.ID).Order("at desc, topic_id").Limit(lookedBack)
	return f.store.Read(ctx).Table("(?) as topic_reads cross join topics", lately).Scopes(access.Readable(v, "topics.id")).Where("topics.merged_into is null").
		Where("topics.id = topic_reads.topic_id").Select(f.columns())
}

// Counts is how many topics stand behind the tabs of a list, up to 99, and how closely its space or tag
// is followed.
type Counts struct {
	New, Unread int64
	Level       Level
}

// Counts counts what is new and unread in the topics of a list, in one statement. What is new is looked for
// from the newest on: else a club's whole past would be read for what is not there.
func (f *Forum) Counts(ctx context.Context, v access.Viewer, of Of) (n Counts, err error) {
	if !v.SignedIn() {
		return n, nil
	}
	some := func(filter Filter) *store.DB {
		of.Filter = filter
		return f.filtered(ctx, v, of).Select("topics.id").Limit(maxNew)
	}
	rows, err := store.All[struct {
		What string
		N    int64
	}](f.store.Read(ctx).Raw("select 'new' as what, count(*) as n from (?) as fresh union all select 'unread', count(*) from (?) as behind"+
		" union all select 'level', level from watches where member_id = ? and (kind = 'space' and subject_id = ? or kind = 'tag' and subject_id = ?)",
		some(Unopened).Order("topics.created_at desc, topics.id desc"), some(Unread), v.ID, of.Space, of.Tag))
	n.Level = Normal
	for _, r := range rows {
		switch r.What {
		case "new":
			n.New = r.N
		case "unread":
			n.Unread = r.N
		case "level":
			n.Level = Level(r.N)
		}
	}
	return n, err
}

// SeenNew notes that v has seen what is new in a space, or (0) everywhere, without opening it.
func (f *Forum) SeenNew(ctx context.Context, v access.Viewer, space id.ID) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	if space != 0 {
		if err := v.CanEnter(space); err != nil {
			return err
		}
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Exec("insert into new_marks (member_id, space_id, at) values (?, ?, ?) on conflict (member_id, space_id) do update set at = excluded.at", v.ID, space, tx.Now).Error
	})
}
