package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync/atomic"
	"time"
)

// storm is the scenario of a restart: every socket ends at once, and comes back as the protocol of the
// live line says, while others go on reading pages.
type storm struct {
	target
	Sockets int     `help:"How many listen." default:"1000"`
	Space   string  `help:"Whose chat: the last part of its address." required:""`
	Restart string  `help:"A command of the shell that restarts the club. Without one the sockets are cut from this side."`
	Rate    float64 `help:"Pages a second that others read meanwhile." default:"20"`
	Page    string  `help:"Which page that is." default:"/"`
}

// Run prints the report.
func (s storm) Run(ctx context.Context) error {
	who, err := s.readers(ctx)
	if err != nil {
		return err
	}
	room, err := s.room(ctx, who[0], s.Space)
	if err != nil {
		return err
	}
	how := "cut from outside"
	if s.Restart != "" {
		how = "restarted; the bare server is cut from outside"
	}
	return compare(&s.target, fmt.Sprintf("Reconnect storm: %d sockets, %s", s.Sockets, how), func(t *target, who []visitor) (report, int, error) {
		cut := s
		if t != &s.target {
			cut.Restart = ""
		}
		return cut.run(ctx, t, who, room)
	}, who)
}

func (s storm) run(ctx context.Context, t *target, who []visitor, room string) (r report, size int, err error) {
	before, err := t.usage()
	if err != nil {
		return nil, 0, err
	}
	crowd, err := gather(ctx, t, s.Sockets, who, []string{room}, &atomic.Bool{})
	if err != nil {
		return nil, 0, err
	}
	reading, enough := context.WithCancel(ctx)
	defer enough()
	read := make(chan readings, 1)
	go func() {
		got, _ := pages{Rate: s.Rate}.reads(reading, t, who, []string{s.Page}, time.Hour) // it ends with the storm
		read <- got
	}()
	back := make(chan time.Duration, len(crowd))
	var tries atomic.Int64
	begun := time.Now()
	for _, h := range crowd {
		go func() { back <- h.comeBack(ctx, t, begun, &tries) }()
	}
	if err := s.cut(ctx, crowd); err != nil {
		return nil, 0, err
	}
	var took []time.Duration
	for range crowd {
		took = append(took, <-back)
	}
	enough()
	got := <-read
	for _, h := range crowd {
		_ = h.wire.conn.Close() // nothing more is wanted of it
	}
	if s.Restart == "" { // after a restart it is another process
		after, err := t.usage()
		if err != nil {
			return nil, 0, err
		}
		r.spent(t, before, after, "connection, twice opened", len(crowd))
	}
	r.add("came back", float64(len(took)), "")
	r.add("attempts", float64(tries.Load()), "")
	r.spread("from the cut to being back", took)
	r.add("pages meanwhile", float64(len(got.took)), "")
	r.add("pages that failed", float64(got.failed), "")
	r.spread("a page meanwhile", got.took)
	return r, int(got.bytes) / max(1, len(got.took)), ctx.Err()
}

// cut ends every socket: by restarting the club, or from this side.
func (s storm) cut(ctx context.Context, crowd []*hearer) error {
	if s.Restart == "" {
		for _, h := range crowd {
			_ = h.wire.conn.Close() // that is what is wanted
		}
		return nil
	}
	cmd := exec.CommandContext(ctx, "sh", "-c", s.Restart)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}

// comeBack listens until the socket ends, and then tries until it is in its room again.
func (h *hearer) comeBack(ctx context.Context, t *target, begun time.Time, tries *atomic.Int64) time.Duration {
	why := h.listen()
	wait := time.Second
	for ctx.Err() == nil {
		time.Sleep(pause(why, wait))
		tries.Add(1)
		if why = h.join(ctx, t); why == nil {
			break
		}
		wait = min(2*wait, 30*time.Second)
	}
	return time.Since(begun)
}

// pause is how long a client waits before it connects again, by what the protocol says of the close.
func pause(why error, wait time.Duration) time.Duration {
	var c closed
	if errors.As(why, &c) {
		switch c.code {
		case 1012:
			var said struct {
				Retry int64 `json:"retry_ms"`
			}
			if json.Unmarshal([]byte(c.reason), &said) == nil {
				return time.Duration(said.Retry) * time.Millisecond
			}
		case 1013:
			return rand.N(8 * time.Second)
		}
	}
	return rand.N(wait)
}
