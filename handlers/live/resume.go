package live

import (
	"context"
	"errors"
	"sync"
)

// chunkMost is what a replay writes before it waits for the socket to have taken it: a long
// replay must not look like a slow client.
const chunkMost = 64 << 10

type flightKey struct {
	room  Room
	since int64
}

type flight struct {
	done   chan struct{}
	packet *packet
	err    error
}

// flights lets sockets that miss the same changes share one question, as all of them do after a
// restart. A flight may have read before a seat was taken: the seat knows what was told by then,
// and asks again if that is not reached.
type flights struct {
	mu sync.Mutex
	on map[flightKey]*flight
}

// missed asks for the changes of room after since.
func (h *Hub) missed(room Room, since int64) (*packet, error) {
	key := flightKey{room, since}
	h.flights.mu.Lock()
	f := h.flights.on[key]
	if f != nil {
		h.flights.mu.Unlock()
		<-f.done
		return f.packet, f.err
	}
	f = &flight{done: make(chan struct{})}
	if h.flights.on == nil {
		h.flights.on = map[flightKey]*flight{}
	}
	h.flights.on[key] = f
	h.flights.mu.Unlock()

	f.packet, f.err = h.read(room, since)
	h.flights.mu.Lock()
	delete(h.flights.on, key)
	h.flights.mu.Unlock()
	close(f.done)
	return f.packet, f.err
}

func (h *Hub) read(room Room, since int64) (*packet, error) {
	var r Replay
	err := h.ask(func(ctx context.Context) (err error) {
		r, err = h.back.Missed(ctx, room, since)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range r.Changes {
		r.Changes[i].JSON = h.sound(r.Changes[i].JSON)
	}
	p, err := replayed(room, since, r)
	h.complain("replay", err)
	return p, nil
}

// catchUp fetches what lies between last and what was held. conn.mu is held.
func (s *seat) catchUp() {
	s.behind = true
	if s.asking {
		return
	}
	s.asking = true
	s.conn.hub.count.catchUps.Add(1)
	since := s.last
	s.conn.hub.spawn(func() { s.fetch(since) })
}

func (s *seat) fetch(since int64) {
	c := s.conn
	p, err := c.hub.missed(s.hall.room, since)
	if err == nil {
		s.replay(p)
		return
	}
	c.hub.complain("catch up", err)
	c.mu.Lock()
	defer c.mu.Unlock()
	s.asking = false // the next beat tries again
	var said ForPeople
	if errors.As(err, &said) {
		s.evict()
	}
}

// replay hands p over piece by piece, waiting for the socket in between, and then what was held
// meanwhile. The caller has set asking; nobody else moves last until it is done.
func (s *seat) replay(p *packet) {
	c := s.conn
	for s.piece(p) {
		c.out.idle()
	}
}

// piece hands over the next one and reports whether another is left.
func (s *seat) piece(p *packet) bool {
	c := s.conn
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.gone || c.ended {
		return false
	}
	now := c.hub.now()
	if s.expired(now) { // no piece is sent without leave
		s.asking = false
		s.settle(nil, now)
		return false
	}
	switch {
	case p.reset:
		s.reset(p.upto)
	case p.upto > s.last:
		b, last := p.chunk(s.last, c.format, chunkMost)
		c.send(nil, b)
		s.last, s.tries = last, 0
		if last < p.upto {
			return true
		}
	default:
		s.stuck()
	}
	s.asking = false
	s.meet()
	s.settle(nil, now)
	return false
}

// meet gives a hall where nothing was told yet the first replay's sequence to go by, for Watch. A
// seat whose replay was read before that one must reach it too: nobody will tell it.
func (s *seat) meet() {
	if !s.hall.told.CompareAndSwap(unknown, s.last) && s.aim == unknown {
		s.aim = s.hall.told.Load()
	}
}

// reset tells the page to draw itself anew. All that is known of by now was committed before, so
// what the page then draws holds it.
func (s *seat) reset(seq int64) {
	seq = max(seq, s.aim)
	s.pass(nil, &packet{room: s.hall.room, from: seq, upto: seq, reset: true})
}

// stuck counts a replay that led no further than the seat was. Where the Backend does not have
// what was told, only a reset gets the page out.
func (s *seat) stuck() {
	if s.aim <= s.last {
		return
	}
	if s.tries++; s.tries >= resetAfter {
		s.reset(0)
	}
}
