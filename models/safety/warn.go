package safety

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Warn tells a member, for a reason that they read, that something must not go on, and remembers it:
// for owners. Moderators warn by what they decide about a report.
func (s *Safety) Warn(ctx context.Context, v access.Viewer, member id.ID, reason string) error {
	return s.sanction(ctx, v, member, func(tx *store.Tx, v access.Viewer) error {
		return warn(tx, v.ID, member, reason, 0)
	})
}

// warn is told even to one who blocks the warner: it is the club that speaks.
func warn(tx *store.Tx, by, member id.ID, reason string, space id.ID) error {
	kept := access.Sanction{MemberID: member, Kind: access.Warned, Reason: reason, ByID: &by}
	if err := access.Impose(tx, &kept); err != nil {
		return err
	}
	if err := audit.Write(tx, audit.Line{By: by, What: "member.warned", Space: space, Subject: member, Why: kept.Reason}); err != nil {
		return err
	}
	return notify.Tell(tx, notify.Line{Kind: notify.Warned, Subject: kept.ID}, member)
}

// sanction lets an owner decide about a member: who is still here, is not themselves, and does not
// own the club.
func (s *Safety) sanction(ctx context.Context, v access.Viewer, member id.ID, fn func(*store.Tx, access.Viewer) error) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		v, err := s.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if err := v.CanOwn(); err != nil {
			return err
		}
		barred, err := unwarnable(tx, v, member)
		if err != nil {
			return err
		}
		if barred != nil {
			return barred
		}
		return fn(tx, v)
	})
}

// unwarnable holds a member's row and says why nothing is decided about them, or nothing.
func unwarnable(tx *store.Tx, v access.Viewer, who id.ID) (barred *problem.Problem, err error) {
	m, err := member.Held(tx, who)
	if problem.Of(err) != nil || err == nil && m.Former() {
		return problem.Missing("There is no such member."), nil
	}
	if err != nil {
		return nil, err
	}
	if who == v.ID {
		return problem.Refused("You cannot decide that about yourself."), nil
	}
	owns, err := access.Owns(tx, who)
	if owns {
		return problem.Refused("Nobody decides that about an owner of the club."), nil
	}
	return nil, err
}
