package handlers

import (
	"context"

	"guildhall/handlers/live"
	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
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

// Present tells a room who is in it: the first thirty by name, and how many in all.
func (l line) Present(ctx context.Context, _ live.Room, here []int64) (live.Note, error) {
	var ids []id.ID
	for _, m := range here[:min(mostPresent, len(here))] {
		ids = append(ids, id.ID(m))
	}
	named, err := l.s.club.Members.Named(ctx, ids)
	if err != nil {
		return live.Note{}, err
	}
	people := make([]author, 0, len(ids))
	for _, m := range ids {
		if n, ok := named[m]; ok {
			people = append(people, author{n.Handle, n.Name})
		}
	}
	return live.Note{Type: live.NotePresence, JSON: asJSON(map[string]any{"here": people, "count": len(here)})}, nil
}
