package handlers

import (
	"context"

	"guildhall/handlers/live"
	"guildhall/handlers/live/relay"
	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/views"
)

// Typing tells the others in a room that somebody writes, if they may write there.
func (l line) Typing(ctx context.Context, s *live.Session, room live.Room) (live.Note, error) {
	n, err := l.writes(ctx, sitterOf(s), room)
	if err == nil && l.s.relay != nil {
		l.s.relay.Say(relay.Hint{Kind: relay.Typing, Member: s.Member, Room: room})
	}
	return n, err
}

// writes draws that somebody writes.
func (l line) writes(ctx context.Context, who sitter, room live.Room) (live.Note, error) {
	place, err := l.place(ctx, room)
	if err != nil {
		return live.Note{}, tellable(err)
	}
	may := who.viewer.CanReply
	if place.Kind == access.RoomPlace {
		may = who.viewer.CanChat
	}
	if err := may(place); err != nil {
		return live.Note{}, noPlace
	}
	shy, err := l.s.club.Bell.Shy(ctx, []id.ID{who.viewer.ID})
	if err == nil && len(shown([]id.ID{who.viewer.ID}, shy, members(l.s.hub.Here(room))...)) == 0 {
		err = live.ErrUnshown
	}
	return live.Note{JSON: asJSON(author{who.handle, who.name})}, err
}

func members(here []int64) []id.ID {
	all := make([]id.ID, len(here))
	for i, m := range here {
		all[i] = id.ID(m)
	}
	return all
}

// here are those of the members who are shown to be in a room, to all who are there.
func (l line) here(ctx context.Context, in []int64) ([]id.ID, error) {
	all := members(in)
	if len(all) < 2 {
		return all, nil
	}
	shy, err := l.s.club.Bell.Shy(ctx, all)
	return shown(all, shy), err
}

// mostPresent is how many people a presence frame names.
const mostPresent = 30

// Present tells a room who is in it: a few by name, and how many in all.
func (l line) Present(ctx context.Context, room live.Room, here []int64) (live.Note, error) {
	place, err := l.place(ctx, room)
	if err != nil {
		return live.Note{}, err
	}
	most := mostPresent
	if place.Kind == access.TopicPlace {
		most = mostHere
	}
	all, err := l.here(ctx, here)
	if err != nil {
		return live.Note{}, err
	}
	ids := all[:min(most, len(all))]
	known, err := l.s.people(ctx, ids)
	if err != nil {
		return live.Note{}, err
	}
	var people []views.Person
	said := make([]*author, 0, len(ids))
	for _, m := range ids {
		if p, ok := known[m]; ok && !p.Former() {
			people, said = append(people, p), append(said, authorOf(p))
		}
	}
	part := views.Presences(people, int64(len(all)))
	if place.Kind == access.TopicPlace {
		part = views.TopicHere(people, int64(len(all)))
	}
	html, err := l.s.fragment(ctx, part)
	return live.Note{HTML: html, JSON: asJSON(map[string]any{"here": said, "count": len(all)})}, err
}
