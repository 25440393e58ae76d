package safety

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/store"
)

// Suspend keeps a member out from this instant on, until then or, with nil, until it is lifted. Their
// pages say why and until when; their keys are theirs again afterwards, and letters from before are answered
// by mail no more. It takes the place of a
// suspension before. For owners.
func (s *Safety) Suspend(ctx context.Context, v access.Viewer, member id.ID, until *time.Time, reason string) error {
	return s.sanction(ctx, v, member, func(tx *store.Tx, v access.Viewer) error {
		kept := access.Sanction{MemberID: member, Kind: access.Suspended, EndsAt: until, Reason: reason, ByID: &v.ID}
		if err := access.Impose(tx, &kept); err != nil {
			return err
		}
		if err := notify.EndReplies(tx, member); err != nil {
			return err
		}
		line := audit.Line{By: v.ID, What: "member.suspended", Subject: member, Why: kept.Reason}
		if until != nil {
			line.Detail = until.UTC().Format(time.RFC3339)
		}
		return audit.Write(tx, line)
	})
}

// Lift ends a member's suspension now. For owners.
func (s *Safety) Lift(ctx context.Context, v access.Viewer, member id.ID) error {
	return s.sanction(ctx, v, member, func(tx *store.Tx, v access.Viewer) error {
		if err := access.Lift(tx, member); err != nil {
			return err
		}
		return audit.Write(tx, audit.Line{By: v.ID, What: "member.lifted", Subject: member})
	})
}
