package forum

import (
	"context"
	"errors"
	"time"

	"guildhall/models/access"
	"guildhall/models/draft"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// Topic returns a topic that v may read, whichever space it stands in now, in one statement: listed or
// not, as v has its address. Of one that was merged, that which has its posts.
func (f *Forum) Topic(ctx context.Context, v access.Viewer, key id.ID) (t Listed, err error) {
	told := notify.Unread(f.store.Read(ctx), v.ID, "topics.id")
	t, err = store.One[Listed](f.of(ctx, v, access.Reachable).Joins("join streams on streams.place_id = topics.id").Scopes(draft.Beside(v, draft.Reply, "topics.id")).
		Select(f.columns()+", streams.seq, topic_reads.replied_at, exists (?) as told, "+levels[Everywhere]+" as level, "+announcedNow+" as announced, topic_reads.since as read_since, "+ignoring(f.store.Dialect())+draft.BegunColumns,
			told, v.ID, v.ID, v.ID, f.store.Now(ctx), v.ID, f.store.Now(ctx)).Where("topics.id = ?", key))
	if err == nil && t.MergedInto == nil {
		t.lapse(f.store.Now(ctx))
		return t, nil
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return t, err
	}
	if into, err := follow(f.store.Read(ctx), key); err != nil {
		return t, err
	} else if into != 0 {
		return f.Topic(ctx, v, into)
	}
	place, err := access.FindPlace(f.store.Read(ctx), key) // what is it that keeps v out?
	if err == nil {
		err = v.CanRead(place)
	}
	if err == nil {
		err = missing(store.ErrNotFound)
	}
	return t, err
}

// Post returns one post with its topic for v, who may read it.
func (f *Forum) Post(ctx context.Context, v access.Viewer, key id.ID) (p Post, t Listed, err error) {
	if err := f.store.Read(ctx).Take(&p, "id = ?", key).Error; err != nil {
		return p, t, missing(err)
	}
	if t, err = f.Topic(ctx, v, p.TopicID); err != nil {
		return Post{}, t, err
	}
	return veil(v, t.Topic, p), t, nil
}

// Drawn returns posts of one topic as every reader of it sees them, with their reactions: for the
// live line, whose copies hold only what is true for everyone. Who hears them was decided before. The plus
// keeps SQLite from reading the whole topic in its order for the few.
func (f *Forum) Drawn(ctx context.Context, topic id.ID, keys []id.ID) (t Topic, posts []Post, given map[id.ID][]Count, err error) {
	db := f.store.Read(ctx)
	if err := db.Take(&t, "id = ?", topic).Error; err != nil {
		return t, nil, nil, missing(err)
	}
	if err := db.Where("id in ? and +topic_id = ?", keys, topic).Order("number").Find(&posts).Error; err != nil {
		return t, nil, nil, err
	}
	for i := range posts {
		posts[i] = veil(access.Viewer{}, t, posts[i])
	}
	given, _, err = reactions.Of(db, 0, idsOf(posts))
	return t, posts, given, err
}

func idsOf(posts []Post) []id.ID {
	ids := make([]id.ID, len(posts))
	for i, p := range posts {
		ids[i] = p.ID
	}
	return ids
}

// LookedIn notes that v looked at a space's list: what is active from now on is new to them there.
func (f *Forum) LookedIn(ctx context.Context, v access.Viewer, space id.ID) error {
	if !v.SignedIn() {
		return nil
	}
	if err := v.CanChange(); err != nil {
		return err
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Exec(`insert into space_reads (member_id, space_id, at) values (?, ?, ?)
			on conflict (member_id, space_id) do update set at = excluded.at`, v.ID, space, tx.Now).Error
	})
}

// maxNew is the highest number of new topics that a list of spaces shows.
const maxNew = 99

// News is the statement that counts as n, for each space_id that v may read in, the topics in which
// others were active since v last looked there (or since they came), up to 99; a space with none may
// be left out. However large the club, no more of a space is looked at than what is new in it.
func (f *Forum) News(ctx context.Context, v access.Viewer, joined time.Time) *store.DB {
	db := f.store.Read(ctx)
	if !v.SignedIn() {
		return db.Table("spaces").Select("id as space_id, 0 as n").Where("1 = 0") // nothing is new to nobody
	}
	since := "coalesce((select space_reads.at from space_reads where space_reads.space_id = halls.id and space_reads.member_id = ?), ?)"
	fresh := f.wanted(ctx, db.Table("topics").Scopes(access.Readable(v, "topics.id")).Where("topics.merged_into is null"), v, Everywhere).
		Joins("left join topic_reads on topic_reads.topic_id = topics.id and topic_reads.member_id = ?", v.ID).
		Where("topics.space_id = halls.id and topics.active_at > "+since+" and topics.last_number > coalesce(topic_reads.number, 0)", v.ID, joined).
		Select("1").Limit(maxNew)
	return db.Table("spaces as halls").Scopes(access.Listed(v, "halls.id")).Select("halls.id as space_id, (select count(*) from (?) as fresh) as n", fresh)
}

// Quote returns the Markdown that quotes a post in a reply below its own topic, which is at that path.
// Of another topic's nothing is quoted: what is read behind a door is not carried out by an address.
func (f *Forum) Quote(ctx context.Context, v access.Viewer, topic, post id.ID, path string) (string, error) {
	p, _, err := f.Post(ctx, v, post)
	if err != nil || p.Removed() || p.TopicID != topic {
		return "", err
	}
	named, err := f.members.Named(ctx, []id.ID{p.AuthorID})
	if err != nil {
		return "", err
	}
	n := named[p.AuthorID]
	if n.Former() {
		n.Name, n.Handle = "A former member", ""
	}
	return prose.Quote(n.Handle, n.Name, path, p.Number, p.Source), nil
}

// First is the id of a topic's first post. Whether it may be read is the caller's to ask.
func (f *Forum) First(ctx context.Context, topic id.ID) (id.ID, error) {
	return store.Value[id.ID](f.store.Read(ctx).Model(&Post{}).Select("id").Where("topic_id = ? and number = 1", topic))
}

// outlinePage is how many posts an outline lists.
const outlinePage = 50

// Outline lists a topic's posts from that number on for those who look after it, without their HTML; next
// is the number to go on from, 0 at the end.
func (f *Forum) Outline(ctx context.Context, v access.Viewer, t Listed, from int64) (posts []Post, next int64, err error) {
	if err := v.CanModerate(t); err != nil {
		return nil, 0, err
	}
	err = f.store.Read(ctx).Omit("html").Where("topic_id = ? and number >= ?", t.ID, from).Order("number").Limit(outlinePage + 1).Find(&posts).Error
	if len(posts) > outlinePage {
		next, posts = posts[outlinePage].Number, posts[:outlinePage]
	}
	return posts, next, err
}
