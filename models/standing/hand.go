package standing

import (
	"context"
	"errors"
	"slices"
	"strings"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Hand gives a badge by hand, with a reason that is written down. Giving it again changes nothing.
func (s *Standing) Hand(ctx context.Context, v access.Viewer, badge, member id.ID, why string) error {
	if why = strings.TrimSpace(why); why == "" || len(why) > 300 {
		return problem.Invalid("reason", "Say why, in at most 300 bytes.")
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		g, err := s.handBadge(tx, v, badge)
		if err != nil {
			return err
		}
		by := v.ID
		res := store.OnConflictSkip(tx.DB).Create(&Holder{BadgeID: g.ID, MemberID: member, GivenBy: &by, At: tx.Now})
		if errors.Is(res.Error, store.ErrForeignKey) {
			return problem.Missing("There is no such member.")
		}
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		if err := audit.Write(tx, audit.Line{By: v.ID, What: "badge.given", Subject: member, Why: why, Detail: g.Name}); err != nil {
			return err
		}
		tx.Say(BadgeWon{Member: member, Badge: g.ID, Name: g.Name, Icon: g.Icon, Words: g.Words})
		if err := notify.Tell(tx, notify.Line{Kind: notify.Won, Subject: g.ID, By: v.ID}, member); err != nil {
			return err
		}
		return access.Raise(tx, member)
	})
}

// TakeBack takes a badge away that was given by hand.
func (s *Standing) TakeBack(ctx context.Context, v access.Viewer, badge, member id.ID) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		g, err := s.handBadge(tx, v, badge)
		if err != nil {
			return err
		}
		res := tx.Where("badge_id = ? and member_id = ?", badge, member).Delete(&Holder{})
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		if err := audit.Write(tx, audit.Line{By: v.ID, What: "badge.taken", Subject: member, Detail: g.Name}); err != nil {
			return err
		}
		return access.Raise(tx, member)
	})
}

// handBadge returns a badge that v may give and take.
func (s *Standing) handBadge(tx *store.Tx, v access.Viewer, badge id.ID) (Badge, error) {
	v, err := s.deps.Access.Renew(tx, v)
	if err != nil {
		return Badge{}, err
	}
	if err := v.CanOwn(); err != nil {
		return Badge{}, err
	}
	r, err := s.rules(tx.DB)
	if err != nil {
		return Badge{}, err
	}
	for _, g := range r.badges {
		if g.ID == badge && g.Rule == RuleHand {
			return g, nil
		}
		if g.ID == badge {
			return Badge{}, problem.Refused("%s is earned, never given. Choose a badge that is given by hand.", g.Name)
		}
	}
	return Badge{}, problem.Missing("There is no such badge.")
}

// Badges returns all badges in their order, with how many hold each.
func (s *Standing) Badges(ctx context.Context) ([]Badge, error) {
	db := s.store.Read(ctx)
	r, err := s.rules(db)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		BadgeID id.ID
		Holders int64
	}
	if err := db.Model(&Holder{}).Select("badge_id, count(*) as holders").Group("badge_id").Find(&rows).Error; err != nil {
		return nil, err
	}
	holders := make(map[id.ID]int64, len(rows))
	for _, row := range rows {
		holders[row.BadgeID] = row.Holders
	}
	all := slices.Clone(r.badges)
	for i := range all {
		all[i].Holders = holders[all[i].ID]
	}
	return all, nil
}

// holdersPage is how many holders a page lists.
const holdersPage = 50

// Holders returns who holds a badge, the latest first, after the given cursor ("" for the first page).
func (s *Standing) Holders(ctx context.Context, badge id.ID, after store.Cursor) ([]Holder, store.Cursor, error) {
	db := s.store.Read(ctx).Where("badge_id = ?", badge)
	if at, member, ok := after.Time(); ok {
		db = db.Where("(at, member_id) < (?, ?)", at, member)
	}
	var rows []Holder
	err := db.Order("at desc, member_id desc").Limit(holdersPage + 1).Find(&rows).Error
	rows, next := store.Page(rows, holdersPage, func(h Holder) store.Cursor { return store.CursorAt(h.At, h.MemberID) })
	return rows, next, err
}
