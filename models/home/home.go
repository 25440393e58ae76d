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
	"guildhall/models/letters"
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
	Letters  *letters.Letters
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

// Beside is what stands beside every page for one viewer.
type Beside struct {
	Wings   []Wing
	Bell    int64 // unread notifications, up to 100
	Letters int64 // correspondences with a letter to read, up to 100
	Direct  int64 // rooms without a space in which something waits, up to 99
}

// Entry is the space of that id, if it is listed for the viewer.
func (b *Beside) Entry(space id.ID) *Entry {
	for _, w := range b.Wings {
		for i := range w.Spaces {
			if w.Spaces[i].ID == space {
				return &w.Spaces[i]
			}
		}
	}
	return nil
}

// beside asks for all that is counted beside a page at once: topics with something new and rooms
// with unread messages by their space, notifications, and letters to read.
const beside = `select 'topics' as what, t.space_id, 0 as room, t.n from (?) as t
	union all select 'rooms', r.space_id, r.room, r.n from (?) as r
	union all select 'direct', 0, 0, count(*) from (?) as d
	union all select 'bell', 0, 0, count(*) from (?) as b union all select 'letters', 0, 0, count(*) from (?) as l`

// Beside returns the sections and spaces that are listed for v, in order, with what is new to them,
// and their bell: in one statement, whatever the number of spaces.
func (h *Home) Beside(ctx context.Context, v access.Viewer, joined time.Time) (b Beside, err error) {
	sections, spaces, err := h.Spaces.Listed(ctx, v)
	if err != nil {
		return b, err
	}
	rows, err := store.All[struct {
		What    string
		SpaceID id.ID
		Room    id.ID
		N       int64
	}](h.store.Read(ctx).Raw(beside, h.Forum.News(ctx, v, joined), h.Chat.Heard(ctx, v), h.Chat.Calling(ctx, v), h.Bell.Waiting(ctx, v), h.Letters.Unread(ctx, v)))
	if err != nil {
		return b, err
	}
	entry := map[id.ID]Entry{}
	for _, r := range rows {
		e := entry[r.SpaceID]
		switch r.What {
		case "topics":
			e.New = min(r.N, mostNew)
		case "rooms":
			e.Room, e.Unread = r.Room, r.N
		case "direct":
			b.Direct = r.N
		case "bell":
			b.Bell = r.N
		case "letters":
			b.Letters = r.N
		}
		entry[r.SpaceID] = e
	}
	b.Wings = wings(v, sections, spaces, entry)
	return b, nil
}

// mostNew is the highest number that a space is shown with.
const mostNew = 99

// wings puts spaces into their sections, and leaves out those in which v sees none.
func wings(v access.Viewer, sections []space.Section, spaces []space.Space, entry map[id.ID]Entry) (all []Wing) {
	for _, s := range sections {
		w := Wing{Section: s}
		for _, sp := range spaces {
			if sp.SectionID == s.ID {
				e := entry[sp.ID]
				e.Space, e.Shut = sp, v.CanEnter(sp.ID) != nil
				w.Spaces = append(w.Spaces, e)
			}
		}
		if len(w.Spaces) > 0 {
			all = append(all, w)
		}
	}
	return all
}

// Since is what happened since a member was last caught up: finite, and then it ends.
type Since struct {
	At             time.Time
	Topics         []forum.Listed      // with something new in them that concerns the member
	forum.Arriving                     // of which at most three questions wait
	Notes          []Note              // what they were told and have not read, mentions first
	More           int64               // of which there is so much more
	Gains          []standing.Gain     // what their acts were given since then
	Lively         map[id.ID]time.Time // when something was last said in rooms that v may read, of the last minutes
}

// justNow is how long a room is lively after something was said in it.
const justNow = 15 * time.Minute

// mostTold is how much of what they were told home lists at the most.
const mostTold = 20

// mostFresh is how many topics home lists at the most: beyond it, the spaces are the better place.
const mostFresh = 20

// Since gathers what is new to v since then.
// What their acts were given is counted from ever on, too.
func (h *Home) Since(ctx context.Context, v access.Viewer, at, ever time.Time) (s Since, err error) {
	s.At = at
	if s.Gains, err = h.Standing.Gained(ctx, v, at, ever); err != nil {
		return s, err
	}
	if s.Lively, err = h.Chat.Lively(ctx, v, h.store.Now(ctx).Add(-justNow)); err != nil {
		return s, err
	}
	if s.Topics, err = h.Forum.Fresh(ctx, v, at, mostFresh); err != nil {
		return s, err
	}
	if s.Arriving, err = h.Forum.Arriving(ctx, v, 3); err != nil {
		return s, err
	}
	notes, more, err := h.Bell.Foremost(ctx, v, mostTold)
	if err != nil {
		return s, err
	}
	s.More = more
	s.Notes, err = h.noted(ctx, notes)
	return s, err
}
