package standing

import (
	"context"
	"time"

	"guildhall/models/id"
)

// Join brings the standing of the members of a statement to it, and Columns are what Beside takes of it.
const (
	Join    = " left join editions on editions.current left join standings on standings.edition_id = editions.id and standings.member_id = members.id"
	Columns = "editions.stamp, standings.s, standings.last_at, standings.rung, standings.since, standings.falls_at"
)

// Beside is a member's standing as a statement of another package reads it, joined with Join.
type Beside struct {
	stamp *id.ID
	s     *float64
	rung  *int
	last  *time.Time
	since *time.Time
	falls *time.Time
}

// Fields are where Columns go.
func (b *Beside) Fields() []any {
	return []any{&b.stamp, &b.s, &b.last, &b.rung, &b.since, &b.falls}
}

// Rung is the status of the member beside whom b was read, as it is now. It asks the database only
// when the owner's rules are other than before.
func (s *Standing) Rung(ctx context.Context, b Beside) (Rung, error) {
	if b.stamp == nil {
		return Rung{}, ErrNotFounded
	}
	r, err := s.stamped(s.store.Read(ctx), *b.stamp)
	if err != nil {
		return Rung{}, err
	}
	if b.rung == nil {
		return r.ladder.at(1), nil
	}
	settled := r.ladder.settle(row{S: *b.s, LastAt: *b.last, Rung: *b.rung, Since: *b.since, FallsAt: b.falls}, r.curve, time.Time{}, later(s.store.Now(ctx), *b.last))
	return r.ladder.at(settled.Rung), nil
}
