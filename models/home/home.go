// Package home gathers what a member sees on arriving: the sidebar, the bell, what changed since
// they were here. It reads through the packages below it and writes nothing.
package home

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/notify"
	"guildhall/models/space"
	"guildhall/models/standing"
	"guildhall/models/store"
)

// Deps is what home gathers from.
type Deps struct {
	Spaces   *space.Spaces
	Forum    *forum.Forum
	Chat     *chat.Chat
	Bell     *notify.Bell
	Members  *member.Members
	Standing *standing.Standing
}

// Home gathers for one club.
type Home struct {
	store *store.Store
	Deps
}

// New returns the home of a database.
func New(s *store.Store, deps Deps) *Home { return &Home{s, deps} }

// Entry is a space in the sidebar, as one viewer sees it.
type Entry struct {
	space.Space
	Shut   bool  // listed, and closed to the viewer
	New    int64 // topics with something new, up to 99
	Unread int64 // messages in its room, up to 99
	Room   id.ID // its room, when it chats and may be read
}

// Wing is a section of the sidebar with the spaces that the viewer sees in it.
type Wing struct {
	space.Section
	Spaces []Entry
}

// Sidebar returns the sections and spaces that are listed for v, in order, with what is new to
// them. Five statements, whatever the number of spaces.
func (h *Home) Sidebar(ctx context.Context, v access.Viewer, joined time.Time) ([]Wing, error) {
	sections, err := h.Spaces.Sections(ctx)
	if err != nil {
		return nil, err
	}
	spaces, err := h.Spaces.Seen(ctx, v)
	if err != nil {
		return nil, err
	}
	fresh, err := h.Forum.NewIn(ctx, v, joined)
	if err != nil {
		return nil, err
	}
	rooms, err := h.Chat.Rooms(ctx, v)
	if err != nil {
		return nil, err
	}
	unread, err := h.Chat.Unread(ctx, v)
	if err != nil {
		return nil, err
	}
	roomOf := map[id.ID]id.ID{}
	for _, r := range rooms {
		roomOf[r.SpaceID] = r.ID
	}
	entries := map[id.ID][]Entry{}
	for _, sp := range spaces {
		room := roomOf[sp.ID]
		entries[sp.SectionID] = append(entries[sp.SectionID], Entry{Space: sp, Shut: v.CanEnter(sp.ID) != nil, New: fresh[sp.ID], Room: room, Unread: unread[room]})
	}
	var wings []Wing
	for _, s := range sections {
		if len(entries[s.ID]) > 0 {
			wings = append(wings, Wing{s, entries[s.ID]})
		}
	}
	return wings, nil
}

// Since is what happened since a member was last caught up: finite, and then it ends.
type Since struct {
	At      time.Time
	Topics  []forum.Listed // with something new in them that concerns the member
	Waiting []forum.Listed // questions that they could answer, at most three
	Notes   []Note         // what they were told and have not read
}

// mostFresh is how many topics home lists at the most: beyond it, the spaces are the better place.
const mostFresh = 20

// Since gathers what is new to v since then.
func (h *Home) Since(ctx context.Context, v access.Viewer, at time.Time) (s Since, err error) {
	s.At = at
	if s.Topics, err = h.Forum.Fresh(ctx, v, at, mostFresh); err != nil {
		return s, err
	}
	if s.Waiting, err = h.Forum.Waiting(ctx, v, 3); err != nil {
		return s, err
	}
	notes, _, err := h.Notes(ctx, v, "", 8)
	for _, n := range notes {
		if n.ReadAt == nil {
			s.Notes = append(s.Notes, n)
		}
	}
	return s, err
}
