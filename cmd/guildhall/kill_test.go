package main

import (
	"math/rand/v2"
	"testing"
	"time"

	"guildhall/models/clubtest"
)

// kills is how often each club is killed.
const kills = 10

// What was acknowledged is kept, once, however often the program is killed while it writes; who hears
// its rooms misses nothing and gets nothing twice.
func TestKilledWhileWriting(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, database string) {
		p := installed(t, database, "--dev")
		g := settled(t, database, 9)
		p.Start()
		ear := p.comes("olive").listener(t, asJSON, g.places()...)
		go ear.follow()
		s := g.rage(t, p)
		cut := 0
		for i := range kills {
			s.until(10 + rand.IntN(60))
			ear.back(i + 1)
			time.Sleep(rand.N(20 * time.Millisecond)) // in the middle of whatever is then under way
			cut += int(s.inFlight.Load())
			p.Kill()
			p.Start()
		}
		s.until(20)
		s.end()
		ear.halt()
		sent, acked, given := s.counts()
		t.Logf("%d sent, %d acknowledged, %d given up; %d under way when the program was killed; %d sockets", sent, acked, given, cut, ear.sockets)
		if cut < kills || given == 0 || s.again.Load() == 0 || ear.sockets <= kills {
			t.Errorf("the kills came when little was under way")
		}
		clubtest.OK(t, ear.joins())
		g.heardAll(t, ear)
		p.Stop()
		b := g.audit(t, s)
		b.heard(ear)
		t.Logf("%d of those given up were kept", b.silent)
	})
}
