package chat

import (
	"context"
	"errors"
	"sync"
)

// committer is the only one who commits messages, for all rooms: while one batch commits the next
// one gathers, with no timer. One hot room then costs one sync a batch and not one a message.
type committer struct {
	in   chan job
	keep func(context.Context, []sending) ([]error, error)
	done chan struct{}

	mu     sync.RWMutex
	closed bool
}

type job struct {
	ctx  context.Context
	what sending
	out  chan error // of capacity 1: the committer never waits for a caller who left
}

// maxBatch bounds a batch: on SQLite no transaction holds the writer for long.
const maxBatch = 64

// errClosing is answered while the program stops; the client sends again to the next one.
var errClosing = errors.New("the room is closing for a restart")

func newCommitter(keep func(context.Context, []sending) ([]error, error)) *committer {
	c := &committer{in: make(chan job, maxBatch), keep: keep, done: make(chan struct{})}
	go c.run()
	return c
}

// do returns once the message is kept or refused.
func (c *committer) do(ctx context.Context, s sending) error {
	j := job{ctx, s, make(chan error, 1)}
	if err := c.queue(j); err != nil {
		return err
	}
	select {
	case err := <-j.out:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *committer) queue(j job) error {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.closed {
		return errClosing
	}
	select {
	case c.in <- j: // a full channel holds senders back
		return nil
	case <-j.ctx.Done():
		return j.ctx.Err()
	}
}

// close lets what is queued be kept, and refuses what comes later.
func (c *committer) close() {
	c.mu.Lock()
	if !c.closed {
		c.closed = true
		close(c.in)
	}
	c.mu.Unlock()
	<-c.done
}

func (c *committer) run() {
	defer close(c.done)
	for j := range c.in {
		jobs := []job{j}
	gather:
		for len(jobs) < maxBatch {
			select {
			case j, ok := <-c.in:
				if !ok {
					break gather
				}
				jobs = append(jobs, j)
			default:
				break gather
			}
		}
		c.commit(jobs)
	}
}

// commit keeps a batch, and one by one what a failed batch held: a bad message must not fail its
// neighbours.
func (c *committer) commit(jobs []job) {
	live, batch := jobs[:0], make([]sending, 0, len(jobs))
	for _, j := range jobs {
		if err := j.ctx.Err(); err != nil {
			j.out <- err // gave up while waiting: not kept
			continue
		}
		live, batch = append(live, j), append(batch, j.what)
	}
	if len(batch) == 0 {
		return
	}
	refused, err := c.keep(context.Background(), batch)
	if err == nil {
		for i, j := range live {
			j.out <- refused[i]
		}
		return
	}
	for _, j := range live {
		if len(live) == 1 {
			j.out <- err
			return
		}
		one, err := c.keep(context.Background(), []sending{j.what})
		if err == nil {
			err = one[0]
		}
		j.out <- err
	}
}
