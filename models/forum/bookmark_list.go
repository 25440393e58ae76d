package forum

import (
	"context"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// Kept is a bookmark with what it keeps.
type Kept struct {
	Bookmark
	Number   int64
	AuthorID id.ID
	Plain    string
	TopicID  id.ID
	Title    string
	Slug     string
	SpaceID  id.ID
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
// nothing but its place is told.
func (f *Forum) Bookmarks(ctx context.Context, v access.Viewer, of Sought, after Cursor) (all []Kept, next Cursor, err error) {
	db := f.store.Read(ctx).Table("bookmarks").Joins("join posts on posts.id = bookmarks.post_id").Joins("join topics on topics.id = posts.topic_id").
		Scopes(access.Readable(v, "topics.id")).Where("bookmarks.member_id = ? and bookmarks.removed_at is null", v.ID).
		Select("bookmarks.*, posts.number, posts.author_id, case when posts.removed_at is null then posts.plain else '' end as plain, topics.id as topic_id, topics.title, topics.slug, topics.space_id")
	if words := strings.TrimSpace(of.Words); words != "" && len(words) <= MaxSought {
		like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(words)) + "%"
		db = db.Where(`(lower(bookmarks.note) like ? escape '\' or lower(topics.title) like ? escape '\')`, like, like)
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

// KeptOne returns a bookmark of v's by its id, or that of a post, if what it keeps may be read.
func (f *Forum) KeptOne(ctx context.Context, v access.Viewer, bookmark id.ID) (k Kept, err error) {
	var rows []Kept
	err = f.store.Read(ctx).Table("bookmarks").Joins("join posts on posts.id = bookmarks.post_id").Joins("join topics on topics.id = posts.topic_id").
		Scopes(access.Readable(v, "topics.id")).Where("bookmarks.member_id = ? and bookmarks.id = ?", v.ID, bookmark).
		Select("bookmarks.*, posts.number, posts.author_id, topics.id as topic_id, topics.title, topics.slug, topics.space_id").Limit(1).Scan(&rows).Error
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
