package standing

import (
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// line is one row of the ledger: an act, as a fact.
type line struct {
	ID         id.ID
	MemberID   id.ID // who earned
	ActorID    id.ID // who caused it
	Kind       string
	SubjectID  id.ID
	PlaceID    *id.ID
	SpaceID    *id.ID // where it was when it happened
	Day        string
	Times      int
	At         time.Time
	VoidedAt   *time.Time
	VoidedWith bool // it went with its subject, and comes back with it
	PastCap    bool // the line on which a day's further acts of one kind and giver are counted

	place access.Place // for those who are told
	made  bool         // see Act
}

// TableName is the table of line.
func (line) TableName() string { return "acts" }

// lineKey is what makes two acts the same.
type lineKey struct {
	kind              string
	actor, on, member id.ID
}

func (l line) key() lineKey { return lineKey{l.Kind, l.ActorID, l.SubjectID, l.MemberID} }

// space is where it happened, or 0.
func (l line) space() id.ID {
	if l.SpaceID == nil {
		return 0
	}
	return *l.SpaceID
}

// worth is what a line is worth under an edition.
type worth struct {
	EditionID id.ID
	ActID     id.ID
	Weight    float64
	Cap       string
}

// valued is a line with its worth.
type valued struct {
	Line   line `gorm:"embedded"`
	Weight float64
	Cap    string
}

// valuedLines begins a statement over lines with their worth under an edition.
func valuedLines(db *store.DB, edition id.ID) *store.DB {
	return db.Table("acts").Select("acts.*, worths.weight, worths.cap").
		Joins("join worths on worths.act_id = acts.id and worths.edition_id = ?", edition)
}

func some(i id.ID) *id.ID {
	if i == 0 {
		return nil
	}
	return &i
}
