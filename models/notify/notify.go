// Package notify keeps what a member should be told, as references: what a notification says is
// looked up, and allowed, at the moment when it is drawn.
package notify

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// Kinds of notifications.
const (
	Replied     = "replied"   // somebody answered in your topic
	Quoted      = "quoted"    // or answered a post of yours, in whatever topic; the subject is their post
	Answered    = "answered"  // or wrote in a thread of a room that you follow; the subject is their message
	Linked      = "linked"    // or only linked to it
	Mentioned   = "mentioned" // in a post or a message
	Direct      = "direct"    // somebody wrote to you in a room of a few; the subject is the room
	Reacted     = "reacted"
	Accepted    = "accepted"    // your answer was accepted
	Edited      = "edited"      // a post of yours was changed; it is the subject
	Removed     = "removed"     // or taken away
	Moved       = "moved"       // something was done to your topic; the subject is the line of the log
	Rose        = "rose"        // a new status; the subject is the rung
	Won         = "won"         // a badge
	Granted     = "granted"     // a tier
	Warned      = "warned"      // by staff; the subject is the sanction, which has the reason
	Watched     = "watched"     // somebody wrote where you watch
	Started     = "started"     // or began a topic there
	Reminded    = "reminded"    // of what you kept; the subject is the post or the message
	Published   = "published"   // a topic that was scheduled was started; the subject is what was scheduled
	Unpublished = "unpublished" // a topic that was scheduled was not started; the subject is what was scheduled
	Mailed      = "mailed"      // an answer of theirs to a letter of the club's was posted; the subject is the post or the message
	Letter      = "letter"      // somebody wrote them a letter; it is the subject, and the place its correspondence
	LetterBack  = "letter_back" // one of theirs could not be delivered
)

// Notification is one row of the bell.
type Notification struct {
	ID        id.ID
	MemberID  id.ID
	Kind      string
	PlaceID   *id.ID
	SubjectID id.ID // the post or message, the rung, the badge, the grant
	ActorID   *id.ID
	CreatedAt time.Time
	ReadAt    *time.Time
	OnBell    bool       // else it is only sent elsewhere
	MailAt    *time.Time // when it is to be mailed, unless it was seen by then
	MailingID *id.ID     // the letter that it went into
}

// Told is the event that a member has a new notification.
type Told struct {
	Member id.ID
	ID     id.ID
	Kind   string
}

// Line is what to tell, and why.
type Line struct {
	Kind    string
	At      id.ID // the place, or zero
	Subject id.ID
	By      id.ID // who caused it, or zero

	Without *store.DB // the statement of the members from whom this is kept, or none
	Anew    bool      // it is told again to who was told it before, once they read that and had some rest
}

// Cursor says where a list goes on; see store.Cursor.
type Cursor = store.Cursor

// Bell reads and marks notifications.
type Bell struct{ store *store.Store }

// New returns the bell of a database.
func New(s *store.Store) *Bell { return &Bell{s} }

// readable is what may stand on the bell of v: see audible.
func (b *Bell) readable(ctx context.Context, v access.Viewer) *store.DB {
	return b.audible(ctx, v).Where("notifications.on_bell")
}

// audible leaves out what stands where v may not read, and what was done by whom v blocks: without
// a trace, also in counts.
func (b *Bell) audible(ctx context.Context, v access.Viewer) *store.DB {
	db := b.store.Read(ctx).Model(&Notification{}).Where("notifications.member_id = ?", v.ID)
	places := access.Reachable(v, "notifications.place_id")(b.store.Read(ctx).Table("notifications").Select("notifications.id").
		Where("notifications.member_id = ?", v.ID))
	if v.Only() != 0 { // what stands nowhere is of the club, and not of that space
		return heard(db, v).Where("notifications.id in (?)", places)
	}
	return heard(db, v).Where("notifications.place_id is null or notifications.id in (?)", places)
}

// Rung returns v's notifications, latest first, after the cursor.
func (b *Bell) Rung(ctx context.Context, v access.Viewer, after Cursor, size int) ([]Notification, Cursor, error) {
	return b.Filed(ctx, v, Shown{}, after, size)
}

// Shown narrows a list of notifications.
type Shown struct {
	Unread bool
	Under  string // one of Files; "" for all of them
}

// Filed is Rung for those that are shown.
func (b *Bell) Filed(ctx context.Context, v access.Viewer, show Shown, after Cursor, size int) (rows []Notification, next Cursor, err error) {
	db := b.readable(ctx, v)
	if show.Unread {
		db = db.Where("notifications.read_at is null")
	}
	if show.Under != "" {
		db = db.Where("notifications.kind in ?", filed(show.Under))
	}
	if at, key, ok := after.Time(); ok {
		db = db.Where("(notifications.created_at, notifications.id) < (?, ?)", at, key)
	}
	err = db.Order("notifications.created_at desc, notifications.id desc").Limit(size + 1).Find(&rows).Error
	rows, next = store.Page(rows, size, func(n Notification) store.Cursor { return store.CursorAt(n.CreatedAt, n.ID) })
	return rows, next, err
}

