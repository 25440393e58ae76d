package handlers

import (
	"context"

	"guildhall/handlers/live"
	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/views"
)

// Typing tells the others in a room that somebody writes, if they may write there.
func (l line) Typing(ctx context.Context, s *live.Session, room live.Room) (live.Note, error) {
	who := sitterOf(s)
	place, err := l.place(ctx, room)
	if err != nil {
		return live.Note{}, tellable(err)
	}
	may := who.viewer.CanReply
	if place.Kind == access.RoomPlace {
		may = who.viewer.CanChat
	}
	if err := may(place); err != nil {
		return live.Note{}, told{problem.Missing("There is no such room, or none that is open to you.")}
	}
	return live.Note{Type: live.NoteTyping, JSON: asJSON(author{who.handle, who.name})}, nil
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
	var ids []id.ID
	for _, m := range here[:min(most, len(here))] {
		ids = append(ids, id.ID(m))
	}
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
	part := views.Presences(people, int64(len(here)))
	if place.Kind == access.TopicPlace {
		part = views.TopicHere(people, int64(len(here)))
	}
	html, err := l.s.fragment(ctx, part)
	return live.Note{Type: live.NotePresence, HTML: html, JSON: asJSON(map[string]any{"here": said, "count": len(here)})}, err
}
