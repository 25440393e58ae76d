package standing

import (
	"context"
	"errors"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/score"
	"guildhall/models/store"
)

// Card is how a member stands now. Who never acted stands on the lowest rung with nothing.
type Card struct {
	Member  id.ID
	Score   int64 // as it is shown
	Rung    Rung
	Next    *Rung // the rung above, if there is one
	ToGo    int64 // points to Next
	Since   time.Time
	FallsAt time.Time // when the rung falls if nothing is done; zero for never
	S       float64   // the score at the edition's epoch: what boards sort by
	Listed  bool      // on the boards
	Badges  []Won     // filled in by Of, in the order of the badges
}

// Won is a badge as one member holds it.
type Won struct {
	Badge
	At   time.Time
	Hand bool // given by an owner
}

// Of returns how a member stands now, with their badges.
func (s *Standing) Of(ctx context.Context, member id.ID) (Card, error) {
	db, now := s.store.Read(ctx), s.store.Now(ctx)
	rows, r, err := s.look(db, []id.ID{member}, now)
	if err != nil {
		return Card{}, err
	}
	c := r.card(rows[member], now)
	var held []Holder
	if err := db.Where("member_id = ?", member).Find(&held).Error; err != nil {
		return c, err
	}
	of := make(map[id.ID]Holder, len(held))
	for _, h := range held {
		of[h.BadgeID] = h
	}
	for _, g := range r.badges {
		if h, ok := of[g.ID]; ok {
			c.Badges = append(c.Badges, Won{Badge: g, At: h.At.UTC(), Hand: h.GivenBy != nil})
		}
	}
	return c, nil
}

// Plain is Of without badges, for where none are shown.
func (s *Standing) Plain(ctx context.Context, member id.ID) (Card, error) {
	now := s.store.Now(ctx)
	rows, r, err := s.look(s.store.Read(ctx), []id.ID{member}, now)
	if err != nil {
		return Card{}, err
	}
	return r.card(rows[member], now), nil
}

func (r *rules) card(row row, now time.Time) Card {
	points := row.points(r.curve, now)
	c := Card{Member: row.MemberID, Score: score.Shown(points), Rung: r.ladder.at(row.Rung), Since: row.Since.UTC(), S: row.S, Listed: row.Listed}
	if row.FallsAt != nil {
		c.FallsAt = row.FallsAt.UTC()
	}
	if row.Rung < len(r.ladder) {
		next := r.ladder[row.Rung]
		c.Next, c.ToGo = &next, score.Missing(points, next.Enter)
	}
	return c
}

// Facts returns a member's settled standing at now, for access. It is a function of the member's
// row and writes nothing.
func (s *Standing) Facts(db *store.DB, member id.ID, now time.Time) (access.Standing, error) {
	of, err := s.FactsOf(db, []id.ID{member}, now)
	return of[member], err
}

// FactsOf is Facts for several members, in as many statements.
func (s *Standing) FactsOf(db *store.DB, members []id.ID, now time.Time) (map[id.ID]access.Standing, error) {
	of := make(map[id.ID]access.Standing, len(members))
	rows, r, err := s.look(db, members, now)
	if errors.Is(err, ErrNotFounded) {
		for _, m := range members {
			of[m] = access.Standing{Rung: 1}
		}
		return of, nil
	}
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		of[m] = rows[m].access(r.curve)
	}
	var held []Holder
	if err := db.Select("member_id, badge_id").Where("member_id in ?", members).Find(&held).Error; err != nil {
		return nil, err
	}
	for _, h := range held {
		facts := of[h.MemberID]
		facts.Badges = append(facts.Badges, h.BadgeID)
		of[h.MemberID] = facts
	}
	return of, nil
}

// Names returns the rungs of the ladder, lowest first, and the names of all badges, for access.
func (s *Standing) Names(db *store.DB) ([]access.Rung, map[id.ID]string, error) {
	badges := map[id.ID]string{}
	r, err := s.rules(db)
	if errors.Is(err, ErrNotFounded) {
		return nil, badges, nil
	}
	if err != nil {
		return nil, nil, err
	}
	rungs := make([]access.Rung, len(r.ladder))
	for i, g := range r.ladder {
		rungs[i] = access.Rung{Position: g.Position, Name: g.Name, Pin: g.Pin, Enter: g.Enter}
	}
	for _, g := range r.badges {
		badges[g.ID] = g.Name
	}
	return rungs, badges, nil
}

// Ladder returns the rungs, lowest first.
func (s *Standing) Ladder(ctx context.Context) ([]Rung, error) {
	r, err := s.rules(s.store.Read(ctx))
	if err != nil {
		return nil, err
	}
	return append([]Rung(nil), r.ladder...), nil
}
