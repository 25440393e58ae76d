package access

import (
	"context"
	"time"

	"guildhall/models/id"
	"guildhall/models/store"
)

// Readers returns which of the members may read what stands at a place, in a fixed number of statements
// however many are asked about. It is the answer of CanRead for each: TestReadersAgree.
func (a *Access) Readers(ctx context.Context, at Thing, members []id.ID) (map[id.ID]bool, error) {
	may, _, err := a.Reach(ctx, at, members)
	return may, err
}

// Reach is Readers, and tells beside it which of the members the locks of the place's space keep out,
// or who are not among the people of a place without one.
// That is all that others may learn of them: a suspension is nobody else's business, and whoever is
// suspended is kept out or not as if they were none.
func (a *Access) Reach(ctx context.Context, at Thing, members []id.ID) (may, out map[id.ID]bool, err error) {
	may, out = map[id.ID]bool{}, map[id.ID]bool{}
	if len(members) == 0 {
		return may, out, nil
	}
	db, now := a.store.Read(ctx), a.store.Now(ctx)
	all, err := a.holding(db, members, now)
	if err != nil {
		return nil, nil, err
	}
	place := at.Place()
	for _, h := range all {
		h.unlockOne(place.SpaceID, now)
		if (Viewer{h.who.ID, h}).CanRead(place) == nil {
			may[h.who.ID] = true
		}
		if place.Private() {
			out[h.who.ID] = !place.People.Has(h.who.ID)
			continue
		}
		h.suspended = false
		h.unlockOne(place.SpaceID, now)
		out[h.who.ID] = !h.open[Read][place.SpaceID]
	}
	return may, out, nil
}

// holding is what each of the members holds now. Nobody keeps it.
func (a *Access) holding(db *store.DB, members []id.ID, now time.Time) ([]*held, error) {
	epochs, err := readEpochs(db, 0)
	if err != nil {
		return nil, err
	}
	p, err := a.current(db, epochs.Club)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		ID       id.ID
		JoinedAt time.Time
	}
	if err := db.Table("members").Where("id in ? and left_at is null", members).Find(&rows).Error; err != nil {
		return nil, err
	}
	all := make([]*held, len(rows))
	for i, r := range rows {
		all[i] = &held{who: Who{ID: r.ID, Joined: r.JoinedAt}, built: now, plan: p, ring: keyring{member: r.ID, joined: r.JoinedAt}}
	}
	return all, a.collectAll(db, all, now)
}

// unlockOne works out whether the keys open one space to be read.
func (h *held) unlockOne(space id.ID, now time.Time) {
	h.open = map[Verb]map[id.ID]bool{See: {}, Read: {}}
	for _, verb := range []Verb{See, Read} {
		h.open[verb][space] = h.enters(space, verb, now)
	}
	if !h.suspended && (h.ring.owner || h.ring.seats[space]) {
		h.kept = []id.ID{space}
	}
}
