package live

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"
)

// Here are the members who hear room, through this process or as other instances say, in order of
// their ids. Sockets without a member do not count.
func (h *Hub) Here(room Room) []int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.everybody(room)
}

// Count is how many Here are.
func (h *Hub) Count(room Room) int { return len(h.Here(room)) }

// show counts a seat that was let in, unless it was given up meanwhile. A second page of the
// same member changes nothing that others see.
func (h *Hub) show(s *seat) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if member := s.conn.member; member != 0 && s.at >= 0 && !s.shown {
		s.shown = true
		s.hall.here[member]++
		h.move(s.hall.room) // the newcomer's page wants to know too
	}
}

// hide is its counterpart. Hub.mu is held.
func (h *Hub) hide(s *seat) {
	if !s.shown {
		return
	}
	s.shown = false
	member := s.conn.member
	if s.hall.here[member]--; s.hall.here[member] == 0 {
		delete(s.hall.here, member)
		h.move(s.hall.room)
	}
}

// Stir has every room in which a member is told anew who is there: something of them changed, not
// their coming or going.
func (h *Hub) Stir(member int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for room := range h.halls {
		if h.hears(room, member) {
			h.dirty[room] = struct{}{}
		}
	}
}

// present tells every room whose people changed since the last beat who is there now.
func (h *Hub) present() {
	h.mu.Lock()
	rooms := slices.Collect(maps.Keys(h.dirty))
	clear(h.dirty)
	h.mu.Unlock()
	for _, room := range rooms {
		here := h.Here(room)
		var n Note
		err := h.askOwn(func(ctx context.Context) (err error) {
			n, err = h.back.Present(ctx, room, here)
			return err
		})
		if err != nil {
			h.complain("presence", err)
			continue
		}
		h.whisper(room, presenceFrame, n, 0)
	}
}

// ErrUnshown is answered by Typing when nobody is to see that somebody writes. Who writes is told as
// always.
var ErrUnshown = errors.New("typing is shown to nobody")

// typingEvery is how often one socket's typing is passed on.
const typingEvery = time.Second

// typing is answered only where an answer was asked for. It fades in the client by itself.
func (c *conn) typing(u up) {
	s, here := c.listens(u.Room)
	if !here {
		c.refuse(u.Ref, refusal{"not_joined", "Join the room first."})
		return
	}
	if now := c.hub.now(); now.Sub(c.typed) >= typingEvery {
		c.typed = now
		var n Note
		err := c.hub.ask(func(ctx context.Context) (err error) {
			n, err = c.hub.back.Typing(ctx, s, u.Room)
			return err
		})
		switch {
		case err == nil:
			c.hub.whisper(u.Room, typingFrame, n, s.Member)
		case !errors.Is(err, ErrUnshown):
			c.refuse(u.Ref, err)
			return
		}
	}
	if u.Ref != "" {
		c.ack(u)
	}
}

func (c *conn) listens(room Room) (*Session, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.seat(room)
	return c.session, s != nil && s.joined && !s.expired(c.hub.now())
}
