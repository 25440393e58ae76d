package live

import (
	"context"
	"errors"
	"slices"
	"time"
)

// Recheck asks anew what the open pages of one member may hear, and takes them out of rooms that
// closed or ends them. Call it after the commit that changed something; it does not wait.
func (h *Hub) Recheck(member int64) { h.recheck(h.connsOf(member)) }

// RecheckAll is Recheck for everybody: a lock or a tier changed.
func (h *Hub) RecheckAll() { h.recheck(h.all()) }

// recheck asks once for all sockets that share a session.
func (h *Hub) recheck(conns []*conn) {
	shared := map[*Session][]*conn{}
	for _, c := range conns {
		if s := c.beginCheck(); s != nil {
			shared[s] = append(shared[s], c)
		}
	}
	for s, conns := range shared {
		h.spawn(func() { h.judge(s, conns) })
	}
}

// beginCheck gives nil where a check is under way: that one is repeated when it is done, so an
// answer never overtakes a later one.
func (c *conn) beginCheck() *Session {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.ended:
		return nil
	case c.checking:
		c.again = true
		return nil
	}
	c.checking, c.due = true, false
	return c.session
}

// recheckSoon is for who holds conn.mu.
func (c *conn) recheckSoon() {
	if c.checking {
		c.again = true
		return
	}
	c.hub.spawn(func() { c.hub.recheck([]*conn{c}) })
}

func (h *Hub) judge(s *Session, conns []*conn) {
	asked := map[*seat]bool{}
	var v Verdict
	err := h.askOwn(func(ctx context.Context) (err error) {
		v, err = h.back.Recheck(ctx, s, roomsOf(conns, asked))
		return err
	})
	h.complain("recheck", err)
	var again []*conn
	for _, c := range conns {
		if c.abide(asked, v, err) {
			again = append(again, c)
		}
	}
	h.recheck(again)
}

// roomsOf notes which seats the question is about: one that is taken later was asked for later.
func roomsOf(conns []*conn, asked map[*seat]bool) []Room {
	var rooms []Room
	for _, c := range conns {
		c.mu.Lock()
		for _, s := range c.seats {
			asked[s] = true
			rooms = append(rooms, s.hall.room)
		}
		c.mu.Unlock()
	}
	slices.Sort(rooms)
	return slices.Compact(rooms)
}

// abide applies the answer and reports whether another check is wanted at once. An error that
// decides nothing leaves all as it is until the next beat asks again.
func (c *conn) abide(asked map[*seat]bool, v Verdict, err error) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	again := c.again
	c.checking, c.again = false, false
	switch {
	case errors.Is(err, ErrSignedOut):
		c.endLocked(CloseSignedOut, "Signed out.")
		return false
	case errors.Is(err, ErrBarred):
		c.endLocked(CloseBarred, "This account may not connect.")
		return false
	case err != nil:
		c.due = true
		return false
	}
	if v.Session != nil {
		c.session = v.Session
	}
	now := c.hub.now()
	for _, s := range slices.Clone(c.seats) { // evict shortens it
		if !asked[s] {
			again = true // its join may have been asked with the session that was replaced just now
			continue
		}
		until, open := v.Open[s.hall.room]
		s.abide(until, open, now)
	}
	return again
}

func (s *seat) abide(until time.Time, open bool, now time.Time) {
	if !open {
		s.evict()
		return
	}
	s.until, s.judged = until, true
	if s.behind && !s.expired(now) {
		s.settle(nil, now)
	}
}