// Foremost returns what v was told and has not read, mentions first and then the latest, at most size, and how
// much more of it there is.
func (b *Bell) Foremost(ctx context.Context, v access.Viewer, size int) (rows []Notification, more int64, err error) {
	var found []struct {
		Notification
		Unread int64
	}
	err = b.readable(ctx, v).Where("notifications.read_at is null").Select("notifications.*, count(*) over () as unread").
		Clauses(store.OrderBy("case when notifications.kind in ? then 0 else 1 end, notifications.created_at desc, notifications.id desc", filed(Mentions))).
		Limit(size).Find(&found).Error
	for _, f := range found {
		rows, more = append(rows, f.Notification), f.Unread-int64(len(found))
	}
	return rows, more, err
}

// Rings tells whether v may read any of these notifications.
func (b *Bell) Rings(ctx context.Context, v access.Viewer, of []id.ID) (bool, error) {
	if len(of) == 0 {
		return false, nil
	}
	var n int64
	err := b.readable(ctx, v).Where("notifications.id in ?", of).Count(&n).Error
	return n > 0, err
}

// maxUnread is the highest number that the bell shows: it says "99+" beyond.
const maxUnread = 100

// Unread counts v's unread notifications, up to 100.
func (b *Bell) Unread(ctx context.Context, v access.Viewer) (n int64, err error) {
	if !v.SignedIn() {
		return 0, nil
	}
	err = b.store.Read(ctx).Table("(?) as unread", b.Waiting(ctx, v)).Count(&n).Error
	return n, err
}

// Waiting is the statement of v's unread notifications, up to 100 of them.
func (b *Bell) Waiting(ctx context.Context, v access.Viewer) *store.DB {
	return b.readable(ctx, v).Where("notifications.read_at is null").Select("notifications.id").Limit(maxUnread)
}

// Unread is the statement of what a member was told of a place, named by column, and has not read.
func Unread(db *store.DB, member id.ID, column string) *store.DB {
	return db.Table("notifications").Select("1").Where("notifications.member_id = ? and notifications.place_id = "+column+" and notifications.read_at is null and notifications.on_bell", member)
}

// Read marks what v was told up to and with at as read: all of it, or one.
func (b *Bell) Read(ctx context.Context, v access.Viewer, one id.ID) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		db := tx.Model(&Notification{}).Where("member_id = ? and read_at is null", v.ID)
		if one != 0 {
			db = db.Where("id = ?", one)
		}
		res := db.Update("read_at", tx.Now)
		if res.Error == nil && res.RowsAffected > 0 {
			tx.Say(Seen{v.ID})
		}
		return res.Error
	})
}

// ReadLike marks one notification as read, with all of that kind that v was told of the same place:
// they are shown as one.
func (b *Bell) ReadLike(ctx context.Context, v access.Viewer, one id.ID) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		res := tx.Exec(`update notifications set read_at = ? where member_id = ? and read_at is null and (id = ? or exists (
			select 1 from notifications n where n.id = ? and n.member_id = notifications.member_id and n.kind = notifications.kind and n.place_id = notifications.place_id))`,
			tx.Now, v.ID, one, one)
		if res.Error == nil && res.RowsAffected > 0 {
			tx.Say(Seen{v.ID})
		}
		return res.Error
	})
}

// ReadAt marks what v was told of one place as read: they are looking at it.
func (b *Bell) ReadAt(ctx context.Context, v access.Viewer, place id.ID) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error { return MarkRead(tx, v.ID, place, nil) })
}

// MarkRead is ReadAt within a change, but of what the statement finds that the member has not come to:
// it asks of notifications.subject_id.
func MarkRead(tx *store.Tx, member, place id.ID, ahead *store.DB) error {
	db := tx.Model(&Notification{}).Where("member_id = ? and place_id = ? and read_at is null", member, place)
	if ahead != nil {
		db = db.Where("not exists (?)", ahead)
	}
	res := db.Update("read_at", tx.Now)
	if res.Error == nil && res.RowsAffected > 0 {
		tx.Say(Seen{member})
	}
	return res.Error
}

// Seen is the event that a member read notifications: other pages of theirs lower their number.
type Seen struct{ Member id.ID }

func some(i id.ID) *id.ID {
	if i == 0 {
		return nil
	}
	return &i
}

// Carry takes what was told of things to the place that they moved to: who may read that decides now.
func Carry(tx *store.Tx, subjects []id.ID, to id.ID) error {
	return tx.Exec("update notifications set place_id = ? where subject_id in ? and place_id is not null", to, subjects).Error
}

// TakeBack ends the telling of what is so no longer.
func TakeBack(tx *store.Tx, kind string, subject id.ID) error {
	return tx.Exec("delete from notifications where kind = ? and subject_id = ?", kind, subject).Error
}
