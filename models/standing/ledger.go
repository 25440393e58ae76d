package standing

import (
	"context"
	"fmt"
	"math"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/score"
)

// Points are tenths of a point, as the ledger shows them.
type Points int64

// String is the number with a decimal only where there is one: "225", "0.5", "−24.3".
func (p Points) String() string {
	sign := ""
	if p < 0 {
		sign, p = "−", -p
	}
	if p%10 == 0 {
		return fmt.Sprintf("%s%d", sign, p/10)
	}
	return fmt.Sprintf("%s%d.%d", sign, p/10, p%10)
}

// Tenths rounds an amount of points to a tenth, half up.
func Tenths(points float64) Points { return Points(math.Floor(points*10 + 0.5)) }

// Group is one line of the ledger by kind: how many acts, what they were given, and what that is
// worth today.
type Group struct {
	Kind  Kind // the zero Kind for Behind
	Times int64
	Given Points
	Worth Points
}

// Ledger says why a score is what it is. Each line is rounded to a tenth and the score to a whole
// number, so the last line carries the rounding, and both columns add up to the score exactly:
//
//	Σ Groups.Given + Behind.Given + Faded + Rounding = Score
//	Σ Groups.Worth + Behind.Worth + Rounding = Score
type Ledger struct {
	Member   id.ID
	Score    int64
	Groups   []Group // in the order of the catalogue; kinds without acts are left out
	Behind   Group   // what was given for in spaces that the viewer may not read, without names
	Faded    Points  // what time took: never above 0
	Rounding Points
}

// MayLedger is nil for the member and the owners: nobody else reads a ledger.
func MayLedger(v access.Viewer, member id.ID) error {
	if v.SignedIn() && v.ID == member || v.Owner() {
		return nil
	}
	return problem.Refused("Only the member and the owners can read this ledger.")
}

// Ledger returns a member's ledger by kind.
func (s *Standing) Ledger(ctx context.Context, v access.Viewer, member id.ID) (Ledger, error) {
	if err := MayLedger(v, member); err != nil {
		return Ledger{}, err
	}
	db, now := s.store.Read(ctx), s.store.Now(ctx)
	rows, r, err := s.look(db, []id.ID{member}, now)
	if err != nil {
		return Ledger{}, err
	}
	var folds []fold
	err = db.Model(&fold{}).Select("kind, space_id, sum(s) as s, sum(given) as given, sum(times) as times").
		Where("edition_id = ? and member_id = ?", r.edition.ID, member).Group("kind, space_id").Find(&folds).Error
	if err != nil {
		return Ledger{}, err
	}
	own := rows[member]
	now = later(now, own.LastAt)
	l, sum := ledgerOf(v, folds, func(s float64) float64 { return r.curve.Now(s, now) })
	if apart(sum, own.S) > 1e-9 {
		own.S = sum // something was earned between the two statements
	}
	l.Member = member
	l.addUp(score.Shown(own.points(r.curve, now)))
	return l, nil
}

// ledgerOf groups folds into lines, and returns their S.
func ledgerOf(v access.Viewer, folds []fold, today func(s float64) float64) (l Ledger, s float64) {
	entered := map[id.ID]bool{0: true}
	for _, space := range v.Entered() {
		entered[space] = true
	}
	kinds, behind := map[string]*fold{}, &fold{}
	for _, f := range folds {
		if !entered[f.SpaceID] && f.Given == 0 {
			continue // it adds nothing up, and would tell how busy it is there
		}
		into := behind
		if entered[f.SpaceID] {
			if into = kinds[f.Kind]; into == nil {
				into = &fold{}
				kinds[f.Kind] = into
			}
		}
		into.S, into.Given, into.Times = into.S+f.S, into.Given+f.Given, into.Times+f.Times
		s += f.S
	}
	group := func(k Kind, f *fold) Group {
		return Group{Kind: k, Times: f.Times, Given: Tenths(f.Given), Worth: Tenths(today(f.S))}
	}
	l.Behind = group(Kind{}, behind)
	for _, k := range Kinds {
		if f := kinds[k.Key]; f != nil {
			l.Groups = append(l.Groups, group(k, f))
		}
	}
	return l, s
}

// addUp fills in the lines that make the columns add up to the score.
func (l *Ledger) addUp(shown int64) {
	given, worth := l.Behind.Given, l.Behind.Worth
	for _, g := range l.Groups {
		given, worth = given+g.Given, worth+g.Worth
	}
	l.Score, l.Faded, l.Rounding = shown, worth-given, Points(shown*10)-worth
}
