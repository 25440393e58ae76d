package standing

import (
	"context"
	"time"

	"guildhall/models/access"
)

// Gain is what a member's acts of one kind were given since some time.
type Gain struct {
	Kind   Kind
	Times  int64   // since then
	Points float64 // given for them
	Ever   int64   // of that kind since the earlier time
}

// Gained sums v's own acts since a time by their kind, the most points first, and counts them since
// an earlier one, which may be the same. What was done where v may not enter any more is not counted:
// it would tell how busy it was there. Its points are v's all the same.
func (s *Standing) Gained(ctx context.Context, v access.Viewer, since, ever time.Time) ([]Gain, error) {
	db := s.store.Read(ctx)
	r, err := s.rules(db)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Kind   string
		Times  int64
		Points float64
		Ever   int64
	}
	entered := append(v.Entered(), 0)
	err = db.Raw(`select acts.kind, sum(case when acts.at > ? and coalesce(acts.space_id, 0) in ? then acts.times else 0 end) as times,
		coalesce(sum(case when acts.at > ? then worths.weight end), 0) as points,
		sum(case when coalesce(acts.space_id, 0) in ? then 1 else 0 end) as ever
		from acts join worths on worths.act_id = acts.id and worths.edition_id = ?
		where acts.member_id = ? and acts.voided_at is null and acts.at > ?
		group by acts.kind order by points desc, acts.kind`, since, entered, since, entered, r.edition.ID, v.ID, ever).Scan(&rows).Error
	gains := make([]Gain, 0, len(rows))
	for _, row := range rows {
		if k, ok := FindKind(row.Kind); ok && (row.Times > 0 || row.Points > 0 || row.Ever > 0) {
			gains = append(gains, Gain{k, row.Times, row.Points, row.Ever})
		}
	}
	return gains, err
}
