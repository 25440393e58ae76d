package live

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"testing"
	"time"
)

// A telling that is lost, doubled, late or out of order, and pages that come, go and come back
// at any moment: each page still sees every change once and in order.
func TestNothingFallsBetweenJoinAndTell(t *testing.T) {
	for _, shards := range []int{1, 3} {
		t.Run(fmt.Sprintf("%d shards", shards), func(t *testing.T) {
			const changes, tellers, readers = 800, 4, 6
			h := open(t, Options{Shards: shards, Rate: 1e6, Burst: 1e6, PerMember: 1000})
			var telling, reading sync.WaitGroup
			for range tellers {
				telling.Go(func() {
					for h.club.head(lobby) < changes {
						tellBadly(h)
					}
				})
			}
			for i := range readers {
				reading.Go(func() { follow(h, int64(i+1), changes) })
			}
			telling.Wait()
			done := make(chan struct{})
			go func() { reading.Wait(); close(done) }()
			for { // what was lost at the very end, only Watch can find
				h.watch()
				select {
				case <-done:
					if n := h.Snapshot(); n.Resets != 0 {
						t.Errorf("%d resets although every change was kept", n.Resets)
					}
					return
				case <-time.After(time.Millisecond):
				}
			}
		})
	}
}

func tellBadly(h *house) {
	batch := []Change{h.club.commit(lobby)}
	for rand.IntN(3) == 0 {
		batch = append(batch, h.club.commit(lobby)) // not in sequence if another teller came between
	}
	switch rand.IntN(8) {
	case 0: // lost
	case 1:
		h.Tell(lobby, batch...)
		h.Tell(lobby, batch...)
	default:
		h.Tell(lobby, batch...)
	}
}

// follow reads room up to the change last, over many joins and sockets.
func follow(h *house, member, last int64) {
	p, seen := h.visit(member), int64(0)
	defer func() { p.ws.Close() }()
	for n := 0; seen < last; n++ {
		ref := strconv.Itoa(n)
		p.say(fmt.Sprintf(`{"op":"join","ref":%q,"room":%q,"seq":%d}`, ref, lobby, seen))
		var ok bool
		if seen, ok = listen(p, ref, seen, last); !ok {
			return
		}
		switch rand.IntN(3) {
		case 0:
			p.ws.Close()
			p = h.visit(member)
		case 1:
			p.say(fmt.Sprintf(`{"op":"leave","room":%q}`, lobby))
		}
	}
}

// listen follows one join for some frames. Before its answer, changes of the join before may
// still come; after it, they go on from what was asked for.
func listen(p *page, ref string, since, last int64) (int64, bool) {
	seen, answered := since, false
	for some := 1 + rand.IntN(200); some > 0 && seen < last; some-- {
		g, err := p.read()
		switch {
		case err != nil:
			p.t.Errorf("after %d: %v", seen, err)
			return seen, false
		case g.Type == "ack" && g.Ref == ref:
			answered = true
		case g.Type == "ack", g.Type == "change" && !answered:
		case g.Type == "change" && g.Seq == seen+1:
			seen++
		default:
			p.t.Errorf("after %d came %+v", seen, g)
			return seen, false
		}
	}
	return seen, true
}
