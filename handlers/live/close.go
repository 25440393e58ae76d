package live

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"
)

// The close codes that a client meets; PROTOCOL.md says what it does about each.
const (
	ClosePolicy    = 1008
	CloseRestart   = 1012
	CloseOverload  = 1013
	CloseSignedOut = 4401
	CloseBarred    = 4403
	CloseSilent    = 4408
)

// retryWithin spreads the return of everybody after a restart.
const retryWithin = 8000 // milliseconds

func (c *conn) end(code int, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.endLocked(code, reason)
}

// endLocked says goodbye and gives the other side until CloseWait to answer; its reader then
// takes the connection off the hub. Nothing is sent or carried out any more.
func (c *conn) endLocked(code int, reason string) {
	if c.ended {
		return
	}
	c.ended = true
	c.out.end(closeFrame(code, reason))
	_ = c.out.SetReadDeadline(time.Now().Add(c.hub.opts.CloseWait))
}

// Shutdown refuses newcomers, closes every socket with 1012 and a time at which to come back,
// and returns when they and all that the hub was doing are gone, or when ctx ends.
func (h *Hub) Shutdown(ctx context.Context) error {
	h.mu.Lock()
	h.closing = true
	h.mu.Unlock()
	for _, c := range h.all() {
		c.restart()
	}
	err := wait(ctx, h.sockets.Wait)
	for _, c := range h.all() {
		_ = c.out.Close()
	}
	h.cancel()
	h.taskMu.Lock()
	h.stopped = true
	h.taskMu.Unlock()
	if late := wait(ctx, h.tasks.Wait); err == nil {
		err = late
	}
	return err
}

func (c *conn) restart() {
	c.end(CloseRestart, fmt.Sprintf(`{"retry_ms":%d}`, rand.IntN(retryWithin+1)))
}

func wait(ctx context.Context, what func()) error {
	done := make(chan struct{})
	go func() { what(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
