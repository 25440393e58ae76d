package forum

import (
	"context"
	"fmt"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// Bookmark is a post or a message that a member keeps, with a note of their own and an instant to be
// reminded at. A topic is kept by its first post. What it keeps is asked for anew each time it is drawn.
type Bookmark struct {
	ID        id.ID
	MemberID  id.ID
	PostID    id.ID // 0 where it is a message
	MessageID id.ID // 0 where it is a post
	Note      string
	RemindAt  *time.Time
	ToldAt    *time.Time
	CreatedAt time.Time
	RemovedAt *time.Time
}

// Bookmarked is the kind under which Page.Mine tells of a post that the viewer keeps.
const Bookmarked = "bookmarked"

// MaxNote is the most bytes of a note.
const MaxNote = 500

// Remind is the kind of the job that reminds a member of what they kept.
var Remind = queue.NewKind("forum.remind", queue.Normal)

// Reminding is what the job is given.
type Reminding struct{ Bookmark id.ID }

// Keep bookmarks a post that v may read; one that is kept already stays as it is.
func (f *Forum) Keep(ctx context.Context, v access.Viewer, post id.ID) (b Bookmark, err error) {
	if err := v.CanChange(); err != nil {
		return b, err
	}
	p, _, err := f.Post(ctx, v, post)
	if err != nil {
		return b, err
	}
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		b, err = keep(tx, v, "post_id", p.ID)
		return err
	})
	return b, err
}

// keep bookmarks what the column names. One that was taken away is brought back.
func keep(tx *store.Tx, v access.Viewer, column string, subject id.ID) (b Bookmark, err error) {
	var had []Bookmark
	if err := store.ForUpdate(tx.DB).Where("member_id = ? and "+column+" = ?", v.ID, subject).Limit(1).Find(&had).Error; err != nil {
		return b, err
	}
	if len(had) > 0 {
		err := bring(tx, &had[0])
		return had[0], err
	}
	err = tx.Exec("insert into bookmarks (id, member_id, "+column+", created_at) values (?, ?, ?, ?) on conflict (member_id, "+column+") do update set removed_at = null",
		tx.NewID(), v.ID, subject, tx.Now).Error
	if err != nil {
		return b, err
	}
	err = tx.Take(&b, "member_id = ? and (post_id = ? or message_id = ?)", v.ID, subject, subject).Error
	return b, err
}

// Unkeep takes v's bookmark of a post or a message away.
func (f *Forum) Unkeep(ctx context.Context, v access.Viewer, subject id.ID) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Model(&Bookmark{}).Where("member_id = ? and (post_id = ? or message_id = ?)", v.ID, subject, subject).Update("removed_at", tx.Now).Error
	})
}

// ChangeBookmark gives a bookmark of v's a note and an instant to be reminded at (nil: none).
func (f *Forum) ChangeBookmark(ctx context.Context, v access.Viewer, bookmark id.ID, note string, at *time.Time) error {
	if note = strings.TrimSpace(note); len(note) > MaxNote {
		return problem.Invalid("note", "A note has at most %d bytes. Yours has %d.", MaxNote, len(note))
	}
	return f.ownBookmark(ctx, v, bookmark, func(tx *store.Tx, b *Bookmark) error {
		moved := at != nil && (b.RemindAt == nil || !b.RemindAt.Equal(*at))
		if moved && !at.After(tx.Now) {
			return problem.Invalid("at", "Choose a time to come.")
		}
		if moved && at.After(tx.Now.AddDate(5, 0, 0)) {
			return problem.Invalid("at", "Choose a time within five years.")
		}
		b.Note, b.RemindAt = note, at
		if err := tx.Model(b).Select("note", "remind_at").Updates(b).Error; err != nil || !moved {
			return err
		}
		return queue.Add(tx, queue.Work{Kind: Remind, Key: remindKey(*b, *at), Payload: Reminding{b.ID}, At: *at})
	})
}

// DropBookmark takes a bookmark of v's away; BringBookmark undoes that.
func (f *Forum) DropBookmark(ctx context.Context, v access.Viewer, bookmark id.ID) error {
	return f.ownBookmark(ctx, v, bookmark, func(tx *store.Tx, b *Bookmark) error {
		return tx.Model(b).Update("removed_at", tx.Now).Error
	})
}

// BringBookmark brings back what DropBookmark took away, with its note and its reminder.
func (f *Forum) BringBookmark(ctx context.Context, v access.Viewer, bookmark id.ID) error {
	return f.ownBookmark(ctx, v, bookmark, bring)
}

// bring brings a bookmark back, and with it a reminder whose time passed meanwhile.
func bring(tx *store.Tx, b *Bookmark) error {
	if b.RemovedAt == nil {
		return nil
	}
	away := *b.RemovedAt
	if err := tx.Model(b).Update("removed_at", nil).Error; err != nil || b.RemindAt == nil || b.RemindAt.After(tx.Now) {
		return err // what is to come still waits
	}
	return queue.Add(tx, queue.Work{Kind: Remind, Key: remindKey(*b, away), Payload: Reminding{b.ID}})
}

// remindKey is one for each reminder of a bookmark: asking for it again queues nothing more.
func remindKey(b Bookmark, at time.Time) string {
	return fmt.Sprintf("forum.remind.%s.%d", b.ID, at.Unix())
}

func (f *Forum) ownBookmark(ctx context.Context, v access.Viewer, bookmark id.ID, fn func(*store.Tx, *Bookmark) error) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		var b []Bookmark
		if err := store.ForUpdate(tx.DB).Where("id = ? and member_id = ?", bookmark, v.ID).Find(&b).Error; err != nil {
			return err
		}
		if len(b) == 0 {
			return problem.Missing("There is no such bookmark.")
		}
		return fn(tx, &b[0])
	})
}
