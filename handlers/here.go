package handlers

import (
	"context"
	"slices"

	"guildhall/handlers/live"
	"guildhall/models/access"
	"guildhall/models/home"
	"guildhall/models/id"
)

// here are the members in each of the places now, as they are shown to v. The caller has asked
// whether v may read there. Where nobody is, nothing is asked of the database.
func (s *Site) here(ctx context.Context, v access.Viewer, places ...id.ID) (map[id.ID][]id.ID, error) {
	in := map[id.ID][]id.ID{}
	if s.hub == nil {
		return in, nil
	}
	var all []id.ID
	for _, place := range places {
		for _, m := range s.hub.Here(live.Room(place.String())) {
			in[place], all = append(in[place], id.ID(m)), append(all, id.ID(m))
		}
	}
	slices.Sort(all)
	if all = slices.Compact(all); len(all) == 0 || len(all) == 1 && all[0] == v.ID {
		return in, nil
	}
	shy, err := s.club.Bell.Shy(ctx, all)
	for place, members := range in {
		in[place] = shown(members, shy, v.ID)
	}
	return in, err
}

// rooms are those that stand beside a page.
func rooms(b *home.Beside) (all []id.ID) {
	for _, w := range b.Wings {
		for _, e := range w.Spaces {
			if e.Room != 0 {
				all = append(all, e.Room)
			}
		}
	}
	return all
}

// shown leaves out who blocks somebody that is there too, or the one who looks: a room is told alike to
// all, so they are shown to nobody then.
func shown(members []id.ID, shy map[id.ID][]id.ID, looks ...id.ID) []id.ID {
	if len(shy) == 0 {
		return members
	}
	there := map[id.ID]bool{}
	for _, m := range append(looks, members...) {
		there[m] = true
	}
	return slices.DeleteFunc(slices.Clone(members), func(m id.ID) bool {
		return slices.ContainsFunc(shy[m], func(blocked id.ID) bool { return there[blocked] })
	})
}

// present lists a few of those who are in a room or topic now, and how many there are.
func (s *Site) present(ctx context.Context, v access.Viewer, place id.ID, most int) (few []id.ID, all int64, err error) {
	in, err := s.here(ctx, v, place)
	members := in[place]
	return members[:min(most, len(members))], int64(len(members)), err
}
