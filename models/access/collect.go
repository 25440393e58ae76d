package access

import (
	"time"

	"guildhall/models/id"
	"guildhall/models/store"
)

// collect reads the keys of h's member: roles, seats, groups, grants, sanctions, standing. What
// begins or ends later bounds how long they may be kept.
func (a *Access) collect(db *store.DB, h *held, now time.Time) error {
	return a.collectAll(db, []*held{h}, now)
}

// collectAll is collect for several, in as many statements.
func (a *Access) collectAll(db *store.DB, all []*held, now time.Time) error {
	members := make([]id.ID, len(all))
	of := make(map[id.ID]*held, len(all))
	for i, h := range all {
		members[i], of[h.who.ID] = h.who.ID, h
		h.ring.seats, h.ring.groups = map[id.ID]bool{}, map[id.ID]bool{}
	}
	var roles []id.ID
	var seats []struct{ SpaceID, MemberID id.ID }
	var groups []membership
	var grants []Grant
	var sanctions []Sanction
	var standings map[id.ID]Standing
	var asked []id.ID
	err := first(
		func() error {
			return db.Table("roles").Where("member_id in ? and role = 'owner'", members).Pluck("member_id", &roles).Error
		},
		func() error { return db.Table("seats").Where("member_id in ?", members).Find(&seats).Error },
		func() error { return db.Where("member_id in ?", members).Find(&groups).Error },
		func() error { return db.Where("member_id in ? and withdrawn_at is null", members).Find(&grants).Error },
		func() error {
			return db.Where("member_id in ? and kind in ? and lifted_at is null", members, []string{Suspended, Removed}).Find(&sanctions).Error
		},
		func() (err error) { standings, err = a.facts.Standings(db, members, now); return err },
		func() (err error) { asked, err = a.facts.Asked(db, members); return err },
	)
	if err != nil {
		return err
	}
	for _, m := range roles {
		of[m].ring.owner = true
	}
	for _, s := range seats {
		of[s.MemberID].ring.seats[s.SpaceID] = true
	}
	for _, m := range groups {
		if h := of[m.MemberID]; h.lasts(m.StartsAt, m.EndsAt, now) {
			h.ring.groups[m.GroupID] = true
		}
	}
	held := map[id.ID][]Grant{}
	for _, g := range grants {
		held[g.MemberID] = append(held[g.MemberID], g)
	}
	for _, s := range sanctions {
		of[s.MemberID].bar(s, now)
	}
	for _, m := range asked {
		of[m].asked = true
	}
	for _, h := range all {
		h.climb(held[h.who.ID], now)
		h.ring.standing = standings[h.who.ID]
		h.ring.badges = set(h.ring.standing.Badges)
		h.end(h.ring.standing.FallsAt, now)
	}
	return nil
}

// bar keeps h's member out as long as a sanction lasts.
func (h *held) bar(s Sanction, now time.Time) {
	if !h.lasts(s.StartsAt, s.EndsAt, now) {
		return
	}
	h.suspended = true
	if s.Kind == Suspended { // who was removed is not told why
		h.why = s.Reason
	}
	if s.EndsAt != nil && s.EndsAt.After(h.ends) {
		h.ends = *s.EndsAt
	}
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
