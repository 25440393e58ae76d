package live

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// Hub holds the open sockets of this process. Locks are taken in the order conn.mu, Hub.mu,
// sink.mu; nobody who holds Hub.mu waits for a conn.mu.
type Hub struct {
	opts  Options
	back  Backend
	count counters

	mu      sync.Mutex
	halls   map[Room]*hall
	members map[int64]map[*conn]struct{}
	conns   map[*conn]struct{}
	seats   map[int64]int // places that members took, and guests (0), handshakes under way among them
	taken   int
	closing bool
	dirty   map[Room]struct{}           // whose presence is to be told
	moved   map[Room]struct{}           // whose presence other instances are to be told
	others  map[Room]map[string][]int64 // who hears a room through other instances, in order

	shards  []*shard
	flights flights
	asking  chan struct{} // a place for each question the hub may ask of its own accord
	serial  atomic.Int64
	on      struct{ watch, present atomic.Bool }

	ctx     context.Context
	cancel  context.CancelFunc
	tasks   sync.WaitGroup
	taskMu  sync.Mutex
	stopped bool
	sockets sync.WaitGroup
}

// New starts a hub; Shutdown ends it.
func New(back Backend, opts Options) *Hub {
	h := &Hub{
		opts:    opts.withDefaults(),
		back:    back,
		halls:   map[Room]*hall{},
		members: map[int64]map[*conn]struct{}{},
		conns:   map[*conn]struct{}{},
		seats:   map[int64]int{},
		dirty:   map[Room]struct{}{},
		moved:   map[Room]struct{}{},
		others:  map[Room]map[string][]int64{},
	}
	h.count.ops = newOpCounts()
	h.asking = make(chan struct{}, h.opts.Asking)
	h.ctx, h.cancel = context.WithCancel(context.Background())
	for i := range h.opts.Shards {
		sh := &shard{hub: h, number: i, in: make(chan job, 256)}
		h.shards = append(h.shards, sh)
		h.spawn(sh.run)
	}
	if h.opts.Every > 0 {
		h.spawn(h.tick)
	}
	return h
}

func (h *Hub) now() time.Time { return h.opts.Clock() }

// spawn runs f beside everything else, unless the hub has stopped; Shutdown waits for it.
func (h *Hub) spawn(f func()) {
	h.taskMu.Lock()
	defer h.taskMu.Unlock()
	if !h.stopped {
		h.tasks.Go(f)
	}
}

// ask puts one question to the Backend. A panic there is an error here: these goroutines are
// nobody's request, and would take the whole process with them.
func (h *Hub) ask(question func(context.Context) error) (err error) {
	ctx, cancel := context.WithTimeout(h.ctx, h.opts.AskWait)
	defer cancel()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("live: panic: %v\n%s", r, debug.Stack())
		}
	}()
	return question(ctx)
}

// askOwn is ask for what no client waits for, a few at a time.
func (h *Hub) askOwn(question func(context.Context) error) error {
	select {
	case h.asking <- struct{}{}:
		defer func() { <-h.asking }()
		return h.ask(question)
	case <-h.ctx.Done():
		return h.ctx.Err()
	}
}

// complain logs what is ours; what is for people, or due to our own end, is not.
func (h *Hub) complain(doing string, err error) {
	var said ForPeople
	if err == nil || h.ctx.Err() != nil || errors.As(err, &said) || errors.Is(err, ErrSignedOut) || errors.Is(err, ErrBarred) {
		return
	}
	h.opts.Log.Error("live: "+doing, "error", err)
}
