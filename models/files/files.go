// Package files holds what members upload. A file belongs to whoever brought it and is theirs alone
// until a post or a message of theirs names it; from then on it hangs on that one, and on its place,
// and who may read those decides at each read who may have it. The bytes lie in a Store under names
// that nobody is told.
package files

import (
	"context"
	"errors"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// Limits of what is uploaded.
const (
	MaxUpload = 16 << 20 // bytes of one file, as it comes
	MaxName   = 120      // bytes of its name
)

// How long a file may hang on nothing, and how long bytes may belong to no file, before they are
// swept. No upload takes as long as the second.
const (
	LooseFor   = 24 * time.Hour
	unclaimFor = time.Hour
)

// Files answers for the uploads of one club.
type Files struct {
	store  *store.Store
	access *access.Access
	bytes  Store
	quota  int64
	open   Open
}

// New returns the uploads of a database. Nothing can be brought or read until KeepIn says where the
// bytes are.
func New(s *store.Store, a *access.Access) *Files {
	return &Files{store: s, access: a, bytes: nowhere{}}
}

// KeepIn says where bytes are kept, and how many of them one member may have there: 0 for any
// number. It is called before the club is served.
func (f *Files) KeepIn(bytes Store, quota int64) { f.bytes, f.quota = bytes, quota }

// Check tells where bytes are kept, and whether they can be.
func (f *Files) Check(ctx context.Context) (string, error) { return f.bytes.Check(ctx) }

// File is one upload as it is kept.
type File struct {
	ID         id.ID
	MemberID   id.ID // who brought it
	Key        string
	Name       string
	Mime       string
	Size       int64 // of all that is kept of it, in bytes
	Width      int   // of a picture; 0 for any other file
	Height     int
	SmallWidth int // of its smaller copy; 0 where there is none
	SmallMime  string
	Blob       string // under which its bytes are kept
	SubjectID  *id.ID // the post or message it hangs on
	PlaceID    *id.ID // that this stands in
	Withdrawn  bool   // what it hangs on was removed
	CreatedAt  time.Time
	LooseSince time.Time // when it last came to hang on nothing

	At access.Place `gorm:"-"` // its place, as it is now
}

// Picture tells whether it is one, and so may be shown and not only taken along.
func (f File) Picture() bool { return f.Width > 0 }

// Address is where it is read.
func (f File) Address() string { return "/files/" + f.ID.String() }

// Place makes a file that hangs somewhere a thing that access can judge.
func (f File) Place() access.Place { return f.At }

// size is how a picture is drawn in a text.
func (f File) size() prose.Size {
	return prose.Size{Width: f.Width, Height: f.Height, Small: f.SmallWidth}
}

var errGone = problem.Missing("There is nothing here, or nothing that is open to you.")

func missing(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return errGone
	}
	return err
}
