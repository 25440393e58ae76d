package standing

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// Line is one act of the ledger, as it is shown line by line.
type Line struct {
	ID     id.ID
	Kind   Kind
	From   id.ID // who caused it
	On     id.ID // its subject; for a line past a cap, none
	Place  id.ID // or zero
	Space  id.ID // where it was when it happened, or zero
	Times  int   // more than 1 on a line past a cap
	At     time.Time
	Weight float64 // as given
	Worth  float64 // today
	Cap    string  // what cut it, or nothing: see CapWords
}

// linesPage is how many lines a page lists.
const linesPage = 30

// Cursor says where a list goes on; see store.Cursor.
type Cursor = store.Cursor

// Lines returns the acts that count in a member's ledger, the latest first, after the given cursor
// ("" for the first page). What hangs on a place that v may not read is left out.
func (s *Standing) Lines(ctx context.Context, v access.Viewer, member id.ID, after Cursor) ([]Line, Cursor, error) {
	if err := MayLedger(v, member); err != nil {
		return nil, "", err
	}
	db := s.store.Read(ctx)
	r, err := s.rules(db)
	if err != nil {
		return nil, "", err
	}
	scope := access.Readable
	if v.ID == member { // one's own are whole, listed or not
		scope = access.Reachable
	}
	readable := s.store.Read(ctx).Table("(select 1) as one").Select("1").Scopes(scope(v, "acts.place_id"))
	db = valuedLines(db, r.edition.ID).Where("acts.member_id = ? and acts.voided_at is null", member).
		Where("acts.place_id is null or exists (?)", readable)
	if at, key, ok := after.Time(); ok {
		db = db.Where("(acts.at, acts.id) < (?, ?)", at, key)
	}
	var found []valued
	if err := db.Order("acts.at desc, acts.id desc").Limit(linesPage + 1).Find(&found).Error; err != nil {
		return nil, "", err
	}
	found, next := store.Page(found, linesPage, func(f valued) store.Cursor { return store.CursorAt(f.Line.At, f.Line.ID) })
	lines := make([]Line, len(found))
	for i, f := range found {
		lines[i] = f.shown(r, s.store.Now(ctx))
	}
	return lines, next, nil
}

func (f valued) shown(r *rules, now time.Time) Line {
	k, _ := FindKind(f.Line.Kind)
	l := Line{
		ID: f.Line.ID, Kind: k, From: f.Line.ActorID, On: f.Line.SubjectID, Space: f.Line.space(), Times: f.Line.Times,
		At: f.Line.At.UTC(), Weight: f.Weight, Cap: f.Cap,
		Worth: r.curve.Now(r.curve.Term(f.Weight, f.Line.At), later(now, f.Line.At)),
	}
	if f.Line.PlaceID != nil {
		l.Place = *f.Line.PlaceID
	}
	if f.Line.PastCap {
		l.On = 0
	}
	return l
}
