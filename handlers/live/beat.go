package live

import (
	"context"
	"maps"
	"slices"
	"sync/atomic"
	"time"
)

func (h *Hub) tick() {
	t := time.NewTicker(h.opts.Every)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			h.beat()
		case <-h.ctx.Done():
			return
		}
	}
}

// beat is the hub's pulse: pings and lapsed leave by the shards, then what the database knows
// better, then who is here. Work that takes longer than a beat is not begun twice.
func (h *Hub) beat() {
	h.post(job{beat: true})
	h.alone(&h.on.watch, h.watch)
	h.alone(&h.on.present, h.present)
}

func (h *Hub) alone(on *atomic.Bool, f func()) {
	if on.CompareAndSwap(false, true) {
		h.spawn(func() {
			defer on.Store(false)
			f()
		})
	}
}

// beat looks after the shard's sockets.
func (sh *shard) beat(a *attempt, now time.Time) {
	var check []*conn
	for _, c := range sh.hub.all() {
		if c.shard == sh.number && c.beat(a, now) {
			check = append(check, c)
		}
	}
	sh.hub.recheck(check)
}

// beat pings, ends a socket that has been silent too long, takes up again what failed, and
// reports whether leave has run out somewhere: people go when it does, not when something is told.
func (c *conn) beat(a *attempt, now time.Time) (check bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return false
	}
	o := &c.hub.opts
	if now.Sub(time.Unix(0, c.heard.Load())) >= o.Dead {
		c.hub.count.silent.Add(1)
		c.endLocked(CloseSilent, "No sign of life.")
		return false
	}
	if !now.Before(c.pingAt) {
		c.pingAt = now.Add(o.Ping)
		c.send(a, pingFrame)
	}
	check = c.due || c.lapsed(now)
	for _, s := range c.seats {
		switch {
		case s.joined && s.expired(now):
			check = true
		case s.joined && s.behind && !s.asking:
			s.settle(a, now)
		}
	}
	return check
}

// watch compares what was told here with the database, and the sessions of open sockets with
// the epochs: a hint that was lost on its way costs a second and never a change or a right.
func (h *Hub) watch() {
	rooms, members := h.watched()
	if len(rooms)+len(h.all()) == 0 {
		return
	}
	var pulse Pulse
	err := h.askOwn(func(ctx context.Context) (err error) {
		pulse, err = h.back.Watch(ctx, rooms, members)
		return err
	})
	if err != nil {
		h.complain("watch", err)
		return
	}
	for room, seq := range pulse.Seqs {
		if l := h.hall(room); l != nil {
			if told := l.told.Load(); told != unknown && told < seq {
				h.spawn(func() { h.makeUp(l, told) })
			}
		}
	}
	var stale []*conn
	for _, c := range h.all() {
		if s := c.who(); s.Club < pulse.Club || s.Epoch < pulse.Epochs[s.Member] {
			stale = append(stale, c)
		}
	}
	h.recheck(stale)
}

func (h *Hub) watched() ([]Room, []int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Collect(maps.Keys(h.halls)), slices.Collect(maps.Keys(h.members))
}

// makeUp tells what somebody else should have told. Whoever has it already skips it, so it does
// no harm where the telling was merely on its way.
func (h *Hub) makeUp(l *hall, told int64) {
	var p *packet
	err := h.askOwn(func(context.Context) (err error) {
		p, err = h.missed(l.room, told)
		return err
	})
	if err != nil {
		h.complain("make up", err)
		return
	}
	if p.upto > told {
		h.count.madeUp.Add(1)
		h.tell(l, p)
	}
}
