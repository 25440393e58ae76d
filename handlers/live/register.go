package live

import (
	"maps"
	"net/http"
	"slices"
)

// reserve takes a place before the upgrade, so that two handshakes cannot share the last one.
func (h *Hub) reserve(member int64) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.closing:
		return &Refused{http.StatusServiceUnavailable, "We are restarting. Please come back in a moment."}
	case h.taken >= h.opts.Capacity, member == 0 && h.seats[0] >= h.opts.Guests:
		return &Refused{http.StatusServiceUnavailable, "There is no room for another live connection."}
	case member != 0 && h.seats[member] >= h.opts.PerMember:
		return &Refused{http.StatusTooManyRequests, "You have too many pages open at once."}
	}
	h.taken++
	h.seats[member]++
	h.sockets.Add(1)
	return nil
}

func (h *Hub) release(member int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.releaseLocked(member)
}

func (h *Hub) releaseLocked(member int64) {
	h.taken--
	if h.seats[member]--; h.seats[member] == 0 {
		delete(h.seats, member)
	}
}

// enter puts c where broadcasts and questions find it.
func (h *Hub) enter(c *conn) {
	h.mu.Lock()
	h.conns[c] = struct{}{}
	if c.member != 0 {
		if h.members[c.member] == nil {
			h.members[c.member] = map[*conn]struct{}{}
		}
		h.members[c.member][c] = struct{}{}
	}
	closing := h.closing
	h.mu.Unlock()
	h.count.open.Add(1)
	h.count.opened.Add(1)
	if closing {
		c.restart()
	}
}

func (h *Hub) leave(c *conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.conns, c)
	if own := h.members[c.member]; own != nil {
		if delete(own, c); len(own) == 0 {
			delete(h.members, c.member)
		}
	}
	h.releaseLocked(c.member)
	h.count.open.Add(-1)
}

func (h *Hub) all() []*conn {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Collect(maps.Keys(h.conns))
}

func (h *Hub) connsOf(member int64) []*conn {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Collect(maps.Keys(h.members[member]))
}
