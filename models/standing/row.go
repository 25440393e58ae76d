package standing

import (
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/score"
	"guildhall/models/store"
)

// row is a member's standing under an edition. The one that no act has made yet is the zero row.
type row struct {
	EditionID id.ID
	MemberID  id.ID
	S         float64
	Acts      int64     // lines that count
	LastAt    time.Time // of the last line, be it voided: a score is read then or later
	Rung      int
	Since     time.Time // when the rung, or its present term, began
	FallsAt   *time.Time
	Listed    bool
}

// TableName is the table of row.
func (row) TableName() string { return "standings" }

// points is the score at now.
func (r row) points(c score.Curve, now time.Time) float64 { return c.Now(r.S, later(now, r.LastAt)) }

// access is what locks ask of a settled row.
func (r row) access(c score.Curve) access.Standing {
	s := access.Standing{Rung: r.Rung, S: r.S, Curve: c, At: r.LastAt}
	if r.FallsAt != nil {
		s.FallsAt = *r.FallsAt
	}
	return s
}

// look returns the members' rows as they stand at now, without writing, and the rules they stand
// under: one statement, unless the rules changed. Who never acted has a row at the lowest rung.
func (s *Standing) look(db *store.DB, members []id.ID, now time.Time) (map[id.ID]row, *rules, error) {
	var found []struct {
		Row   row `gorm:"embedded"`
		Stamp id.ID
	}
	err := db.Table("editions").Select("standings.*, editions.stamp").
		Joins("left join standings on standings.edition_id = editions.id and standings.member_id in ?", members).
		Where("editions.current").Find(&found).Error
	if err != nil {
		return nil, nil, err
	}
	if len(found) == 0 {
		return nil, nil, ErrNotFounded
	}
	r, err := s.stamped(db, found[0].Stamp)
	if err != nil {
		return nil, nil, err
	}
	rows := make(map[id.ID]row, len(members))
	for _, m := range members {
		rows[m] = row{EditionID: r.edition.ID, MemberID: m, Rung: 1, Listed: true}
	}
	for _, f := range found {
		if m := f.Row.MemberID; m != 0 {
			rows[m] = r.ladder.settle(f.Row, r.curve, time.Time{}, later(now, f.Row.LastAt))
		}
	}
	return rows, r, nil
}
