package main

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"guildhall/models/id"
)

// listener hears places over one socket after another, and wants every change of each exactly once
// and in sequence.
type listener struct {
	t        *testing.T
	who      *person
	protocol string
	last     map[string]int64  // by place
	heard    map[string][]told // by place
	sockets  int

	mu    sync.Mutex
	line  socket
	over  bool
	ended chan struct{}
}

func (w *person) listener(t *testing.T, protocol string, places ...id.ID) *listener {
	l := &listener{t: t, who: w, protocol: protocol, last: map[string]int64{}, heard: map[string][]told{}, ended: make(chan struct{})}
	for _, p := range places {
		l.last[p.String()] = 0
	}
	t.Cleanup(l.hangUp)
	return l
}

// joins opens a socket and joins every place with the last sequence that was heard of it.
func (l *listener) joins() error {
	line, err := l.who.connects(l.protocol)
	if err != nil {
		return fmt.Errorf("%w: %w", errCut, err)
	}
	l.mu.Lock()
	l.line, l.sockets = line, l.sockets+1
	l.mu.Unlock()
	for place, last := range l.last {
		if err := line.ask(map[string]any{"op": "join", "ref": place, "room": place, "seq": last}); err != nil {
			return fmt.Errorf("%w: %w", errCut, err)
		}
	}
	return nil
}

// back waits until the listener has opened that many sockets.
func (l *listener) back(n int) {
	l.t.Helper()
	for began := time.Now(); time.Since(began) < patience; time.Sleep(5 * time.Millisecond) {
		l.mu.Lock()
		opened := l.sockets
		l.mu.Unlock()
		if opened >= n {
			return
		}
	}
	l.t.Fatalf("the listener does not come back for the %d. time", n)
}

// hear takes in one frame.
func (l *listener) hear() error {
	f, err := l.line.next()
	if err != nil {
		return fmt.Errorf("%w: %w", errCut, err)
	}
	switch f.Type {
	case "change":
		if want := l.last[f.Room] + 1; f.Seq != want {
			return fmt.Errorf("change %d of %s came where %d was to come", f.Seq, f.Room, want)
		}
		l.last[f.Room] = f.Seq
		l.heard[f.Room] = append(l.heard[f.Room], f)
	case "reset", "error", "evicted":
		return fmt.Errorf("%s: %+v", f.Type, f)
	}
	return nil
}

// until hears on up to a sequence of a place.
func (l *listener) until(place id.ID, seq int64) {
	l.t.Helper()
	for l.last[place.String()] < seq {
		if err := l.hear(); err != nil {
			l.t.Fatalf("heard up to %d of %d: %v", l.last[place.String()], seq, err)
		}
	}
}

// follow hears on whatever happens to the program, until halt.
func (l *listener) follow() {
	defer close(l.ended)
	for err := l.joins(); ; {
		switch {
		case l.halting():
			return
		case errors.Is(err, errCut):
			l.hangUp()
			time.Sleep(5 * time.Millisecond) // before knocking again at a closed door
			err = l.joins()
		case err != nil:
			l.t.Errorf("%s: %v", l.protocol, err)
			return
		default:
			err = l.hear()
		}
	}
}

func (l *listener) halting() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.over
}

// halt ends follow wherever it is; the listener may join again from there.
func (l *listener) halt() {
	l.mu.Lock()
	l.over = true
	l.mu.Unlock()
	l.hangUp()
	<-l.ended
	l.hangUp() // what was opened meanwhile
}

func (l *listener) hangUp() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.line.Conn != nil {
		_ = l.line.Close() // it may be broken
	}
}
