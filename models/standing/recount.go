package standing

import (
	"context"
	"math"
	"time"

	"guildhall/models/id"
	"guildhall/models/store"
)

// recountChunk is how many members are recounted by one statement.
const recountChunk = 200

// Recount folds everybody's ledger anew from its lines, and compares that with the kept S, with
// the folds, and with the months of the boards. It returns the worst relative difference, which is
// under 1e-9 in a whole ledger, and how many members it recounted. It writes nothing, and each
// statement sees one instant, so it may run while members act.
func (s *Standing) Recount(ctx context.Context) (worst float64, members int, err error) {
	db := s.store.Read(ctx)
	r, err := s.rules(db)
	if err != nil {
		return 0, 0, err
	}
	last := id.ID(0)
	for {
		var chunk []id.ID
		err := db.Table("standings").Where("edition_id = ? and member_id > ?", r.edition.ID, last).
			Order("member_id").Limit(recountChunk).Pluck("member_id", &chunk).Error
		if err != nil || len(chunk) == 0 {
			return worst, members, err
		}
		last, members = chunk[len(chunk)-1], members+len(chunk)
		for _, check := range []func(*store.DB, *rules, []id.ID) (float64, error){checkLines, checkFolds} {
			off, err := check(db, r, chunk)
			if err != nil {
				return worst, members, err
			}
			worst = max(worst, off)
		}
	}
}

// checkLines compares S with the fold of the lines.
func checkLines(db *store.DB, r *rules, members []id.ID) (worst float64, err error) {
	rows, err := db.Table("standings").Select("standings.member_id, standings.s, acts.at, worths.weight").
		Joins("left join acts on acts.member_id = standings.member_id and acts.voided_at is null").
		Joins("left join worths on worths.act_id = acts.id and worths.edition_id = standings.edition_id").
		Where("standings.edition_id = ? and standings.member_id in ?", r.edition.ID, members).Rows()
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	kept, folded := map[id.ID]float64{}, map[id.ID]float64{}
	for rows.Next() {
		var member id.ID
		var s float64
		var at *time.Time
		var weight *float64
		if err := rows.Scan(&member, &s, &at, &weight); err != nil {
			return 0, err
		}
		kept[member] = s
		if at != nil && weight != nil {
			folded[member] += r.curve.Term(*weight, *at)
		}
	}
	for m, s := range kept {
		worst = max(worst, apart(s, folded[m]))
	}
	return worst, rows.Err()
}

// checkFolds compares S with the sum of the folds, and what they were given with the months of the
// boards.
func checkFolds(db *store.DB, r *rules, members []id.ID) (worst float64, err error) {
	var rows []struct{ S, Folded, Given, Boarded float64 }
	err = db.Table("standings").Select(`standings.s,
		(select coalesce(sum(f.s), 0) from folds f where f.edition_id = standings.edition_id and f.member_id = standings.member_id) as folded,
		(select coalesce(sum(f.given), 0) from folds f where f.edition_id = standings.edition_id and f.member_id = standings.member_id) as given,
		(select coalesce(sum(b.points), 0) from boards b where b.edition_id = standings.edition_id and b.member_id = standings.member_id
			and b.space_id = 0 and length(b.period) = 7) as boarded`).
		Where("standings.edition_id = ? and standings.member_id in ?", r.edition.ID, members).Find(&rows).Error
	for _, row := range rows {
		worst = max(worst, apart(row.S, row.Folded), apart(row.Given, row.Boarded))
	}
	return worst, err
}

// apart is the relative difference of two sums, 0 for equal ones.
func apart(a, b float64) float64 {
	if a == b {
		return 0
	}
	return math.Abs(a-b) / max(math.Abs(a), math.Abs(b))
}
