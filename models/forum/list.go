package forum

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/draft"
	"guildhall/models/id"
	"guildhall/models/store"
)

// Listed is a topic in a list, with how far the viewer has read it.
type Listed struct {
	Topic
	ReadNumber int64  // the last post that the viewer has read; 0: never opened
	TagNames   string // see Tags

	// Of one topic that was looked up by itself; in a list they are not asked for.
	Seq  int64 // of its changes, when it was read: the live line goes on from it
	Told bool  // whether the viewer was told something of it that they have not read
	draft.Begun
	Level     Level      // how closely the viewer follows it
	Announced bool       // by the owners, to everybody
	ReadSince *time.Time // when the viewer opened it first
	Ignoring  string     // see Ignored

	Worth int64 // in a list of the best

	RepliedAt *time.Time // by the viewer, in slow mode
}

// New is how many posts are new to the viewer; for a guest always 0.
func (l Listed) New(v access.Viewer) int64 {
	if !v.SignedIn() {
		return 0
	}
	return max(0, l.LastNumber-l.ReadNumber)
}

// Cursor says where a list goes on; see store.Cursor.
type Cursor = store.Cursor

// PageSize is how many topics a page of a list shows.
const PageSize = 20

// Pinned lists the space's pinned topics that v may read.
func (f *Forum) Pinned(ctx context.Context, v access.Viewer, space id.ID) (topics []Listed, err error) {
	topics, err = store.All[Listed](f.listed(ctx, v).Where("topics.space_id = ? and topics.pinned_at is not null and (topics.pinned_until is null or topics.pinned_until > ?)", space, f.store.Now(ctx)).
		Order("topics.pinned_at desc").Limit(MaxPinned))
	return topics, err
}

// Fresh lists the topics in which something happened since then that v has not read, in all spaces
// that v may read: the finite list of home, those that v has been in before new ones. At most size.
func (f *Forum) Fresh(ctx context.Context, v access.Viewer, since time.Time, size int) (topics []Listed, err error) {
	topics, err = store.All[Listed](f.wanted(ctx, f.listed(ctx, v), v, Everywhere).Where("topics.active_at > ? and topics.last_number > coalesce(topic_reads.number, 0)", since).
		Where("topics.author_id = ? or topic_reads.number is not null or topics.created_at > ?", v.ID, since).
		Order("case when topic_reads.number is null then 1 else 0 end, topics.active_at desc, topics.id desc").Limit(size))
	lapse(topics, f.store.Now(ctx))
	return topics, err
}

// By lists what a member started where v may read, latest first, at most size.
func (f *Forum) By(ctx context.Context, v access.Viewer, author id.ID, size int) (topics []Listed, err error) {
	topics, err = store.All[Listed](f.listed(ctx, v).Where("topics.author_id = ?", author).Order("topics.created_at desc, topics.id desc").Limit(size))
	lapse(topics, f.store.Now(ctx))
	return topics, err
}

// listed is every list of topics: what v may read and find, with how far v has read it.
func (f *Forum) listed(ctx context.Context, v access.Viewer) *store.DB {
	return f.of(ctx, v, access.Readable).Where("topics.merged_into is null")
}

// of are the topics that v may read, as the scope says: those that are listed, or all that v has the
// address of.
func (f *Forum) of(ctx context.Context, v access.Viewer, scope func(access.Viewer, string) store.Scope) *store.DB {
	return f.store.Read(ctx).Model(&Topic{}).Scopes(scope(v, "topics.id")).
		Joins("left join topic_reads on topic_reads.topic_id = topics.id and topic_reads.member_id = ?", v.ID).
		Select(f.columns())
}

// columns are those of a Listed.
func (f *Forum) columns() string {
	return "topics.*, places.hidden, places.taster, places.unlisted, places.archived, coalesce(topic_reads.number, 0) as read_number, " + tagged(f.store.Dialect())
}

func byActivity(t Listed) store.Cursor { return store.CursorAt(t.ActiveAt, t.ID) }

// lately is how many of a topic's last posts are looked at for who wrote them.
const lately = 8

// Lately returns who wrote last in each of the topics, latest first and each once.
func (f *Forum) Lately(ctx context.Context, topics []id.ID) (map[id.ID][]id.ID, error) {
	if len(topics) == 0 {
		return nil, nil
	}
	db := f.store.Read(ctx)
	last := db.Table("posts").Select("string_agg(cast(posts.author_id as text), ' ' order by posts.number desc)").
		Where("posts.topic_id = topics.id and posts.number > topics.last_number - ? and posts.removed_at is null", lately)
	rows, err := store.All[struct {
		ID   id.ID
		Last string
	}](db.Table("topics").Select("id, (?) as last", last).Where("id in ?", topics))
	of := make(map[id.ID][]id.ID, len(rows))
	for _, r := range rows {
		for by := range strings.FieldsSeq(r.Last) {
			n, err := strconv.ParseInt(by, 10, 64)
			if err != nil {
				return nil, err
			}
			if !slices.Contains(of[r.ID], id.ID(n)) {
				of[r.ID] = append(of[r.ID], id.ID(n))
			}
		}
	}
	return of, err
}

// Recent lists the topics that v may read, latest activity first, at most size.
func (f *Forum) Recent(ctx context.Context, v access.Viewer, size int) (topics []Listed, err error) {
	topics, err = store.All[Listed](f.listed(ctx, v).Order("topics.active_at desc, topics.id desc").Limit(size))
	lapse(topics, f.store.Now(ctx))
	return topics, err
}

// Some returns those of the topics that v may read, in one statement.
func (f *Forum) Some(ctx context.Context, v access.Viewer, keys []id.ID) (topics []Listed, err error) {
	if len(keys) == 0 {
		return nil, nil
	}
	topics, err = store.All[Listed](f.listed(ctx, v).Where("topics.id in ?", keys))
	return topics, err
}

// Missed lists what others started since then and v has never opened, where v may read: what v watches
// before what v tracks and all else, and of those the ones in which most was said first; at most size. What
// v muted is not among them, nor who v blocks or ignores, nor what is hidden.
func (f *Forum) Missed(ctx context.Context, v access.Viewer, since time.Time, size int) (topics []Listed, err error) {
	topics, err = store.All[Listed](f.wanted(ctx, f.listed(ctx, v), v, Everywhere).Select(f.columns()+", "+levels[Everywhere]+" as level", v.ID, v.ID, v.ID).
		Where("topics.created_at > ? and coalesce(topic_reads.number, 0) = 0 and topics.author_id <> ? and not places.hidden", since, v.ID).
		Where("topics.author_id not in (select blocked_id from blocks where member_id = ?)", v.ID).
		Order("level desc, topics.posts desc, topics.active_at desc, topics.id desc").Limit(size))
	return topics, err
}
