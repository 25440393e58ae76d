package fetch

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
)

// gate holds callers to so many exchanges at a time, and to one page at a time of each host with a
// pause after it.
type gate struct {
	all *semaphore.Weighted

	mu    sync.Mutex
	hosts map[string]*host
}

type host struct {
	turn chan struct{} // holds one: who has it asks
	free time.Time     // when the pause is over
}

func newGate() *gate {
	return &gate{all: semaphore.NewWeighted(atATime), hosts: map[string]*host{}}
}

// enter waits for a place among all. leave gives it back.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	if g.all.Acquire(ctx, 1) != nil {
		return nil, ErrBusy
	}
	return func() { g.all.Release(1) }, nil
}

// knock waits for the turn at a host. leave gives it to the next one, after the pause.
func (g *gate) knock(ctx context.Context, name string) (leave func(), err error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	h := g.at(name)
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ErrBusy
	}
	select {
	case <-time.After(time.Until(h.free)): // free is written by whoever has the turn alone
	case <-ctx.Done():
		<-h.turn
		return nil, ErrBusy
	}
	return func() {
		g.mu.Lock()
		h.free = time.Now().Add(pause)
		g.mu.Unlock()
		<-h.turn
	}, nil
}

// at is the host of that name; those that nobody asks are forgotten.
func (g *gate) at(name string) *host {
	g.mu.Lock()
	defer g.mu.Unlock()
	for other, h := range g.hosts {
		if len(h.turn) == 0 && other != name && time.Since(h.free) > forgetIn {
			delete(g.hosts, other)
		}
	}
	h := g.hosts[name]
	if h == nil {
		h = &host{turn: make(chan struct{}, 1), free: time.Now()}
		g.hosts[name] = h
	}
	return h
}

// turn is a caller's turn at one host after another.
type turn struct {
	gate  *gate
	host  string
	leave func()
}

// of waits for the turn at a host. That at the one before is given back first, so that no two callers
// wait for each other.
func (t *turn) of(ctx context.Context, host string) (err error) {
	if host == t.host {
		return nil
	}
	t.end()
	if t.leave, err = t.gate.knock(ctx, host); err == nil {
		t.host = host
	}
	return err
}

func (t *turn) end() {
	if t.leave != nil {
		t.leave()
	}
	t.host, t.leave = "", nil
}
