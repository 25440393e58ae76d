package search

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// MostKept is how many of a member's last questions are kept.
const MostKept = 20

// Asked is something that a member asked for before. It is theirs alone.
type Asked struct {
	ID       id.ID
	MemberID id.ID
	Text     string
	At       time.Time
}

// TableName is where they are kept.
func (Asked) TableName() string { return "searches" }

// History returns what v asked for lately, latest first.
func (s *Search) History(ctx context.Context, v access.Viewer) (asked []Asked, err error) {
	if !v.SignedIn() {
		return nil, nil
	}
	err = s.store.Read(ctx).Where("member_id = ?", v.ID).Order("at desc, id desc").Limit(MostKept).Find(&asked).Error
	return asked, err
}

// Remember notes what v asked for. What they asked for last is not noted again, so that looking at the
// same page twice writes nothing; and what a narrowed viewer asks for is not noted at all.
func (s *Search) Remember(ctx context.Context, v access.Viewer, q Query) error {
	if !v.SignedIn() || v.CanChange() != nil || q.Empty() {
		return nil
	}
	last, err := s.History(ctx, v)
	if err != nil || len(last) > 0 && last[0].Text == q.Text {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		row := Asked{ID: tx.NewID(), MemberID: v.ID, Text: q.Text, At: tx.Now}
		if err := tx.Clauses(store.Upsert("member_id, text", "id", "at")).Create(&row).Error; err != nil {
			return err
		}
		return tx.Exec("delete from searches where member_id = ? and id not in (select id from searches where member_id = ? order by at desc, id desc limit ?)", v.ID, v.ID, MostKept).Error
	})
}

// Forget drops one of v's questions.
func (s *Search) Forget(ctx context.Context, v access.Viewer, asked id.ID) error {
	return s.forget(ctx, v, "id = ?", asked)
}

// ForgetAll drops all that v ever asked for.
func (s *Search) ForgetAll(ctx context.Context, v access.Viewer) error {
	return s.forget(ctx, v, "1 = 1")
}

func (s *Search) forget(ctx context.Context, v access.Viewer, which string, args ...any) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Where("member_id = ?", v.ID).Where(which, args...).Delete(&Asked{}).Error
	})
}
