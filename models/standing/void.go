package standing

import (
	"slices"
	"strings"
	"time"

	"guildhall/models/id"
	"guildhall/models/store"
)

// Void undoes an act: what from did for by on a subject. An act that was counted past a cap has no
// line of its own and was worth nothing, so nothing changes. Earn takes the act up again.
func (s *Standing) Void(tx *store.Tx, kind string, from, on, by id.ID) error {
	if from == 0 {
		from = by
	}
	return s.undo(tx, false, "kind = ? and actor_id = ? and subject_id = ? and member_id = ?", kind, from, on, by)
}

// VoidKind undoes every act of a kind on a subject, whoever caused it.
func (s *Standing) VoidKind(tx *store.Tx, kind string, on id.ID) error {
	return s.undo(tx, false, "kind = ? and subject_id = ?", kind, on)
}

// VoidOn undoes every act on the subjects: they were removed. Revive brings those back that were
// not undone by themselves.
func (s *Standing) VoidOn(tx *store.Tx, on ...id.ID) error {
	return s.undo(tx, true, "subject_id in ?", on)
}

// Revive takes up what VoidOn undid: the subjects are there again.
func (s *Standing) Revive(tx *store.Tx, on ...id.ID) error {
	return s.alter(tx, func(b *book, lines []line) error { return b.change(lines, nil, false) },
		"voided_with and subject_id in ?", on)
}

// undo voids the lines that match. What went with its subject and is now undone by itself too will
// not come back with it.
func (s *Standing) undo(tx *store.Tx, with bool, where string, args ...any) error {
	return s.alter(tx, func(b *book, lines []line) error {
		var counting, gone []line
		for _, l := range lines {
			if l.VoidedAt == nil {
				counting = append(counting, l)
			} else if l.VoidedWith {
				gone = append(gone, l)
			}
		}
		if !with && len(gone) > 0 {
			if err := b.mark(gone, gone[0].VoidedAt, false); err != nil {
				return err
			}
		}
		return b.change(counting, &tx.Now, with)
	}, where, args...)
}

// alter holds the rows of those whose lines match, reads the lines again and lets fn change them.
func (s *Standing) alter(tx *store.Tx, fn func(*book, []line) error, where string, args ...any) error {
	var members []id.ID
	if err := tx.Model(&line{}).Distinct("member_id").Where(where, args...).Pluck("member_id", &members).Error; err != nil || len(members) == 0 {
		return err
	}
	b, err := s.open(tx, members)
	if err != nil {
		return err
	}
	var lines []line
	if err := tx.Where(where, args...).Find(&lines).Error; err != nil {
		return err
	}
	lines = slices.DeleteFunc(lines, func(l line) bool { return b.rows[l.MemberID].MemberID == 0 }) // who came in between is not held
	if err := fn(b, lines); err != nil || len(b.voided) == 0 {
		return err
	}
	return b.close()
}

// change voids lines, or revives them where at is nil, and recounts what they were part of.
func (b *book) change(lines []line, at *time.Time, with bool) error {
	if len(lines) == 0 {
		return nil
	}
	if err := b.mark(lines, at, with); err != nil {
		return err
	}
	touched := make([]string, len(lines))
	for i, l := range lines {
		touched[i] = l.Day
		b.voided[l.MemberID] = true
		if at == nil {
			b.counted[l.MemberID] = append(b.counted[l.MemberID], l)
		}
	}
	return b.recount(periodsOf(touched))
}

func (b *book) mark(lines []line, at *time.Time, with bool) error {
	ids := make([]id.ID, len(lines))
	for i, l := range lines {
		ids[i] = l.ID
	}
	return b.tx.Model(&line{}).Where("id in ?", ids).Updates(map[string]any{"voided_at": at, "voided_with": with}).Error
}

// recount folds the months and weeks anew, from their lines, for those whose lines were voided or
// revived. Where nothing is left the sum is exactly 0.
func (b *book) recount(p periods) error {
	members := make([]id.ID, 0, len(b.voided))
	for m := range b.voided {
		members = append(members, m)
	}
	fresh, err := b.refold(members, p)
	if err != nil {
		return err
	}
	edition := b.rules.edition.ID
	if err := b.tx.Where("edition_id = ? and member_id in ? and month in ?", edition, members, keys(p.months)).Delete(&fold{}).Error; err != nil {
		return err
	}
	if folds := fresh.foldRows(); len(folds) > 0 {
		if err := b.tx.Create(&folds).Error; err != nil {
			return err
		}
	}
	if err := b.tx.Where("edition_id = ? and member_id in ? and period in ?", edition, members, append(keys(p.months), keys(p.weeks)...)).Delete(&board{}).Error; err != nil {
		return err
	}
	if boards := fresh.boardRows(b); len(boards) > 0 {
		if err := b.tx.Create(&boards).Error; err != nil {
			return err
		}
	}
	return b.sum(members)
}

// refold reads the lines that count in the periods and adds them up.
func (b *book) refold(members []id.ID, p periods) (postings, error) {
	fresh := postings{folds: map[foldKey]*fold{}, boards: map[boardKey]float64{}}
	within, args := make([]string, len(p.spans)), make([]any, 0, 2*len(p.spans))
	for i, s := range p.spans {
		within[i] = "acts.day between ? and ?"
		args = append(args, s.from, s.to)
	}
	first, last := parseDay(p.spans[0].from), parseDay(p.spans[len(p.spans)-1].to)
	var found []valued
	err := valuedLines(b.tx.DB, b.rules.edition.ID).Where("acts.member_id in ? and acts.voided_at is null", members).
		Where("acts.at between ? and ?", first.Add(-days(2)), last.Add(days(3))). // the index; no zone is further away
		Where(strings.Join(within, " or "), args...).Order("acts.at, acts.id").Find(&found).Error
	for _, v := range found {
		if m := monthOf(v.Line.Day); p.months[m] {
			fresh.fold(b.rules, entry{valued: v})
			if v.Weight > 0 {
				fresh.board(v, m)
			}
		}
		if w := weekOf(v.Line.Day); p.weeks[w] && v.Weight > 0 {
			fresh.board(v, w)
		}
	}
	return fresh, err
}

// sum makes S the sum of the folds.
func (b *book) sum(members []id.ID) error {
	var sums []struct {
		MemberID id.ID
		S        float64
		Acts     int64
	}
	err := b.tx.Model(&fold{}).Select("member_id, sum(s) as s, sum(acts) as acts").
		Where("edition_id = ? and member_id in ?", b.rules.edition.ID, members).Group("member_id").Find(&sums).Error
	for _, m := range members {
		r := b.rows[m]
		r.S, r.Acts = 0, 0
		b.rows[m] = r
	}
	for _, s := range sums {
		r := b.rows[s.MemberID]
		r.S, r.Acts = s.S, s.Acts
		b.rows[s.MemberID] = r
	}
	return err
}

func keys(set map[string]bool) []string {
	all := make([]string, 0, len(set))
	for k := range set {
		all = append(all, k)
	}
	return all
}

// Carry takes the lines of subjects that moved along to another place: who may read that is shown them.
// What they are worth, and where they were when it happened, stays.
func Carry(tx *store.Tx, subjects []id.ID, to id.ID) error {
	return tx.Model(&line{}).Where("subject_id in ? and place_id is not null", subjects).Update("place_id", to).Error
}
