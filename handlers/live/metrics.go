package live

import "sync/atomic"

type counters struct {
	open     atomic.Int64
	opened   atomic.Int64
	refused  atomic.Int64
	sent     atomic.Int64
	slow     atomic.Int64
	silent   atomic.Int64
	resets   atomic.Int64
	catchUps atomic.Int64
	madeUp   atomic.Int64
	hints    atomic.Int64
	evicted  atomic.Int64
	errors   atomic.Int64
	ops      map[string]*atomic.Int64
}

func newOpCounts() map[string]*atomic.Int64 {
	ops := map[string]*atomic.Int64{}
	for name := range operations {
		ops[name] = new(atomic.Int64)
	}
	return ops
}

// Counts is what the hub has done since it started; Open and Rooms are as of now.
type Counts struct {
	Open, Rooms     int64
	Opened, Refused int64            // upgrades, and those refused for lack of room
	Sent            int64            // writes of one or more frames to one socket
	Slow, Silent    int64            // sockets cut with 1013 and 4408
	Resets          int64            // pages told to draw themselves anew
	CatchUps        int64            // gaps that a socket asked about
	MadeUp          int64            // rooms where Watch was ahead of what was told
	Hints           int64            // rooms read as another instance spoke of them
	Evicted         int64            // rooms that closed to somebody in them
	Errors          int64            // answers of type error
	Ops             map[string]int64 // by name
}

// Snapshot reads the counters.
func (h *Hub) Snapshot() Counts {
	h.mu.Lock()
	rooms := int64(len(h.halls))
	h.mu.Unlock()
	n := &h.count
	ops := make(map[string]int64, len(n.ops))
	for name, c := range n.ops {
		ops[name] = c.Load()
	}
	return Counts{
		Open: n.open.Load(), Rooms: rooms, Opened: n.opened.Load(), Refused: n.refused.Load(),
		Sent: n.sent.Load(), Slow: n.slow.Load(), Silent: n.silent.Load(), Resets: n.resets.Load(),
		CatchUps: n.catchUps.Load(), MadeUp: n.madeUp.Load(), Hints: n.hints.Load(), Evicted: n.evicted.Load(),
		Errors: n.errors.Load(), Ops: ops,
	}
}
