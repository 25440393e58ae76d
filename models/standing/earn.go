package standing

import (
	"fmt"
	"slices"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/score"
	"guildhall/models/store"
)

// Act is something that a member earns by.
type Act struct {
	Kind string
	By   id.ID        // who earned
	From id.ID        // who caused it; zero: By
	On   id.ID        // its subject; a daily kind needs none
	At   access.Place // zero for nowhere
	Made bool         // its subject was made in this change: the ledger cannot know of it
}

// Earn keeps acts with what they are worth, and all that follows: score, status, boards, badges.
// The same act again changes nothing, and one that was undone counts again with its first date. A
// batch costs little more than one act. What a few do among themselves earns nothing.
func (s *Standing) Earn(tx *store.Tx, acts ...Act) error {
	acts = slices.DeleteFunc(slices.Clone(acts), func(a Act) bool { return a.At.Private() })
	members := make([]id.ID, 0, len(acts))
	for _, a := range acts {
		if _, ok := FindKind(a.Kind); !ok || a.By == 0 {
			return fmt.Errorf("standing: no act of kind %q for %s", a.Kind, a.By)
		}
		members = append(members, a.By)
	}
	if len(acts) == 0 {
		return nil
	}
	b, err := s.open(tx, members)
	if err != nil {
		return err
	}
	lines := make([]line, len(acts))
	for i, a := range acts {
		lines[i] = b.line(a)
	}
	fresh, revived, err := b.sort(lines)
	if err != nil {
		return err
	}
	if err := b.enter(fresh); err != nil {
		return err
	}
	if err := b.change(revived, nil, false); err != nil {
		return err
	}
	if len(fresh)+len(revived) == 0 {
		return nil
	}
	return b.close()
}

// Visited keeps the day of a member's visit.
func (s *Standing) Visited(tx *store.Tx, member id.ID) error {
	return s.Earn(tx, Act{Kind: Visit, By: member})
}

// line writes an act down. Its time is never earlier than its member's last line.
func (b *book) line(a Act) line {
	at := later(b.tx.Now, b.rows[a.By].LastAt)
	l := line{
		ID: b.tx.NewID(), MemberID: a.By, ActorID: a.From, Kind: a.Kind, SubjectID: a.On,
		PlaceID: some(a.At.ID), SpaceID: some(a.At.SpaceID), Day: dayOf(at, b.zone), Times: 1, At: at, place: a.At, made: a.Made,
	}
	if l.ActorID == 0 {
		l.ActorID = l.MemberID
	}
	if k, _ := FindKind(a.Kind); k.Daily {
		l.SubjectID = dayNumber(l.Day)
	}
	return l
}

// sort tells acts that are new from those that were undone and are taken up again. What stands in
// the ledger already, and counts, is neither.
func (b *book) sort(lines []line) (fresh, revived []line, err error) {
	var subjects, actors []id.ID
	var kinds []string
	for _, l := range lines {
		if !l.made {
			subjects, kinds, actors = append(subjects, l.SubjectID), append(kinds, l.Kind), append(actors, l.ActorID)
		}
	}
	var kept []line // to be found by the index of the key alone, so whose they are is not asked
	if len(subjects) > 0 {
		if err := b.tx.Where("subject_id in ? and kind in ? and actor_id in ?", unique(subjects), unique(kinds), unique(actors)).Find(&kept).Error; err != nil {
			return nil, nil, err
		}
	}
	known := make(map[lineKey]line, len(kept))
	for _, l := range kept {
		known[l.key()] = l
	}
	for _, l := range lines {
		old, ok := known[l.key()]
		switch {
		case !ok:
			fresh = append(fresh, l)
			known[l.key()] = l
		case old.VoidedAt != nil:
			revived = append(revived, old)
			old.VoidedAt = nil
			known[l.key()] = old
		}
	}
	return fresh, revived, nil
}

// enter writes new lines with what they are worth.
func (b *book) enter(fresh []line) error {
	if len(fresh) == 0 {
		return nil
	}
	limits, err := b.limits(fresh)
	if err != nil {
		return err
	}
	p := postings{folds: map[foldKey]*fold{}, boards: map[boardKey]float64{}, more: map[id.ID]int{}}
	for _, l := range fresh {
		e := limits.value(l)
		b.post(e)
		p.add(b.rules, e)
	}
	return b.write(p)
}

// post adds an act to its member's row, and says what it brought.
func (b *book) post(e entry) {
	r := b.rows[e.Line.MemberID]
	r.S += b.rules.curve.Term(e.Weight, e.Line.At)
	r.LastAt = e.Line.At
	if !e.again {
		r.Acts++
	}
	b.rows[r.MemberID] = r
	if !e.Line.PastCap {
		b.counted[r.MemberID] = append(b.counted[r.MemberID], e.Line)
	}
	if e.Weight > 0 {
		now := b.rules.curve.Now(r.S, r.LastAt)
		b.tx.Say(Earned{Member: r.MemberID, Kind: e.Line.Kind, Points: e.Weight, Score: score.Shown(now), Place: e.Line.place})
	}
}
