package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"
)

// send is the scenario of writers who each say their next message once the last one is acknowledged.
// A club holds members to a rate: serve it with a high GUILDHALL_RATE_FACTOR to measure this.
type send struct {
	target
	Senders int      `help:"How many write at once." default:"64"`
	Spaces  []string `help:"In whose chats, in turn: the last parts of their addresses." required:""`
}

// Run prints the report.
func (s send) Run(ctx context.Context) error {
	who, at, err := s.writers(ctx, s.Spaces)
	if err != nil {
		return err
	}
	return compare(&s.target, fmt.Sprintf("Sending: %d senders in %d rooms", s.Senders, len(at)), func(t *target, who []visitor) (report, int, error) {
		r, err := s.run(ctx, t, who, at)
		return r, frameSize, err
	}, who)
}

// frameSize is how large the bare server's frames are where nobody listens to the club's.
const frameSize = 400

func (s send) run(ctx context.Context, t *target, who []visitor, at []string) (r report, err error) {
	mouths := make([]*speaker, s.Senders)
	for i := range mouths {
		if mouths[i], err = t.speaker(ctx, who[i%len(who)], 1); err != nil {
			return nil, err
		}
		defer func() { _ = mouths[i].wire.conn.Close() }() // it said all it had to
	}
	if _, err := talkAll(ctx, mouths, at, warmUp); err != nil {
		return nil, err
	}
	before, err := t.usage()
	if err != nil {
		return nil, err
	}
	begun := time.Now()
	took, err := talkAll(ctx, mouths, at, s.For)
	if err != nil {
		return nil, err
	}
	last := time.Since(begun)
	after, err := t.usage()
	if err != nil {
		return nil, err
	}
	r.add("acknowledged", float64(len(took)), "")
	r.add("throughput", float64(len(took))/last.Seconds(), "/s")
	r.spread("from send to acknowledgement", took)
	r.spent(t, before, after, "message", len(took))
	return r, nil
}

// talkAll has everybody say one message after the other for so long.
func talkAll(ctx context.Context, mouths []*speaker, at []string, last time.Duration) (took []time.Duration, err error) {
	end := time.Now().Add(last)
	var mu sync.Mutex
	var all sync.WaitGroup
	for i, m := range mouths {
		all.Go(func() {
			mine, wrong := m.talk(ctx, at[i%len(at)], end)
			mu.Lock()
			defer mu.Unlock()
			took, err = append(took, mine...), errors.Join(err, wrong)
		})
	}
	all.Wait()
	return took, err
}

func (s *speaker) talk(ctx context.Context, room string, end time.Time) (took []time.Duration, err error) {
	for ctx.Err() == nil {
		begun := time.Now()
		if !begun.Before(end) {
			return took, nil
		}
		if err := s.send(room, rand.Text()); err != nil {
			return took, err
		}
		if a := <-s.acks; a.err != nil {
			return took, a.err
		}
		took = append(took, time.Since(begun))
	}
	return took, ctx.Err()
}
