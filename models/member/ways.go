package member

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// maxWays is how many identities, addresses and passkeys of each sort one member may have.
const maxWays = 20

// Offered are the ways of signing in that the club offers at present: an account of a provider
// that was switched off opens nothing. Passkeys are always taken.
type Offered struct {
	Providers []string
	Mail      bool
}

// removeWay takes a way in from its member. The member's row is locked first, so two removals at
// once cannot each take the other for the one that stays.
func (s *Members) removeWay(ctx context.Context, v access.Viewer, table string, key id.ID, open Offered) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return s.store.Write(ctx, func(tx *store.Tx) error {
		if err := lockMember(tx, v.ID); err != nil {
			return err
		}
		res := tx.Exec("delete from "+table+" where id = ? and member_id = ?", key, v.ID)
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return problem.Missing("That is not one of your ways to sign in any more.")
		}
		left, err := waysIn(tx, v.ID, open)
		if err != nil {
			return err
		}
		if left == 0 {
			return problem.Conflict("This is your last way to sign in. Add another one first.")
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: "way.removed", Subject: v.ID, Detail: table + " " + key.String()})
	})
}

// waysIn counts what still opens a member's account.
func waysIn(tx *store.Tx, member id.ID, open Offered) (n int, err error) {
	providers := open.Providers
	if len(providers) == 0 {
		providers = []string{""} // an empty list is one that SQL cannot read
	}
	err = tx.Raw(`select (select count(*) from identities where member_id = ? and provider in ?)
		+ (select count(*) from passkeys where member_id = ?)
		+ (select count(*) from addresses where member_id = ? and ?)`, member, providers, member, member, open.Mail).Scan(&n).Error
	return n, err
}

// addWay checks, with the member's row locked, that there is room for one more in table.
func addWay(tx *store.Tx, member id.ID, table string) error {
	if err := lockMember(tx, member); err != nil {
		return err
	}
	var n int
	if err := tx.Raw("select count(*) from "+table+" where member_id = ?", member).Scan(&n).Error; err != nil {
		return err
	}
	if n >= maxWays {
		return problem.Conflict("You have %d of these already. Remove one first.", maxWays)
	}
	return audit.Write(tx, audit.Line{By: member, What: "way.added", Subject: member, Detail: table})
}

func lockMember(tx *store.Tx, key id.ID) error {
	var m Member
	return missing(store.ForUpdate(tx.DB).Select("id").Take(&m, "id = ? and left_at is null", key).Error)
}

// Sureness is how long an asked-for passkey counts for keys, money and rights.
const Sureness = 15 * time.Minute

// ErrAsk says that a passkey must be asked for first; the page that asks comes before.
var ErrAsk = problem.Refused("Confirm with your passkey that it is you.")

// Sure is nil when a visit may touch keys, money and rights: staff must have been asked for a
// passkey within Sureness, else the answer is ErrAsk, or the advice to add one.
func (s *Members) Sure(ctx context.Context, visit Visit) error {
	v := visit.Viewer
	switch {
	case !v.SignedIn():
		return problem.Refused("Sign in to do this.")
	case !v.Staff() || visit.Session.Method == Dev:
		return nil
	case visit.Session.AskedAt != nil && s.store.Now(ctx).Sub(*visit.Session.AskedAt) < Sureness:
		return nil
	}
	var n int
	if err := s.store.Read(ctx).Raw("select count(*) from passkeys where member_id = ?", v.ID).Scan(&n).Error; err != nil {
		return err
	}
	if n == 0 {
		return problem.Refused("Who looks after a club holds a passkey. Add one in your settings, then come back to this.")
	}
	return ErrAsk
}
