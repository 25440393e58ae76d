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
}

func (row) TableName() string { return "audits" }

// Write keeps a line in tx.
func Write(tx *store.Tx, l Line) error {
	return tx.Create(&row{ID: tx.NewID(), At: tx.Now, ByID: some(l.By), What: l.What, SpaceID: some(l.Space), SubjectID: l.Subject, Why: l.Why, Detail: l.Detail}).Error
}

func some(i id.ID) *id.ID {
	if i == 0 {
		return nil
	}
	return &i
}
