// Package draft keeps what a member has begun and not posted: one text for each place of writing, on
// whichever device it was begun.
package draft

import (
	"context"
	"errors"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Kinds of what is written: a reply in a topic, a topic in a space, another text of a post, a message
// in a room, a page of the club, a topic that waits to be published, a new letter, an answer to letters.
const (
	Reply     = "reply"
	Topic     = "topic"
	Edit      = "edit"
	Message   = "message"
	Page      = "page"
	Scheduled = "scheduled"
	Letter    = "letter"
	Answer    = "answer"
)

// Limits of a draft, in bytes: those of what it may become.
const (
	MaxTitle  = 200
	MaxText   = 32_000
	MaxAround = 1_200 // of what stands beside the text, all together

	MaxReaders = 400 // of that, for whom a letter is
)

// How long a draft is kept that nobody goes on with, and how long one that was discarded can be
// brought back.
const (
	Kept    = 180 * 24 * time.Hour
	Undoing = 24 * time.Hour
)

// Draft is a text as it was left.
type Draft struct {
	ID          id.ID
	MemberID    id.ID
	Kind        string
	TargetID    id.ID  // the topic, the space, the post, the room or the page, which is 0 for a new one; of letters those, and of a new letter an id of its own
	PlaceID     *id.ID // where it would hang; none for a new topic, a page or a new letter
	SpaceID     *id.ID // in which that would be begun
	Title       string
	Text        string
	Other       string // what was written on another device meanwhile; "" for nothing
	Around      Around `gorm:"serializer:json"`
	Revision    int64  // whoever goes on says from which
	BegunAt     time.Time
	SavedAt     time.Time
	DiscardedAt *time.Time
}

// Around is what is typed beside a text, as it was typed: of a topic its tags, the time at which it is to
// be published and the template with which it was begun; of a page its address and what changed; of a letter for whom it is.
type Around struct {
	Tags     string `json:",omitempty"`
	At       string `json:",omitempty"`
	Template string `json:",omitempty"`
	Slug     string `json:",omitempty"`
	Note     string `json:",omitempty"`
	Readers  string `json:",omitempty"`
}

func (a Around) len() int {
	return len(a.Tags) + len(a.At) + len(a.Template) + len(a.Slug) + len(a.Note) + len(a.Readers)
}

// At is a place of writing. The caller has found what it names.
type At struct {
	Kind   string
	Target id.ID
	In     access.Place // of a topic that is not there yet its space alone; of a page nothing
}

// Drafts keeps the drafts of one club. A draft is its author's alone.
type Drafts struct {
	store  *store.Store
	access *access.Access
}

// New returns the drafts of a database.
func New(s *store.Store, a *access.Access) *Drafts { return &Drafts{s, a} }

// Find returns v's draft for a place of writing; the zero Draft where there is none.
func (d *Drafts) Find(ctx context.Context, v access.Viewer, kind string, target id.ID) (Draft, error) {
	var rows []Draft
	err := d.store.Read(ctx).Where("member_id = ? and kind = ? and target_id = ? and discarded_at is null", v.ID, kind, target).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return Draft{}, err
	}
	return rows[0], nil
}

// Begun is what a list or a page knows of a draft that is there, for the statement that looks up what
// it is about: see Beside.
type Begun struct {
	DraftID    *id.ID
	DraftBegun *time.Time
}

// BegunColumns are the columns of a Begun, for a statement to which Beside was joined.
const BegunColumns = ", drafts.id as draft_id, drafts.begun_at as draft_begun"

// Beside joins v's draft of that kind for what column names, where there is one.
func Beside(v access.Viewer, kind, column string) store.Scope {
	return func(db *store.DB) *store.DB {
		return db.Joins("left join drafts on drafts.member_id = ? and drafts.kind = ? and drafts.target_id = "+column+" and drafts.discarded_at is null", v.ID, kind)
	}
}

// Cursor says where a list goes on; see store.Cursor.
type Cursor = store.Cursor

// PageSize is how many drafts a page of the list has.
const PageSize = 20

// List returns v's drafts, the latest first, after the cursor.
func (d *Drafts) List(ctx context.Context, v access.Viewer, after Cursor) (drafts []Draft, next Cursor, err error) {
	db := d.store.Read(ctx).Where("member_id = ? and discarded_at is null", v.ID)
	if at, key, ok := after.Time(); ok {
		db = db.Where("(saved_at, id) < (?, ?)", at, key)
	}
	err = db.Order("saved_at desc, id desc").Limit(PageSize + 1).Find(&drafts).Error
	drafts, next = store.Page(drafts, PageSize, func(d Draft) store.Cursor { return store.CursorAt(d.SavedAt, d.ID) })
	return drafts, next, err
}

// MostLetters is how many drafts of letters are listed by themselves: the page of drafts has the rest.
const MostLetters = 50

// Letters returns v's drafts of letters, the latest first, at most MostLetters.
func (d *Drafts) Letters(ctx context.Context, v access.Viewer) (drafts []Draft, err error) {
	err = d.store.Read(ctx).Where("member_id = ? and kind in ? and discarded_at is null", v.ID, []string{Letter, Answer}).
		Order("saved_at desc, id desc").Limit(MostLetters).Find(&drafts).Error
	return drafts, err
}

// Discarded returns what v discarded lately and can bring back, the latest first, at most a page.
func (d *Drafts) Discarded(ctx context.Context, v access.Viewer) (drafts []Draft, err error) {
	err = d.store.Read(ctx).Where("member_id = ? and discarded_at > ?", v.ID, d.store.Now(ctx).Add(-Undoing)).
		Order("discarded_at desc, id desc").Limit(PageSize).Find(&drafts).Error
	return drafts, err
}

var errNone = problem.Missing("There is no such draft. It may have been posted meanwhile.")

func missing(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return errNone
	}
	return err
}
