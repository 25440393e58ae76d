package access

import (
	"time"

	"guildhall/models/id"
	"guildhall/models/store"
)

// collect reads the keys of h's member: roles, seats, groups, grants, sanctions, standing. What
// begins or ends later bounds how long they may be kept.
func (a *Access) collect(db *store.DB, h *held, now time.Time) error {
	member := h.who.ID
	var roles, seats []id.ID
	var groups []membership
	var grants []Grant
	var sanctions []Sanction
	err := first(
		func() error {
			return db.Table("roles").Where("member_id = ? and role = 'owner'", member).Pluck("member_id", &roles).Error
		},
		func() error { return db.Table("seats").Where("member_id = ?", member).Pluck("space_id", &seats).Error },
		func() error { return db.Where("member_id = ?", member).Find(&groups).Error },
		func() error { return db.Where("member_id = ? and withdrawn_at is null", member).Find(&grants).Error },
		func() error {
			return db.Where("member_id = ? and kind in ? and lifted_at is null", member, []string{Suspended, Removed}).Find(&sanctions).Error
		},
		func() (err error) { h.ring.standing, err = a.facts.Standing(db, member, now); return err },
		func() (err error) { h.asked, err = a.facts.Asked(db, member); return err },
	)
	if err != nil {
		return err
	}
	h.ring.owner = len(roles) > 0
	h.ring.seats = set(seats)
	h.ring.badges = set(h.ring.standing.Badges)
	h.ring.groups = map[id.ID]bool{}
	for _, m := range groups {
		if h.lasts(m.StartsAt, m.EndsAt, now) {
			h.ring.groups[m.GroupID] = true
		}
	}
	h.climb(grants, now)
	for _, s := range sanctions {
		if h.lasts(s.StartsAt, s.EndsAt, now) {
			h.suspended = true
			if s.Kind == Suspended { // who was removed is not told why
				h.why = s.Reason
			}
			if s.EndsAt != nil && s.EndsAt.After(h.ends) {
				h.ends = *s.EndsAt
			}
		}
	}
	h.end(h.ring.standing.FallsAt, now)
	return nil
}

// climb finds the highest tier of the grants that hold now.
func (h *held) climb(grants []Grant, now time.Time) {
	h.ring.rank, h.ring.tier = h.plan.base.Rank, h.plan.base.ID
	for _, g := range grants {
		if t := h.plan.tiers[g.TierID]; h.lasts(g.StartsAt, g.EndsAt, now) && t.Rank > h.ring.rank {
			h.ring.rank, h.ring.tier = t.Rank, t.ID
		}
	}
}

// lasts tells whether now lies between two dates, the second of which may be open and is not
// itself within; whichever is still to come ends h.
func (h *held) lasts(starts time.Time, ends *time.Time, now time.Time) bool {
	h.end(starts, now)
	if ends != nil {
		h.end(*ends, now)
	}
	return !now.Before(starts) && (ends == nil || now.Before(*ends))
}

type membership struct {
	GroupID  id.ID
	MemberID id.ID
	StartsAt time.Time
	EndsAt   *time.Time
	AddedBy  *id.ID
}

func (membership) TableName() string { return "group_members" }

func set(ids []id.ID) map[id.ID]bool {
	m := make(map[id.ID]bool, len(ids))
	for _, i := range ids {
		m[i] = true
	}
	return m
}
