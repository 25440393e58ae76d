package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// record notes what people outside the program do and see, while it happens.
type record struct {
	t     *testing.T
	began time.Time
	tasks sync.WaitGroup // of readers and visitors
	hands sync.WaitGroup // of writers

	quiet, over                      atomic.Bool // writers come to an end; everybody goes
	again, sockets, dismissed, pages atomic.Int64
	news                             chan struct{} // something was acknowledged

	mu    sync.Mutex
	sent  []sent
	acked int
	heard map[string][]heard
	last  map[string]map[string]int64 // by reader and room
	lines map[string]socket           // of readers
	kept  []change
}

func (r *record) now() time.Duration { return time.Since(r.began) }

func (r *record) history() *history {
	r.mu.Lock()
	defer r.mu.Unlock()
	return &history{r.sent, r.heard, r.kept}
}

// writer has somebody say one thing after another in a room, over a socket or by its form.
func (r *record) writer(who *person, at room, byForm bool) {
	deliver, leave := who.talks(at.id)
	if byForm {
		deliver = who.speaks(at.path)
	}
	r.hands.Go(func() {
		defer leave()
		for n := 0; !r.quiet.Load(); n++ {
			d := &deed{key: fmt.Sprintf("%s-%d", who.handle, n), text: fmt.Sprintf("Frame %d of %s is on the line.", n, who.handle)}
			s := sent{room: at.id.String(), by: who.handle, key: d.key, text: d.text, begun: r.now()}
			if r.brings(d, deliver) {
				s.id, s.seq, s.acked = d.id, d.number, r.now()
			}
			r.note(s)
			time.Sleep(20 * time.Millisecond)
		}
	})
}

// brings delivers a deed until it is acknowledged. One in four of those whose line was cut is given up.
func (r *record) brings(d *deed, deliver delivery) bool {
	for tries := 0; ; tries++ {
		err := deliver(d)
		switch {
		case err == nil:
			return true
		case !errors.Is(err, errCut):
			r.t.Errorf("%s: %v", d.key, err)
			return false
		case tries == 0 && rand.IntN(4) == 0, r.over.Load():
			return false
		}
		r.again.Add(1)
		time.Sleep(10 * time.Millisecond) // before knocking again at a closed door
	}
}

func (r *record) note(s sent) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent = append(r.sent, s)
	if s.acked > 0 {
		r.acked++
		select {
		case r.news <- struct{}{}:
		default:
		}
	}
}

// until waits for so many more acknowledgements.
func (r *record) until(more int) {
	r.t.Helper()
	acked := func() int {
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.acked
	}
	for to := acked() + more; acked() < to; {
		select {
		case <-r.news:
		case <-time.After(2 * time.Minute):
			r.t.Fatal("nothing is acknowledged any more")
		}
	}
}

// reader has somebody listen to rooms, over one socket after another, each from where the last one broke.
func (r *record) reader(who *person, protocol string, rooms []room) {
	last := map[string]int64{}
	for _, at := range rooms {
		last[at.id.String()] = 0
	}
	r.mu.Lock()
	if r.last == nil {
		r.last, r.lines = map[string]map[string]int64{}, map[string]socket{}
	}
	r.last[who.handle] = last
	r.mu.Unlock()
	r.tasks.Go(func() {
		for !r.over.Load() {
			err := r.listens(who, protocol)
			switch {
			case r.over.Load():
			case restarted(err):
				r.dismissed.Add(1)
			case !errors.Is(err, errCut):
				r.t.Errorf("%s: %v", who.handle, err)
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	})
}

// listens hears over one socket until it breaks.
func (r *record) listens(who *person, protocol string) error {
	line, err := who.connects(protocol)
	if err != nil {
		return fmt.Errorf("%w: %w", errCut, err)
	}
	defer func() { _ = line.Close() }()
	r.sockets.Add(1)
	r.mu.Lock()
	r.lines[who.handle] = line
	last := r.last[who.handle]
	r.mu.Unlock()
	if r.over.Load() {
		return errCut
	}
	for at, seq := range last {
		if err := line.ask(map[string]any{"op": "join", "ref": at, "room": at, "seq": seq}); err != nil {
			return fmt.Errorf("%w: %w", errCut, err)
		}
	}
	for {
		f, err := line.next()
		if err != nil {
			return fmt.Errorf("%w: %w", errCut, err)
		}
		switch f.Type {
		case "change":
			r.mu.Lock()
			r.heard[who.handle] = append(r.heard[who.handle], heard{f.Room, f.Seq, f.ID})
			last[f.Room] = f.Seq
			r.mu.Unlock()
		case "reset", "error", "evicted":
			return fmt.Errorf("%s: %+v", f.Type, f)
		}
	}
}

// rests lets every writer have their last word acknowledged.
func (r *record) rests() {
	r.quiet.Store(true)
	r.hands.Wait()
}

// reach waits until every reader has heard a room up to where it stands.
func (r *record) reach(at room, seq int64) {
	r.t.Helper()
	behind := func() (who string) {
		r.mu.Lock()
		defer r.mu.Unlock()
		for reader, last := range r.last {
			if last[at.id.String()] < seq {
				who = reader
			}
		}
		return who
	}
	for end := time.Now().Add(2 * time.Minute); behind() != ""; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			r.t.Fatalf("%s does not hear a room to its end", behind())
		}
	}
}

// end sends everybody home.
func (r *record) end() {
	r.quiet.Store(true)
	r.over.Store(true)
	r.hands.Wait()
	r.mu.Lock()
	for _, line := range r.lines {
		_ = line.Close()
	}
	r.mu.Unlock()
	r.tasks.Wait()
}
