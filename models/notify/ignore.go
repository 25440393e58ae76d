package notify

import (
	"context"
	"errors"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Ignore is a member whose posts another would rather not read: they stand folded up, their topics
// leave the lists, and nothing that they do is told from then on. Nobody else knows of it. What staff
// decide about a member is told whoever decided it.
type Ignore struct {
	MemberID  id.ID
	IgnoredID id.ID
	Since     time.Time
	Until     *time.Time // nil: until it is taken back
}

// Ignore lets v read no more of a member, until then if until is given.
func (b *Bell) Ignore(ctx context.Context, v access.Viewer, member id.ID, until *time.Time) error {
	switch {
	case !v.SignedIn():
		return problem.Refused("Sign in to do this.")
	case v.ID == member:
		return problem.Refused("You cannot ignore yourself.")
	}
	if err := v.CanChange(); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		if until != nil && !until.After(tx.Now) {
			return problem.Invalid("until", "Choose a day to come, or none.")
		}
		row := Ignore{MemberID: v.ID, IgnoredID: member, Since: tx.Now, Until: until}
		err := tx.Clauses(store.Upsert("member_id, ignored_id", "until")).Create(&row).Error
		if errors.Is(err, store.ErrForeignKey) {
			return problem.Missing("There is no such member.")
		}
		return err
	})
}

// Heed ends that. One who was not ignored stays so.
func (b *Bell) Heed(ctx context.Context, v access.Viewer, member id.ID) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Where("member_id = ? and ignored_id = ?", v.ID, member).Delete(&Ignore{}).Error
	})
}

// mostIgnored bounds the list of whom a member ignores.
const mostIgnored = 200

// Ignoring returns whom v ignores at this instant, the latest first, at most 200.
func (b *Bell) Ignoring(ctx context.Context, v access.Viewer) (all []Ignore, err error) {
	if !v.SignedIn() {
		return nil, nil
	}
	err = b.store.Read(ctx).Where("member_id = ? and (until is null or until > ?)", v.ID, b.store.Now(ctx)).
		Order("since desc, ignored_id desc").Limit(mostIgnored).Find(&all).Error
	return all, err
}

// Ignores tells whether v ignores a member at this instant.
func (b *Bell) Ignores(ctx context.Context, v access.Viewer, member id.ID) (yes bool, err error) {
	err = b.store.Read(ctx).Raw("select exists (select 1 from ignores where member_id = ? and ignored_id = ? and (until is null or until > ?))", v.ID, member, b.store.Now(ctx)).Scan(&yes).Error
	return yes, err
}
