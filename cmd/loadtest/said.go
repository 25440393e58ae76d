package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"sync/atomic"
	"time"
)

// said is what was said in rooms while it counted, and what the server spent on it.
type said struct {
	counted    map[string]int   // by room
	heads      map[string]int64 // the last sequence that was acknowledged
	from, upto usage
}

const (
	// perSpeaker is how many messages a second one socket says: fewer than a club lets it.
	perSpeaker = 15
	// warmUp is how long something is said before it counts.
	warmUp = 2 * time.Second
	// drainWithin is how long what was said may take to arrive before it counts as lost.
	drainWithin = 10 * time.Second
)

// say says something in each room at the rate: for a while in which all gets warm, and then as long as
// is to be measured.
func (f fan) say(ctx context.Context, t *target, who []visitor, at []string, counting *atomic.Bool, crowd []*hearer) (s said, err error) {
	s = said{counted: map[string]int{}, heads: map[string]int64{}}
	mouths := make([]*speaker, max(1, int(f.rate*float64(len(at))/perSpeaker+0.999)))
	for i := range mouths {
		if mouths[i], err = t.speaker(ctx, who[i%len(who)], int((warmUp+f.last).Seconds())*2*perSpeaker); err != nil {
			return s, err
		}
		defer func() { _ = mouths[i].wire.conn.Close() }() // it said all it had to
	}
	if err := f.talk(ctx, mouths, at, warmUp, &s); err != nil {
		return s, err
	}
	s.await(crowd)
	clear(s.counted)
	counting.Store(true)
	if s.from, err = t.usage(); err != nil {
		return s, err
	}
	if err := f.talk(ctx, mouths, at, f.last, &s); err != nil {
		return s, err
	}
	s.await(crowd)
	s.upto, err = t.usage()
	return s, err
}

// talk says something for so long, and returns once all of it is acknowledged.
func (f fan) talk(ctx context.Context, mouths []*speaker, at []string, last time.Duration, s *said) error {
	every := time.Duration(float64(time.Second) / f.rate / float64(len(at)))
	begun := time.Now()
	sent := make([]int, len(mouths))
	for i := 0; time.Duration(i)*every < last && ctx.Err() == nil; i++ {
		time.Sleep(time.Until(begun.Add(time.Duration(i) * every)))
		room, by := at[i%len(at)], i%len(mouths)
		if err := mouths[by].send(room, rand.Text()); err != nil {
			return err
		}
		sent[by]++
		s.counted[room]++
	}
	for by, n := range sent {
		for range n {
			a := <-mouths[by].acks
			if a.err != nil {
				return fmt.Errorf("a message was not kept: %w", a.err)
			}
			s.heads[a.room] = max(s.heads[a.room], a.seq)
		}
	}
	return ctx.Err()
}

// await waits until everybody has all that was acknowledged, or it counts as lost.
func (s said) await(crowd []*hearer) {
	for end := time.Now().Add(drainWithin); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		behind := false
		for _, h := range crowd {
			behind = behind || h.heard.Load() < s.heads[h.room]
		}
		if !behind {
			return
		}
	}
}

func (s said) report(r report, t *target, crowd []*hearer) report {
	kept, wanted, came, twice, gaps := 0, 0, 0, 0, 0
	var took []time.Duration
	for _, n := range s.counted {
		kept += n
	}
	for _, h := range crowd {
		wanted += s.counted[h.room]
		came, twice, gaps = came+len(h.took), twice+h.twice, gaps+h.gaps
		took = append(took, h.took...)
	}
	r.add("messages kept", float64(kept), "")
	r.add("deliveries", float64(came), "")
	r.add("lost", float64(wanted-came), "")
	r.add("twice", float64(twice), "")
	r.add("left out of a sequence", float64(gaps), "")
	r.spread("from send to receipt", took)
	r.spent(t, s.from, s.upto, "delivery", came)
	return r
}

// size is how large a message was on the line, on average.
func (s said) size(crowd []*hearer) int {
	n, bytes := 0, 0
	for _, h := range crowd {
		n, bytes = n+len(h.took), bytes+h.bytes
	}
	return bytes / max(n, 1)
}
