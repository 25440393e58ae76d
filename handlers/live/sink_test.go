package live

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// pair is a TCP connection with small buffers: ours and theirs.
func pair(t *testing.T) (ours, theirs *net.TCPConn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	c, err := narrowly(4096)("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	s, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	ours, theirs = s.(*net.TCPConn), c.(*net.TCPConn)
	if err := ours.SetWriteBuffer(4096); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ours.Close(); theirs.Close() })
	return ours, theirs
}

// stall sends numbered bytes until some must wait, and returns how many.
func stall(t *testing.T, s *sink) (sent int) {
	t.Helper()
	for ; !s.waiting(); sent++ {
		if err := s.send(newAttempt(), binary.BigEndian.AppendUint32(nil, uint32(sent))); err != nil {
			t.Fatal(err)
		}
	}
	return sent
}

func (s *sink) waiting() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.draining
}

// The deadline of a drain must not outlive it: a direct write would be refused for ever after.
func TestWritesGoOnLongAfterADrain(t *testing.T) {
	ours, theirs := pair(t)
	const short = 300 * time.Millisecond
	s := newSink(ours, 1<<20, short)
	sent := stall(t, s)
	if _, err := io.CopyN(io.Discard, theirs, int64(4*sent)); err != nil {
		t.Fatal(err)
	}
	s.idle()
	time.Sleep(2 * short) // the premise: the drain's deadline has passed
	if err := s.send(newAttempt(), []byte("on")); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 2)
	if _, err := io.ReadFull(theirs, b); err != nil || string(b) != "on" {
		t.Fatalf("%q, %v", b, err)
	}
}

func TestEndIsLastAndNothingFollows(t *testing.T) {
	ours, theirs := pair(t)
	s := newSink(ours, 1<<20, patience)
	sent := stall(t, s)
	s.end([]byte("last"))
	s.end([]byte("twice"))
	if err := s.send(newAttempt(), []byte("late")); !errors.Is(err, errEnded) {
		t.Errorf("after the end: %v", err)
	}
	if n, err := s.Write([]byte("late pong")); n != 9 || err != nil {
		t.Errorf("gorilla's late write: %d, %v; want it swallowed", n, err)
	}
	go func() { s.idle(); s.Close() }()
	all, err := io.ReadAll(theirs)
	if err != nil || len(all) != 4*sent+4 || !bytes.HasSuffix(all, []byte("last")) {
		t.Errorf("%d bytes, %v; want %d and the last at the end", len(all), err, 4*sent+4)
	}
}

func TestPeerThatNeverReadsIsGivenUp(t *testing.T) {
	ours, _ := pair(t)
	s := newSink(ours, 1<<20, time.Millisecond)
	if err := s.send(newAttempt(), make([]byte, 4<<20)); err != nil { // more than a socket takes
		t.Fatal(err)
	}
	s.idle() // returns because the drain gave up
	if err := s.send(newAttempt(), []byte("x")); !errors.Is(err, errEnded) {
		t.Errorf("after giving up: %v", err)
	}
}

func TestOneFrameMayBeLargerThanTheBound(t *testing.T) {
	ours, theirs := pair(t)
	s := newSink(ours, 1000, patience)
	if err := s.send(newAttempt(), make([]byte, 1<<18)); err != nil {
		t.Fatal(err)
	}
	if err := s.send(newAttempt(), make([]byte, 1000)); !errors.Is(err, errSlow) {
		t.Fatalf("a second one: %v, want errSlow", err)
	}
	if _, err := io.CopyN(io.Discard, theirs, 1<<18); err != nil {
		t.Fatal(err)
	}
}

// Frames of the broadcast, of the reader's answers and of pongs never mix, though the page stops
// reading for a while.
func TestOrderWithPingsDuringAStall(t *testing.T) {
	for name, start := range map[string]func(*house){
		"plain": func(h *house) { h.server.Start() },
		"TLS":   func(h *house) { h.server.StartTLS() },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, newClub(t), Options{Pending: 64 << 20, Rate: 1e6, Burst: 1e6})
			h.server.Listener = narrow{h.server.Listener}
			start(h)
			const changes, pings = 4000, 100
			p := h.enters(dialling{protocol: "guildhall.html.v1", header: as(1), receive: 4096})
			p.join(lobby, 0)
			p.quiet()
			pongs := 0
			p.ws.SetPongHandler(func(string) error { pongs++; return nil })
			told := make(chan struct{})
			go func() {
				defer close(told)
				for range changes {
					h.post(lobby)
				}
			}()
			c := h.all()[0]
			eventually(t, "the page stalls", c.out.waiting)
			for range pings {
				p.raw(0x80|9, []byte("still there?"))
				p.say(`{"op":"ping","ref":"p"}`)
			}
			<-told
			acks := 0
			for seq := int64(1); seq <= changes || acks < pings; {
				switch g := p.next(); {
				case g.Type == "ack" && g.Ref == "p":
					acks++
				case g.Type == "change" && g.Seq == seq:
					seq++
				default:
					t.Fatalf("instead of change %d came %+v", seq, g)
				}
			}
			if pongs != pings {
				t.Errorf("%d pongs, want %d", pongs, pings)
			}
			if raw := c.out.raw != nil; raw != (name == "plain") {
				t.Errorf("written directly: %v", raw)
			}
		})
	}
}

// Frames of every length arrive whole, at a client that reads them by its own rules.
func TestFramesOfEveryLength(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	c := h.all()[0]
	bare := len(down{Type: Notice.frame, Text: "x"}.text()) - 2 - 1
	for _, n := range []int{bare + 1, 125, 126, 127, 1<<16 - 1, 1 << 16, 1 << 17} {
		text := strings.Repeat("x", n-bare)
		c.answer(down{Type: Notice.frame, Text: text})
		if g := p.expect("notice"); g.Text != text {
			t.Errorf("%d bytes came as %d", len(text), len(g.Text))
		}
	}
}
