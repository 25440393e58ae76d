package access

import (
	"context"
	"strings"
	"time"

	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Kinds of sanctions.
const (
	Warned    = "warned"
	Suspended = "suspended" // takes every key away between its dates
	Removed   = "removed"   // takes them for good, also from what its member began a moment before
)

// Sanction is what staff decided about a member, with the reason that the member reads. It stays.
type Sanction struct {
	ID       id.ID
	MemberID id.ID
	Kind     string
	StartsAt time.Time
	EndsAt   *time.Time // of a suspension; nil: until it is lifted
	Reason   string
	ByID     *id.ID
	LiftedAt *time.Time
}

// Holds tells whether it is a suspension that keeps its member out at now.
func (s Sanction) Holds(now time.Time) bool {
	return s.Kind == Suspended && s.LiftedAt == nil && !now.Before(s.StartsAt) && (s.EndsAt == nil || now.Before(*s.EndsAt))
}

// MaxReason is the longest reason of a sanction, in bytes.
const MaxReason = 500

// CheckReason folds the reason of a sanction, and says what is wrong with it.
func CheckReason(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	switch {
	case reason == "":
		return "", problem.Invalid("reason", "Say why this was decided.")
	case len(reason) > MaxReason:
		return "", problem.Invalid("reason", "A reason has at most %d bytes.", MaxReason)
	}
	return reason, nil
}

// Impose keeps a sanction from now on, within a change that the caller has allowed. A suspension
// takes the place of the one before.
func Impose(tx *store.Tx, s *Sanction) (err error) {
	if s.Reason, err = CheckReason(s.Reason); err != nil {
		return err
	}
	if s.EndsAt != nil && !s.EndsAt.After(tx.Now) {
		return problem.Invalid("until", "That lies in the past.")
	}
	if s.Kind == Suspended {
		if _, err := lift(tx, s.MemberID); err != nil {
			return err
		}
	}
	s.ID, s.StartsAt = tx.NewID(), tx.Now
	if err := tx.Create(s).Error; err != nil {
		return err
	}
	return Raise(tx, s.MemberID)
}

// Lift ends a member's suspension now, within a change that the caller has allowed.
func Lift(tx *store.Tx, member id.ID) error {
	lifted, err := lift(tx, member)
	if err != nil {
		return err
	}
	if lifted == 0 {
		return problem.Conflict("They are not suspended, or no longer.")
	}
	return Raise(tx, member)
}

func lift(tx *store.Tx, member id.ID) (lifted int64, err error) {
	res := tx.Model(&Sanction{}).Where("member_id = ? and kind = ? and lifted_at is null and (ends_at is null or ends_at > ?)", member, Suspended, tx.Now).Update("lifted_at", tx.Now)
	return res.RowsAffected, res.Error
}

// Sanctions returns what was decided about a member, latest first and at most a hundred: for owners
// and for themselves.
func (a *Access) Sanctions(ctx context.Context, v Viewer, member id.ID) (all []Sanction, err error) {
	if v.ID != member || !v.SignedIn() {
		if err := v.CanOwn(); err != nil {
			return nil, err
		}
	}
	err = a.store.Read(ctx).Where("member_id = ?", member).Order("starts_at desc, id desc").Limit(100).Find(&all).Error
	return all, err
}

// Owns tells whether a member owns the club, suspended or not: no sanction touches one who does.
func Owns(tx *store.Tx, member id.ID) (bool, error) { return owns(tx.DB, member) }

// Owned tells owners whether a member is one of them.
func (a *Access) Owned(ctx context.Context, v Viewer, member id.ID) (yes bool, err error) {
	if err := v.CanOwn(); err != nil {
		return false, err
	}
	return owns(a.store.Read(ctx), member)
}

func owns(db *store.DB, member id.ID) (yes bool, err error) {
	err = db.Raw("select exists (select 1 from roles where member_id = ? and role = 'owner')", member).Scan(&yes).Error
	return yes, err
}

// Strip takes every key from a member who goes: grants end now, seats and places in groups are free, and
// what they shared with a few others is those others' alone.
func (a *Access) Strip(tx *store.Tx, by, member id.ID) error {
	err := tx.Model(&Grant{}).Where("member_id = ? and withdrawn_at is null and (ends_at is null or ends_at > ?)", member, tx.Now).
		Updates(map[string]any{"withdrawn_at": tx.Now, "withdrawn_by": by}).Error
	if err != nil {
		return err
	}
	for _, table := range []string{"seats", "group_members", "roles"} {
		if err := tx.Exec("delete from "+table+" where member_id = ?", member).Error; err != nil {
			return err
		}
	}
	if err := quit(tx, member, "true"); err != nil {
		return err
	}
	return a.staffed(tx, member)
}
