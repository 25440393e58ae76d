package standing

import (
	"slices"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/score"
	"guildhall/models/store"
)

// book is the ledger opened for a change: the rows of some members, held until the transaction
// ends, and what was written for them so far.
type book struct {
	s       *Standing
	tx      *store.Tx
	rules   *rules
	zone    *time.Location
	members []id.ID
	stored  map[id.ID]int // the rungs as they were kept
	before  map[id.ID]row // as they stood when the book was opened
	rows    map[id.ID]row
	counted map[id.ID][]line // lines that count since: they may win a badge
	voided  map[id.ID]bool   // whose lines were voided or revived
	won     map[id.ID]bool
}

// open holds the members' rows, in the order of their keys, before anything else is read or written.
func (s *Standing) open(tx *store.Tx, members []id.ID) (*book, error) {
	b := &book{
		s: s, tx: tx, members: slices.Compact(slices.Sorted(slices.Values(members))),
		stored: map[id.ID]int{}, before: map[id.ID]row{}, rows: map[id.ID]row{},
		counted: map[id.ID][]line{}, voided: map[id.ID]bool{}, won: map[id.ID]bool{},
	}
	var err error
	if b.rules, err = s.rules(tx.DB); err != nil {
		return nil, err
	}
	if b.zone, err = s.deps.Zone(tx.DB); err != nil {
		return nil, err
	}
	if err := b.hold(b.members); err != nil {
		return nil, err
	}
	if absent := slices.DeleteFunc(slices.Clone(b.members), func(m id.ID) bool { return b.stored[m] > 0 }); len(absent) > 0 {
		if err := s.begin(tx, b.rules.edition.ID, absent); err != nil {
			return nil, err
		}
		return b, b.hold(absent)
	}
	return b, nil
}

func (b *book) hold(members []id.ID) error {
	var rows []row
	err := store.ForUpdate(b.tx.DB).Where("edition_id = ? and member_id in ?", b.rules.edition.ID, members).Order("member_id").Find(&rows).Error
	for _, r := range rows {
		b.stored[r.MemberID] = r.Rung
		r = b.rules.ladder.settle(r, b.rules.curve, time.Time{}, later(b.tx.Now, r.LastAt))
		b.before[r.MemberID], b.rows[r.MemberID] = r, r
	}
	return err
}

// begin writes the rows of members who never acted. Two transactions may try at once.
func (s *Standing) begin(tx *store.Tx, edition id.ID, members []id.ID) error {
	rows := make([]row, 0, len(members))
	for _, m := range members { // once in a member's life, so the question may be asked one by one
		staff, err := access.Staff(tx, m)
		if err != nil {
			return err
		}
		rows = append(rows, row{EditionID: edition, MemberID: m, LastAt: tx.Now, Rung: 1, Since: tx.Now, Listed: !staff})
	}
	return store.OnConflictSkip(tx.DB).Create(&rows).Error
}

// close settles the rows, keeps them, awards badges, raises the epochs that must rise and says
// what happened.
func (b *book) close() error {
	for m, r := range b.rows {
		now := later(b.tx.Now, r.LastAt)
		r = b.rules.ladder.settle(r, b.rules.curve, now, now)
		b.rows[m] = b.rules.ladder.rise(r, b.rules.curve, now)
	}
	if err := b.keep(); err != nil {
		return err
	}
	if err := b.award(); err != nil {
		return err
	}
	for _, m := range b.members {
		if was, is := b.before[m].Rung, b.rows[m].Rung; is > was {
			b.tx.Say(Rose{Member: m, From: was, To: is, Name: b.rules.ladder.at(is).Name})
			if err := notify.Tell(b.tx, notify.Line{Kind: notify.Rose, Subject: id.ID(is)}, m); err != nil {
				return err
			}
		}
	}
	return b.raise()
}

// raise ends what is cached of members whose keys changed: another rung, a badge, a score over or
// under one that a lock names, lines undone or taken up again.
func (b *book) raise() error {
	var named []int64
	asked := false
	for _, m := range b.members {
		must := b.voided[m] || b.won[m] || b.rows[m].Rung != b.stored[m]
		now := later(b.tx.Now, b.rows[m].LastAt)
		was, is := b.before[m].points(b.rules.curve, now), b.rows[m].points(b.rules.curve, now)
		if !must && score.Shown(was) != score.Shown(is) {
			if !asked {
				var err error
				if named, err = b.s.deps.Access.ScoresNamed(b.tx); err != nil {
					return err
				}
				asked = true
			}
			must = slices.ContainsFunc(named, func(n int64) bool { return score.Met(was, n) != score.Met(is, n) })
		}
		if must {
			if err := access.Raise(b.tx, m); err != nil {
				return err
			}
		}
	}
	return nil
}
