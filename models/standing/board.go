package standing

import (
	"context"
	"math"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/score"
	"guildhall/models/store"
)

// Board is the top of a leaderboard, and where its viewer stands. Staff, and who opted out, are
// outside; so is whose points are shown as 0.
type Board struct {
	Period string // 2026-11, 2026-W47; empty for all time
	Space  id.ID  // 0 for the whole club
	Top    []Placed
	Own    Own
}

// Placed is one line of a board. Members with the same points, as they are shown, share a place,
// and the next one is as far down as there are members above it.
type Placed struct {
	Place  int64
	Member id.ID
	Points int64
}

// Own is the viewer's own line. Place is exact down to exactPlaces; below that it is 0 and Share
// tells that they are among the first Share of 100. Both are 0 for one outside the board.
type Own struct {
	Points int64
	Place  int64
	Share  int64
	Listed bool // false for staff and for who opted out
}

const (
	exactPlaces = 1000
	maxTop      = 100
)

// AllTime is the board of present scores.
func (s *Standing) AllTime(ctx context.Context, v access.Viewer, n int) (Board, error) {
	if err := mayRank(v); err != nil {
		return Board{}, err
	}
	db, now := s.store.Read(ctx), s.store.Now(ctx)
	rows, r, err := s.look(db, []id.ID{v.ID}, now)
	if err != nil {
		return Board{}, err
	}
	own := rows[v.ID]
	k := ranking{
		db:    db,
		rows:  func() *store.DB { return db.Table("standings").Where("edition_id = ? and listed", r.edition.ID) },
		by:    "s",
		least: func(n int64) float64 { return r.curve.Term(float64(n)-0.5, now) },
		shown: func(v float64) int64 { return score.Shown(r.curve.Now(v, now)) },
	}
	b := Board{}
	b.Top, b.Own, err = k.rank(n, own.S, own.Listed)
	return b, err
}

// Month is the board of this month's points, in the club (space 0) or in a space that v may enter.
func (s *Standing) Month(ctx context.Context, v access.Viewer, space id.ID, n int) (Board, error) {
	return s.period(ctx, v, monthOf, space, n)
}

// Week is the board of this week's points, in the club (space 0) or in a space that v may enter.
func (s *Standing) Week(ctx context.Context, v access.Viewer, space id.ID, n int) (Board, error) {
	return s.period(ctx, v, weekOf, space, n)
}

func (s *Standing) period(ctx context.Context, v access.Viewer, of func(day string) string, space id.ID, n int) (Board, error) {
	if err := mayRank(v); err != nil {
		return Board{}, err
	}
	if space != 0 {
		if err := v.CanEnter(space); err != nil {
			return Board{}, err
		}
	}
	db, now := s.store.Read(ctx), s.store.Now(ctx)
	rows, r, err := s.look(db, []id.ID{v.ID}, now)
	if err != nil {
		return Board{}, err
	}
	zone, err := s.deps.Zone(db)
	if err != nil {
		return Board{}, err
	}
	b := Board{Period: of(dayOf(now, zone)), Space: space}
	k := ranking{
		db: db,
		rows: func() *store.DB {
			return db.Table("boards").Where("edition_id = ? and period = ? and space_id = ? and listed", r.edition.ID, b.Period, space)
		},
		by:    "points",
		least: func(n int64) float64 { return float64(n) - 0.5 },
		shown: score.Shown,
	}
	var own []float64
	err = db.Table("boards").Where("edition_id = ? and period = ? and space_id = ? and member_id = ?", r.edition.ID, b.Period, space, v.ID).Pluck("points", &own).Error
	if err != nil {
		return Board{}, err
	}
	b.Top, b.Own, err = k.rank(n, append(own, 0)[0], rows[v.ID].Listed)
	return b, err
}

func mayRank(v access.Viewer) error {
	if !v.SignedIn() {
		return problem.Refused("Sign in to see the boards.")
	}
	return nil
}

// ranking ranks rows by a column that an index sorts by.
type ranking struct {
	db    *store.DB
	rows  func() *store.DB // begins a statement over those on the board
	by    string
	least func(shown int64) float64 // the least value that is shown as that many points
	shown func(value float64) int64
}

func (k ranking) rank(n int, own float64, listed bool) (top []Placed, me Own, err error) {
	var rows []struct {
		MemberID id.ID
		Value    float64
	}
	err = k.rows().Select("member_id, "+k.by+" as value").Where(k.by+" >= ?", k.least(1)).
		Order(k.by + " desc, member_id").Limit(max(1, min(n, maxTop))).Find(&rows).Error
	if err != nil {
		return nil, me, err
	}
	for i, r := range rows {
		p := Placed{Place: int64(i + 1), Member: r.MemberID, Points: k.shown(r.Value)}
		if i > 0 && top[i-1].Points == p.Points {
			p.Place = top[i-1].Place
		}
		top = append(top, p)
	}
	me = Own{Points: k.shown(own), Listed: listed}
	if me.Points >= 1 && listed {
		me.Place, me.Share, err = k.place(own, me.Points)
	}
	return top, me, err
}

// place counts who is above: at the most exactPlaces rows, and all only for one below them.
func (k ranking) place(own float64, points int64) (place, share int64, err error) {
	above := max(k.least(points+1), math.Nextafter(own, math.Inf(1))) // whatever rounding does, nobody is above themselves
	var n, all int64
	first := k.rows().Select("1").Where(k.by+" >= ?", above).Limit(exactPlaces)
	if err := k.db.Table("(?) as first", first).Count(&n).Error; err != nil {
		return 0, 0, err
	}
	if n < exactPlaces {
		return n + 1, 0, nil
	}
	if err := k.rows().Where(k.by+" >= ?", above).Count(&n).Error; err != nil {
		return 0, 0, err
	}
	if err := k.rows().Where(k.by+" >= ?", k.least(1)).Count(&all).Error; err != nil {
		return 0, 0, err
	}
	return 0, min(100, (n+1)*100/all+1), nil
}
