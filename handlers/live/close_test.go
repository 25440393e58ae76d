package live

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// A page that does not read is cut off; the others notice nothing, and the cut one has lost
// nothing up to where it was cut.
func TestSlowClientIsCut(t *testing.T) {
	h := newHouse(t, newClub(t), Options{})
	h.server.Listener = narrow{h.server.Listener}
	h.server.Start()
	slow := h.enters(dialling{protocol: "guildhall.html.v1", header: as(1), receive: 4096})
	slow.join(lobby, 0)
	var others []*page
	for i := range 3 {
		p := h.visit(int64(i + 2))
		p.join(lobby, 0)
		others = append(others, p)
	}
	text := strings.Repeat("x", 10_000)
	sent := int64(0)
	for h.Snapshot().Slow == 0 && sent < 1000 {
		var ch Change
		h.club.with(func() { ch = h.club.commitLocked(lobby, text) })
		h.Tell(lobby, ch)
		sent++
		for _, p := range others {
			p.change(sent)
		}
	}
	frames, _ := slow.closed(CloseOverload)
	for i, g := range frames {
		if g.Seq != int64(i+1) || g.Type != "change" {
			t.Fatalf("frame %d is %s %d", i, g.Type, g.Seq)
		}
	}
	if n := h.Snapshot(); len(frames) == 0 || n.Slow != 1 {
		t.Errorf("%d frames before the cut, %+v", len(frames), n)
	}
	back := h.visit(1)
	back.join(lobby, int64(len(frames)))
	for seq := int64(len(frames)) + 1; seq <= sent; seq++ {
		back.change(seq)
	}
}

// What waits for one socket is bounded however long it does not read.
func TestWhatWaitsIsBounded(t *testing.T) {
	h := newHouse(t, newClub(t), Options{Pending: 64 << 10, WriteWait: 100 * time.Millisecond})
	h.server.Listener = narrow{h.server.Listener}
	h.server.Start()
	slow := h.enters(dialling{protocol: "guildhall.html.v1", header: as(1), receive: 4096})
	slow.join(lobby, 0)
	slow.quiet()
	c := h.all()[0]
	text := strings.Repeat("x", 1000)
	for h.Snapshot().Slow == 0 {
		var ch Change
		h.club.with(func() { ch = h.club.commitLocked(lobby, text) })
		h.Tell(lobby, ch)
		c.out.mu.Lock()
		if c.out.pending > 64<<10+200 { // the close that says why comes on top
			t.Fatalf("%d bytes wait", c.out.pending)
		}
		c.out.mu.Unlock()
	}
	eventually(t, "the dead page is gone", func() bool { return h.Snapshot().Open == 0 })
}

func TestShutdown(t *testing.T) {
	h := open(t, Options{})
	var pages []*page
	for i := range 5 {
		p := h.visit(int64(i))
		p.join(lobby, 0)
		pages = append(pages, p)
	}
	done := make(chan error)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	go func() { done <- h.Shutdown(ctx) }()
	for _, p := range pages {
		_, reason := p.closed(CloseRestart)
		var said struct {
			Retry *int `json:"retry_ms"`
		}
		if err := json.Unmarshal([]byte(reason), &said); err != nil || said.Retry == nil || *said.Retry < 0 || *said.Retry > 8000 {
			t.Errorf("the reason is %q", reason)
		}
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if _, resp, _ := h.dial(dialling{protocol: "guildhall.html.v1", header: as(1)}); resp == nil || resp.StatusCode != 503 {
		t.Errorf("after the end came %v, want 503", resp)
	}
	h.Tell(lobby, Change{Seq: 1}) // nobody is there, and nothing hangs
	h.whisper(lobby, typingFrame, Note{}, 0)
	h.Recheck(1)
}

// Pages that never answer hold a restart up no longer than it may take.
func TestShutdownWithDeadPages(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		p.expectClose()
		cancel()
	}()
	if err := h.Shutdown(ctx); err == nil {
		t.Error("the page answered: the test shows nothing")
	}
	eventually(t, "the page is gone", func() bool { return h.Snapshot().Open == 0 })
}

// expectClose reads the close off the wire without answering it.
func (p *page) expectClose() {
	head := make([]byte, 2)
	if _, err := io.ReadFull(p.ws.NetConn(), head); err != nil || head[0] != closeByte {
		p.t.Errorf("got % x, %v; want a close", head, err)
	}
}

func TestPeerThatClosesIsAnswered(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	if err := p.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""), time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	p.closed(websocket.CloseNormalClosure)
	eventually(t, "the page is gone", func() bool { return h.Snapshot().Open == 0 })
}

// A page that is there answers pings; one that is gone without a word is dead after a while.
func TestSilentSocketIsEnded(t *testing.T) {
	turned := newClock()
	h := open(t, Options{Clock: turned.now})
	quiet, there := h.visit(1), h.visit(2)
	quiet.ws.SetPingHandler(func(string) error { return nil })
	var alive *conn
	for _, c := range h.all() {
		if c.member == 2 {
			alive = c
		}
	}
	reading := make(chan error)
	go func() { _, err := there.read(); reading <- err }()
	died := time.Duration(-1)
	for past := time.Duration(0); past <= 80*time.Second && died < 0; past += 5 * time.Second {
		at := turned.turn(5 * time.Second)
		h.Hub.post(job{beat: true})
		h.settled()
		if past%(30*time.Second) == 0 && past > 0 { // by now it was pinged since it last spoke
			eventually(t, "the living page answered", func() bool {
				return at.Sub(time.Unix(0, alive.heard.Load())) < 30*time.Second
			})
		}
		if h.Snapshot().Silent > 0 {
			died = past + 5*time.Second
		}
	}
	if died < 60*time.Second || died > 75*time.Second {
		t.Errorf("ended after %v without a sign of life, want 60 to 75 s", died)
	}
	quiet.closed(CloseSilent)
	if n := h.Snapshot(); n.Silent != 1 || n.Open == 0 {
		t.Errorf("counted %+v", n)
	}
	there.ws.Close()
	<-reading
}

func TestPingsAreStaggered(t *testing.T) {
	turned := newClock()
	h := open(t, Options{Clock: turned.now})
	at := map[time.Time]bool{}
	for range 10 {
		h.visit(0)
	}
	for _, c := range h.all() {
		if d := c.pingAt.Sub(turned.now()); d < 0 || d >= 30*time.Second {
			t.Errorf("first ping after %v", d)
		}
		at[c.pingAt] = true
	}
	if len(at) < 2 {
		t.Error("all are pinged at once")
	}
}
