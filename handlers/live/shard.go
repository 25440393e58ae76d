package live

import "time"

// A shard writes what is broadcast to its share of the sockets, one job after the other: so all
// of them hear a room in the same order, and no goroutine per socket is woken.
type shard struct {
	hub    *Hub
	number int
	in     chan job
}

// job is one of: changes for a hall, a note for a hall, a beat for all.
type job struct {
	hall   *hall
	packet *packet
	note   *memo
	beat   bool
}

// post gives every shard the job. A full channel holds the caller up: that is the backpressure,
// since shards wait for nobody.
func (h *Hub) post(j job) {
	for _, sh := range h.shards {
		select {
		case sh.in <- j:
		case <-h.ctx.Done():
		}
	}
}

func (sh *shard) run() {
	a := newAttempt()
	var seats []*seat // reused, so that a broadcast does not allocate
	for {
		select {
		case <-sh.hub.ctx.Done():
			return
		case j := <-sh.in:
			now := sh.hub.now()
			if j.beat {
				sh.beat(a, now)
				continue
			}
			seats = sh.hub.seated(j.hall, sh.number, seats[:0])
			for _, s := range seats {
				s.get(a, j, now)
			}
			clear(seats)
		}
	}
}

func (s *seat) get(a *attempt, j job, now time.Time) {
	s.conn.mu.Lock()
	defer s.conn.mu.Unlock()
	if j.packet != nil {
		s.hear(a, j.packet, now)
	} else {
		s.overhear(a, j.note, now)
	}
}
