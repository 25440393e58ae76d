package access

import (
	"context"

	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/store"
)

// MakeOwner gives a member the whole club. The first owner is made by the set-up page, later ones
// by an owner: the caller has asked.
func (a *Access) MakeOwner(tx *store.Tx, member id.ID) error {
	err := store.OnConflictSkip(tx.DB).Table("roles").Create(map[string]any{"member_id": member, "role": "owner", "granted_at": tx.Now}).Error
	if err != nil {
		return err
	}
	return a.staffed(tx, member)
}

// staffed is what follows from a role or a seat, given or taken.
func (a *Access) staffed(tx *store.Tx, member id.ID) error {
	if err := a.facts.Staffed(tx, member); err != nil {
		return err
	}
	return Raise(tx, member)
}

// Seat gives a member the moderator's seat of a space.
func (a *Access) Seat(ctx context.Context, v Viewer, space, member id.ID) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := a.owns(tx, &v); err != nil {
			return err
		}
		err := store.OnConflictSkip(tx.DB).Table("seats").Create(map[string]any{"space_id": space, "member_id": member, "given_by": v.ID, "since": tx.Now}).Error
		if err != nil {
			return err
		}
		if err := audit.Write(tx, audit.Line{By: v.ID, What: "seat.given", Space: space, Subject: member}); err != nil {
			return err
		}
		return a.staffed(tx, member)
	})
}

// Unseat takes the moderator's seat of a space from a member.
func (a *Access) Unseat(ctx context.Context, v Viewer, space, member id.ID) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := a.owns(tx, &v); err != nil {
			return err
		}
		if err := tx.Exec("delete from seats where space_id = ? and member_id = ?", space, member).Error; err != nil {
			return err
		}
		if err := audit.Write(tx, audit.Line{By: v.ID, What: "seat.taken", Space: space, Subject: member}); err != nil {
			return err
		}
		return a.staffed(tx, member)
	})
}

// Seated returns who moderates a space. Its keepers are no secret to whom it is listed.
func (a *Access) Seated(ctx context.Context, v Viewer, space id.ID) (members []id.ID, err error) {
	if err := v.CanSee(space); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx).Table("seats").Where("space_id = ?", space).Order("since, member_id").Pluck("member_id", &members).Error
	return members, err
}

// Keepers returns who moderates which space, the longest seated first: for owners.
func (a *Access) Keepers(ctx context.Context, v Viewer) (map[id.ID][]id.ID, error) {
	if err := v.CanOwn(); err != nil {
		return nil, err
	}
	var seats []struct{ SpaceID, MemberID id.ID }
	err := a.store.Read(ctx).Table("seats").Select("space_id, member_id").Order("since, member_id").Find(&seats).Error
	of := map[id.ID][]id.ID{}
	for _, s := range seats {
		of[s.SpaceID] = append(of[s.SpaceID], s.MemberID)
	}
	return of, err
}

// Staff returns every owner and every moderator: they stand outside the boards.
func Staff(tx *store.Tx, member id.ID) (yes bool, err error) {
	err = tx.Raw("select exists (select 1 from roles where member_id = ?) or exists (select 1 from seats where member_id = ?)", member, member).Scan(&yes).Error
	return yes, err
}
