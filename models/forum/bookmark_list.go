package forum

import (
	"context"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// Kept is a bookmark with what it keeps: a post of a topic, or a message of a room.
type Kept struct {
	Bookmark
	Number   int64 // of the post
	Seq      int64 // of the message
	AuthorID id.ID
	Plain    string
	TopicID  id.ID
	Title    string // of the topic, or the name of the room's space
	Slug     string
	SpaceID  id.ID // 0: the room of a few, in no space
	RoomID   id.ID // of the message
}

// BookmarksPerPage is how many a page of the list has.
const BookmarksPerPage = 30

// Sought narrows the list of bookmarks.
type Sought struct {
	Words  string // in the note or the title
	Waits  bool   // with a reminder to come
	Topics bool   // first posts only
}

// MaxSought is the most bytes of the words.
const MaxSought = 100

// Bookmarks lists what v keeps and may read still, the latest first, after the cursor. Of a removed post
// nothing but its place is told; a removed message is not listed.
func (f *Forum) Bookmarks(ctx context.Context, v access.Viewer, of Sought, after Cursor) (all []Kept, next Cursor, err error) {
	db := f.bookmarks(ctx, v).Where("bookmarks.removed_at is null")
	if words := strings.TrimSpace(of.Words); words != "" && len(words) <= MaxSought {
		like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(words)) + "%"
		db = db.Where(`(lower(bookmarks.note) like ? escape '\' or lower(coalesce(topics.title, spaces.name)) like ? escape '\')`, like, like)
	}
	if of.Waits {
		db = db.Where("bookmarks.remind_at is not null")
	}
	if of.Topics {
		db = db.Where("posts.number = 1")
	}
	if at, key, ok := after.Time(); ok {
		db = db.Where("(bookmarks.created_at, bookmarks.id) < (?, ?)", at, key)
	}
	err = db.Order("bookmarks.created_at desc, bookmarks.id desc").Limit(BookmarksPerPage + 1).Scan(&all).Error
	all, next = store.Page(all, BookmarksPerPage, func(k Kept) store.Cursor { return store.CursorAt(k.CreatedAt, k.ID) })
	return all, next, err
}

// bookmarks is the statement of v's bookmarks whose place v may read now.
func (f *Forum) bookmarks(ctx context.Context, v access.Viewer) *store.DB {
	return f.store.Read(ctx).Table("bookmarks").Joins("left join posts on posts.id = bookmarks.post_id").Joins("left join topics on topics.id = posts.topic_id").
		Joins("left join messages on messages.id = bookmarks.message_id and messages.removed_at is null").Joins("left join rooms on rooms.id = messages.room_id").
		Joins("left join spaces on spaces.id = coalesce(topics.space_id, rooms.space_id)").Where("(topics.id is not null or spaces.chat or rooms.space_id is null)").
		Scopes(access.Reachable(v, "coalesce(topics.id, rooms.id)")).
		Where("bookmarks.member_id = ?", v.ID).
		Select(`bookmarks.id, bookmarks.member_id, coalesce(bookmarks.post_id, 0) as post_id, coalesce(bookmarks.message_id, 0) as message_id, bookmarks.note, bookmarks.remind_at,
			bookmarks.told_at, bookmarks.created_at, bookmarks.removed_at, coalesce(posts.number, 0) as number, coalesce(messages.seq, 0) as seq, coalesce(posts.author_id, messages.author_id) as author_id,
			case when posts.removed_at is null then coalesce(posts.plain, messages.plain) else '' end as plain,
			coalesce(topics.id, 0) as topic_id, coalesce(topics.title, spaces.name, nullif(rooms.name, ''), 'A direct room') as title, coalesce(topics.slug, '') as slug, coalesce(spaces.id, 0) as space_id, coalesce(rooms.id, 0) as room_id`)
}

// KeptOne returns a bookmark of v's by its id, if what it keeps may be read.
func (f *Forum) KeptOne(ctx context.Context, v access.Viewer, bookmark id.ID) (k Kept, err error) {
	var rows []Kept
	err = f.bookmarks(ctx, v).Where("bookmarks.id = ?", bookmark).Limit(1).Scan(&rows).Error
	if err == nil && len(rows) == 0 {
		err = missing(store.ErrNotFound)
	}
	if err != nil {
		return k, err
	}
	return rows[0], nil
}

// undoFor is how long a bookmark that was taken away can be brought back.
const undoFor = 7 * 24 * time.Hour

// SweepBookmarks drops bookmarks that were taken away a week ago.
func (f *Forum) SweepBookmarks(ctx context.Context) error {
	return f.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Exec("delete from bookmarks where removed_at < ?", tx.Now.Add(-undoFor)).Error
	})
}
