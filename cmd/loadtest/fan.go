package main

import (
	"context"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// fan is a crowd that listens in rooms while something is said there at a fixed rate.
type fan struct {
	sockets int
	rate    float64 // messages a second and room
	last    time.Duration
	stalled int // sockets beside them that come in and never read
}

// fanOut is the scenario of one room.
type fanOut struct {
	target
	Sockets int     `help:"How many listen." default:"1000"`
	Rate    float64 `help:"Messages a second." default:"10"`
	Space   string  `help:"Whose chat: the last part of its address." required:""`
	Stalled int     `help:"How many more come in and then read nothing: nobody else should notice."`
}

// Run prints the report.
func (f fanOut) Run(ctx context.Context) error {
	title := fmt.Sprintf("Fan-out: %d sockets in one room, %g messages a second", f.Sockets, f.Rate)
	if f.Stalled > 0 {
		title += fmt.Sprintf(", %d more that do not read", f.Stalled)
	}
	return inRooms(ctx, &f.target, []string{f.Space}, fan{f.Sockets, f.Rate, f.For, f.Stalled}, title)
}

// rooms is the scenario of many.
type rooms struct {
	target
	Sockets int      `help:"How many listen, in all." default:"1000"`
	Rate    float64  `help:"Messages a second in each room." default:"2"`
	Spaces  []string `help:"Whose chats: the last parts of their addresses." required:""`
}

// Run prints the report.
func (r rooms) Run(ctx context.Context) error {
	return inRooms(ctx, &r.target, r.Spaces, fan{r.Sockets, r.Rate, r.For, 0},
		fmt.Sprintf("Many rooms: %d sockets in %d rooms, %g messages a second in each", r.Sockets, len(r.Spaces), r.Rate))
}

// inRooms has those who are signed in run a fan in the chats of spaces.
func inRooms(ctx context.Context, t *target, spaces []string, f fan, title string) error {
	who, at, err := t.writers(ctx, spaces)
	if err != nil {
		return err
	}
	return compare(t, title, func(t *target, who []visitor) (report, int, error) { return f.run(ctx, t, who, at) }, who)
}

func (f fan) run(ctx context.Context, t *target, who []visitor, at []string) (r report, size int, err error) {
	before, err := t.usage()
	if err != nil {
		return nil, 0, err
	}
	counting := &atomic.Bool{}
	crowd, err := gather(ctx, t, f.sockets, who, at, counting)
	if err != nil {
		return nil, 0, err
	}
	var listening sync.WaitGroup
	for _, h := range crowd {
		listening.Go(func() { _ = h.listen() }) // what did not arrive is counted
	}
	time.Sleep(settling)
	idle, err := t.usage()
	if err != nil {
		return nil, 0, err
	}
	stalled, err := gather(ctx, t, f.stalled, who, at, counting)
	if err != nil {
		return nil, 0, err
	}
	for _, h := range stalled {
		if c, ok := h.wire.conn.(*net.TCPConn); ok {
			_ = c.SetReadBuffer(4096) // if it stays larger, it only takes longer until it is full
		}
	}
	s, err := f.say(ctx, t, who, at, counting, crowd)
	for _, h := range stalled {
		_ = h.wire.conn.Close() // the server may have cut it long ago
	}
	for _, h := range crowd {
		_ = h.wire.conn.Close() // nothing more is wanted of it
	}
	listening.Wait()
	if err != nil {
		return nil, 0, err
	}
	if t.PID != 0 {
		r.add("resident memory per idle connection", float64(idle.memory-before.memory)/1024/float64(f.sockets), "KiB")
	}
	return s.report(r, t, crowd), s.size(crowd), nil
}

// settling is what a server is given to put away what the arrival of a crowd took.
const settling = 3 * time.Second

// gather brings that many sockets into the rooms, in turn, a few dozen at a time.
func gather(ctx context.Context, t *target, n int, who []visitor, at []string, counting *atomic.Bool) ([]*hearer, error) {
	crowd := make([]*hearer, n)
	errs := make(chan error, n)
	places := make(chan struct{}, 48)
	for i := range crowd {
		crowd[i] = &hearer{room: at[i%len(at)], by: who[i%len(who)], counting: counting}
		places <- struct{}{}
		go func() {
			defer func() { <-places }()
			errs <- crowd[i].join(ctx, t)
		}()
	}
	for range crowd {
		if err := <-errs; err != nil {
			return nil, fmt.Errorf("not everybody came in: %w", err)
		}
	}
	return crowd, nil
}
