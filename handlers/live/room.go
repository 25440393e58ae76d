package live

import (
	"slices"
	"sync/atomic"
	"time"
)

// hall is a room with somebody in it. All but told is guarded by Hub.mu.
type hall struct {
	room  Room
	seats [][]*seat     // by shard
	here  map[int64]int // seats of each member who was let in
	told  atomic.Int64  // the highest sequence told to everybody here; unknown at first

	hinted   atomic.Int64 // the highest sequence that another instance spoke of
	fetching atomic.Bool  // somebody reads what was hinted at
}

const unknown = -1

// seat is one socket's place in one room. All but at and shown is guarded by conn.mu.
type seat struct {
	conn *conn
	hall *hall

	until  time.Time // up to here the Backend gave leave
	last   int64     // the last sequence handed over
	held   []*packet // what came while behind
	aim    int64     // the highest sequence known of
	joined bool      // the Backend let them in
	behind bool      // holds back instead of handing over
	asking bool      // a replay is on its way
	tries  int       // replays that led no further, in a row
	judged bool      // a Recheck answered before Join did
	gone   bool

	at    int  // place in hall.seats, guarded by Hub.mu
	shown bool // counted in hall.here, guarded by Hub.mu
}

func (s *seat) expired(now time.Time) bool { return !s.until.IsZero() && !now.Before(s.until) }

// sit takes a seat before the Backend is asked: from here on nothing can fall between the
// replay and what is told.
func (h *Hub) sit(c *conn, room Room) *seat {
	h.mu.Lock()
	defer h.mu.Unlock()
	l := h.halls[room]
	if l == nil {
		l = &hall{room: room, seats: make([][]*seat, len(h.shards)), here: map[int64]int{}}
		l.told.Store(unknown)
		h.halls[room] = l
	}
	s := &seat{conn: c, hall: l, behind: true, asking: true, at: len(l.seats[c.shard])}
	l.seats[c.shard] = append(l.seats[c.shard], s)
	s.aim = l.told.Load() // what is told after this, the seat is on the list for
	return s
}

// stand gives the seat up, and with the last one the hall.
func (h *Hub) stand(s *seat) {
	h.mu.Lock()
	defer h.mu.Unlock()
	l, shard := s.hall, s.conn.shard
	if s.at < 0 {
		return
	}
	list := l.seats[shard]
	end := len(list) - 1
	list[s.at] = list[end]
	list[s.at].at = s.at
	list[end] = nil
	l.seats[shard], s.at = list[:end], -1
	h.hide(s)
	if !slices.ContainsFunc(l.seats, func(list []*seat) bool { return len(list) > 0 }) {
		delete(h.halls, l.room)
		delete(h.dirty, l.room)
	}
}

// seated appends the seats of one shard to list: writing goes on outside the lock.
func (h *Hub) seated(l *hall, shard int, list []*seat) []*seat {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append(list, l.seats[shard]...)
}

func (h *Hub) hall(room Room) *hall {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.halls[room]
}

// raise lifts what counts as told; the first value of a hall comes from its first replay.
func (l *hall) raise(seq int64) {
	for {
		told := l.told.Load()
		if seq <= told || l.told.CompareAndSwap(told, seq) {
			return
		}
	}
}
