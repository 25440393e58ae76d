package live

import (
	"maps"
	"slices"
)

// Crowd is who hears which rooms, by the ids of members.
type Crowd map[Room][]int64

// Elsewhere notes who hears rooms through another instance; a room with nobody is forgotten. What
// changed by it is told here at the next beat.
func (h *Hub) Elsewhere(instance string, who Crowd) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for room, members := range who {
		h.elsewhere(instance, room, members)
	}
}

// Only is Elsewhere for all that another instance has: rooms that are not in who have nobody there.
// Nil forgets the instance.
func (h *Hub) Only(instance string, who Crowd) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for room, by := range h.others {
		if by[instance] != nil && who[room] == nil {
			h.elsewhere(instance, room, nil)
		}
	}
	for room, members := range who {
		h.elsewhere(instance, room, members)
	}
}

// elsewhere is for who holds Hub.mu.
func (h *Hub) elsewhere(instance string, room Room, members []int64) {
	by := h.others[room]
	if slices.Equal(by[instance], members) {
		return
	}
	if h.halls[room] != nil {
		h.dirty[room] = struct{}{}
	}
	switch {
	case len(members) > 0 && by == nil:
		h.others[room] = map[string][]int64{instance: members}
	case len(members) > 0:
		by[instance] = members
	case len(by) > 1:
		delete(by, instance)
	default:
		delete(h.others, room)
	}
}

// Through is who hears which rooms through this process.
func (h *Hub) Through() Crowd {
	h.mu.Lock()
	defer h.mu.Unlock()
	clear(h.moved)
	all := Crowd{}
	for room, l := range h.halls {
		if len(l.here) > 0 {
			all[room] = slices.Sorted(maps.Keys(l.here))
		}
	}
	return all
}

// Moved is Through for the rooms where somebody came or went since it, or Moved, was last asked.
func (h *Hub) Moved() Crowd {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.moved) == 0 {
		return nil
	}
	all := Crowd{}
	for room := range h.moved {
		all[room] = []int64{}
		if l := h.halls[room]; l != nil {
			all[room] = slices.Sorted(maps.Keys(l.here))
		}
	}
	clear(h.moved)
	return all
}

// move notes that somebody came to a room or went. Hub.mu is held.
func (h *Hub) move(room Room) {
	h.dirty[room] = struct{}{}
	if h.opts.Several {
		h.moved[room] = struct{}{}
	}
}

// hears tells whether a member hears room, through whichever instance. Hub.mu is held.
func (h *Hub) hears(room Room, member int64) bool {
	if l := h.halls[room]; l != nil && l.here[member] > 0 {
		return true
	}
	for _, members := range h.others[room] {
		if slices.Contains(members, member) {
			return true
		}
	}
	return false
}

// everybody are those who hear room, through whichever instance. Hub.mu is held.
func (h *Hub) everybody(room Room) []int64 {
	var all []int64
	if l := h.halls[room]; l != nil {
		all = slices.Collect(maps.Keys(l.here))
	}
	for _, members := range h.others[room] {
		all = append(all, members...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Hint says that another instance brought room to a sequence. Only the number is believed, and only so
// far that the changes are read where they are kept: a wrong hint costs a question, and what comes
// while one is under way is answered together. It does not wait.
func (h *Hub) Hint(room Room, seq int64) {
	l := h.hall(room)
	if l == nil {
		return
	}
	for {
		known := l.hinted.Load()
		if seq <= known || seq <= l.told.Load() {
			return
		}
		if l.hinted.CompareAndSwap(known, seq) {
			break
		}
	}
	if l.fetching.CompareAndSwap(false, true) {
		h.spawn(func() { h.follow(l) })
	}
}

// follow reads on as long as hints are ahead of what was told. A reading that leads no further may
// have been shared with somebody who asked before the commit; what two do not bring is for Watch.
func (h *Hub) follow(l *hall) {
	for idle := 0; idle < 2; {
		told := l.told.Load()
		if told != unknown && told < l.hinted.Load() {
			h.count.hints.Add(1)
			h.makeUp(l, told)
			if idle++; l.told.Load() > told {
				idle = 0
			}
			continue
		}
		l.fetching.Store(false)
		if told == unknown || l.told.Load() >= l.hinted.Load() || !l.fetching.CompareAndSwap(false, true) {
			return
		}
	}
	l.fetching.Store(false)
}

// Typed shows a room that a member writes there who is connected to another instance.
func (h *Hub) Typed(room Room, member int64, n Note) { h.whisper(room, typingFrame, n, member) }
