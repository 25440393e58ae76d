// Package audit keeps who did what to whom and why, as rows in the transaction of the deed.
package audit

import (
	"time"

	"guildhall/models/id"
	"guildhall/models/store"
)

// Line is one deed. By is zero for the program itself.
type Line struct {
	By      id.ID
	What    string // "grant.given"
	Space   id.ID  // where, or zero
	Subject id.ID
	Why     string // the reason that the doer gave
	Detail  string
	Place   id.ID  // on what it was done, if that is a place: it has a log of its own
	Batch   id.ID  // of what was done at once, or zero
	Back    string // what undoes it, in the words of whoever wrote it; empty where nothing does
}

type row struct {
	ID        id.ID
	At        time.Time
	ByID      *id.ID
	What      string
	SpaceID   *id.ID
	SubjectID id.ID
	Why       string
	Detail    string
	PlaceID   *id.ID
	BatchID   *id.ID
	Back      string
}

func (row) TableName() string { return "audits" }

// Write keeps a line in tx.
func Write(tx *store.Tx, l Line) error {
	_, err := Keep(tx, l)
	return err
}

// Keep is Write for a deed that is named again: by what undoes it, say.
func Keep(tx *store.Tx, l Line) (id.ID, error) {
	r := row{
		ID: tx.NewID(), At: tx.Now, ByID: some(l.By), What: l.What, SpaceID: some(l.Space), SubjectID: l.Subject, Why: l.Why, Detail: l.Detail,
		PlaceID: some(l.Place), BatchID: some(l.Batch), Back: l.Back,
	}
	return r.ID, tx.Create(&r).Error
}

func some(i id.ID) *id.ID {
	if i == 0 {
		return nil
	}
	return &i
}
