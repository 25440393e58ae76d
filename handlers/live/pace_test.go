package live

import (
	"net"
	"strings"
	"testing"
)

// More than a seat holds comes while its replay is read: it is asked for again, not lost.
func TestOverflowOfWhatIsHeld(t *testing.T) {
	h := open(t, Options{})
	const flood = holdMost + 50
	h.club.after["missed"] = func(Room) {
		h.club.with(func() { delete(h.club.after, "missed") })
		for range flood {
			h.post(lobby)
		}
		h.settled()
	}
	p := h.visit(1)
	p.join(lobby, 0)
	for seq := int64(1); seq <= flood; seq++ {
		p.change(seq)
	}
	if n := h.Snapshot(); n.CatchUps == 0 {
		t.Error("nothing overflowed: the test shows nothing")
	}
}

// A replay much longer than may wait for a socket is written as fast as the page reads.
func TestLongReplayIsNoSlowClient(t *testing.T) {
	c := newClub(t)
	h := newHouse(t, c, Options{Pending: 128 << 10})
	h.server.Listener = narrow{h.server.Listener}
	h.server.Start()
	text := strings.Repeat("x", 2000)
	const many = 1500
	h.club.with(func() {
		for range many {
			h.club.commitLocked(lobby, text)
		}
	})
	p := h.enters(dialling{protocol: "guildhall.html.v1", header: as(1), receive: 4096})
	p.join(lobby, 0)
	h.post(lobby)
	for seq := int64(1); seq <= many+1; seq++ {
		p.change(seq)
	}
	if n := h.Snapshot(); n.Slow != 0 {
		t.Error("the page was taken for a slow one")
	}
}

// narrow makes the server's send buffers small, so that a page that does not read is felt soon.
type narrow struct{ net.Listener }

func (n narrow) Accept() (net.Conn, error) {
	c, err := n.Listener.Accept()
	if err == nil {
		err = c.(*net.TCPConn).SetWriteBuffer(4096)
	}
	return c, err
}

func TestChunksCutBetweenFrames(t *testing.T) {
	var changes []Change
	for i := range 10 {
		changes = append(changes, Change{Seq: int64(i + 1), HTML: strings.Repeat("y", 30*i)})
	}
	p := runs(lobby, changes)[0]
	for most := range 600 {
		var all []byte
		for last := int64(3); last < p.upto; {
			b, upto := p.chunk(last, asHTML, most)
			if upto <= last || upto > last+1 && len(b) > most {
				t.Fatalf("most %d after %d: %d bytes up to %d", most, last, len(b), upto)
			}
			all, last = append(all, b...), upto
		}
		if string(all) != string(p.after(3, asHTML)) {
			t.Fatalf("most %d: the pieces are not the whole", most)
		}
	}
}

// A batch larger than a socket takes at once is paced like a replay.
func TestLargeBatchIsNoSlowClient(t *testing.T) {
	h := newHouse(t, newClub(t), Options{Pending: 128 << 10})
	h.server.Listener = narrow{h.server.Listener}
	h.server.Start()
	p := h.enters(dialling{protocol: "guildhall.html.v1", header: as(1), receive: 4096})
	p.join(lobby, 0)
	p.quiet()
	const many = 300
	var batch []Change
	for range many {
		h.club.with(func() { batch = append(batch, h.club.commitLocked(lobby, strings.Repeat("x", 1000))) })
	}
	h.Tell(lobby, batch...)
	h.post(lobby)
	h.post(lobby)
	for seq := int64(1); seq <= many+2; seq++ {
		p.change(seq)
	}
	if n := h.Snapshot(); n.Slow != 0 {
		t.Error("the page was taken for a slow one")
	}
}
