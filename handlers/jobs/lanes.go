package jobs

import (
	"context"
	"slices"
	"sync"
	"time"

	"guildhall/models/notify"
	"guildhall/models/preview"
	"guildhall/models/queue"
)

// lane is a line of work with workers of its own: it never stands behind the work of another.
type lane struct {
	kinds []queue.Kind
	alone bool          // one worker is enough
	wake  chan struct{} // somebody has work for it
}

// The work that waits for servers which members choose, however slow those are: for the pages that posts
// link to, and for the services that ring devices. Neither waits for the other.
var (
	pages = []queue.Kind{preview.Ask}
	rings = []queue.Kind{notify.Pushed, notify.PushTry}
)

// lanesOf are the lanes of those kinds of work. What somebody waits for is done on the common one, and has
// one besides, so that it never stands behind a slow mail server that all others are talking to.
func lanesOf(kinds []queue.Kind) []lane {
	of := func(is func(queue.Kind) bool, alone bool) lane {
		mine := slices.DeleteFunc(slices.Clone(kinds), func(k queue.Kind) bool { return !is(k) })
		return lane{kinds: mine, alone: alone, wake: make(chan struct{}, 1)}
	}
	page := func(k queue.Kind) bool { return slices.Contains(pages, k) }
	ring := func(k queue.Kind) bool { return slices.Contains(rings, k) }
	lanes := []lane{
		of(func(k queue.Kind) bool { return !page(k) && !ring(k) }, false),
		of(page, false),
		of(ring, false),
		of(func(k queue.Kind) bool { return k.Priority() == queue.Urgent }, true),
	}
	return slices.DeleteFunc(lanes, func(l lane) bool { return len(l.kinds) == 0 })
}

// rouse wakes a worker of each lane on which that kind of work is done.
func (d *Desk) rouse(kind queue.Kind) {
	for _, l := range d.lanes {
		if !slices.Contains(l.kinds, kind) {
			continue
		}
		select {
		case l.wake <- struct{}{}:
		default: // somebody is being woken already
		}
	}
}

// Run does jobs, with that many workers to a lane, until ctx ends, and returns when the last of them is done.
func (d *Desk) Run(ctx context.Context, workers int) {
	var all sync.WaitGroup
	for _, l := range d.lanes {
		for i := range workers {
			if i == 0 || !l.alone {
				all.Go(func() { d.work(ctx, l) })
			}
		}
	}
	if d.mail != nil {
		all.Go(func() { d.gathers(ctx) })
	}
	all.Go(func() { d.sweeps(ctx) })
	all.Wait()
}

func (d *Desk) work(ctx context.Context, l lane) {
	for ctx.Err() == nil {
		if d.once(ctx, l.kinds) {
			continue
		}
		select {
		case <-ctx.Done():
		case <-l.wake:
		case <-time.After(turn):
		}
	}
}
