package access

import (
	"context"
	"errors"
	"strings"
	"time"

	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Group is a named set of members, filled by owners.
type Group struct {
	ID    id.ID
	Name  string
	Words string

	Handle   *string // by which it is called in a text; nil: it is not
	CalledBy string  // who may call it
}

// Groups returns the club's groups by name, for owners.
func (a *Access) Groups(ctx context.Context, v Viewer) (groups []Group, err error) {
	if err := v.CanOwn(); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx).Order("name").Find(&groups).Error
	return groups, err
}

// Group returns the group of that id, for owners.
func (a *Access) Group(ctx context.Context, v Viewer, key id.ID) (g Group, err error) {
	if err := v.CanOwn(); err != nil {
		return g, err
	}
	err = a.store.Read(ctx).Take(&g, "id = ?", key).Error
	return g, gone(err, noGroup)
}

const noGroup = "There is no such group."

// SaveGroup adds a group (zero ID) or renames one.
func (a *Access) SaveGroup(ctx context.Context, v Viewer, g Group) (Group, error) {
	g.Name, g.Words = strings.TrimSpace(g.Name), strings.TrimSpace(g.Words)
	if err := g.checkCall(); err != nil {
		return g, err
	}
	switch {
	case g.Name == "":
		return g, problem.Invalid("name", "Give the group a name.")
	case len(g.Name) > 40:
		return g, problem.Invalid("name", "A group's name has at most 40 bytes.")
	case len(g.Words) > 200:
		return g, problem.Invalid("words", "The words of a group have at most 200 bytes.")
	}
	err := a.store.Write(ctx, func(tx *store.Tx) error {
		if err := a.owns(tx, &v); err != nil {
			return err
		}
		if err := g.free(tx); err != nil {
			return err
		}
		if g.ID == 0 {
			g.ID = tx.NewID()
			if err := named("group", tx.Create(&g).Error); err != nil {
				return err
			}
		} else if res := tx.Model(&Group{}).Where("id = ?", g.ID).Updates(map[string]any{"name": g.Name, "words": g.Words, "handle": g.Handle, "called_by": g.CalledBy}); res.Error != nil {
			return named("group", res.Error)
		} else if res.RowsAffected == 0 {
			return problem.Missing(noGroup)
		}
		return RaiseClub(tx)
	})
	return g, err
}

// Join puts a member into a group, until ends if that is given; again, it changes the end.
func (a *Access) Join(ctx context.Context, v Viewer, group, member id.ID, ends *time.Time) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := a.owns(tx, &v); err != nil {
			return err
		}
		by := v.ID
		m := membership{GroupID: group, MemberID: member, StartsAt: tx.Now, EndsAt: ends, AddedBy: &by}
		if ends != nil && !ends.After(tx.Now) {
			return problem.Invalid("ends_at", "The end lies in the past.")
		}
		if err := tx.Clauses(store.Upsert("group_id, member_id", "ends_at")).Create(&m).Error; err != nil {
			if errors.Is(err, store.ErrForeignKey) {
				return problem.Missing("There is no such group or member.")
			}
			return err
		}
		if err := audit.Write(tx, audit.Line{By: v.ID, What: "group.joined", Subject: member, Detail: group.String()}); err != nil {
			return err
		}
		return Raise(tx, member)
	})
}

// Leave takes a member out of a group. One who is not in it stays out.
func (a *Access) Leave(ctx context.Context, v Viewer, group, member id.ID) error {
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := a.owns(tx, &v); err != nil {
			return err
		}
		res := tx.Where("group_id = ? and member_id = ?", group, member).Delete(&membership{})
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return gone(tx.Take(&Group{}, "id = ?", group).Error, noGroup)
		}
		if err := audit.Write(tx, audit.Line{By: v.ID, What: "group.left", Subject: member, Detail: group.String()}); err != nil {
			return err
		}
		return Raise(tx, member)
	})
}

// Joined is a member's place in a group.
type Joined struct {
	GroupID  id.ID
	MemberID id.ID
	EndsAt   *time.Time // nil: open-ended
}

// InGroup returns who is in a group at this instant, by id and at most a thousand, for owners.
func (a *Access) InGroup(ctx context.Context, v Viewer, group id.ID) ([]Joined, error) {
	return a.joined(ctx, v, "group_id = ?", group)
}

// GroupsOf returns the places in groups that a member has at this instant, for owners.
func (a *Access) GroupsOf(ctx context.Context, v Viewer, member id.ID) ([]Joined, error) {
	return a.joined(ctx, v, "member_id = ?", member)
}

func (a *Access) joined(ctx context.Context, v Viewer, which string, key id.ID) (all []Joined, err error) {
	if err := v.CanOwn(); err != nil {
		return nil, err
	}
	now := a.store.Now(ctx)
	err = a.store.Read(ctx).Model(&membership{}).Where(which, key).Where("starts_at <= ? and (ends_at is null or ends_at > ?)", now, now).
		Order("group_id, member_id").Limit(1000).Find(&all).Error
	return all, err
}
