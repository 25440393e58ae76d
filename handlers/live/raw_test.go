package live

import (
	"encoding/binary"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

const (
	final        = 0x80
	reserved     = 0x40
	continuation = 0
	text         = 1
	binaryFrame  = 2
)

// wire makes one frame as it stands on the wire, masked as clients have to.
func wire(first byte, payload string) []byte {
	mask := []byte{7, 11, 13, 17}
	b := []byte{first}
	switch n := len(payload); {
	case n < 126:
		b = append(b, 0x80|byte(n))
	case n < 1<<16:
		b = binary.BigEndian.AppendUint16(append(b, 0x80|126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 0x80|127), uint64(n))
	}
	b = append(b, mask...)
	for i := range len(payload) {
		b = append(b, payload[i]^mask[i%4])
	}
	return b
}

// writes puts bytes on the wire as they are. The other side may have ended it in the middle.
func (p *page) writes(all ...[]byte) {
	p.t.Helper()
	_, _ = (*net.Buffers)(&all).WriteTo(p.ws.NetConn())
}

const ping = `{"op":"ping","ref":"r"}`

// A message may come in pieces, with pings between them, each piece by itself or all at once.
func TestFragmentsMakeOneMessage(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	pongs := 0
	p.ws.SetPongHandler(func(string) error { pongs++; return nil })
	pieces := [][]byte{wire(text, ping[:3]), wire(pingByte, "are you there"), wire(continuation, ping[3:9]), wire(continuation, ""), wire(final|continuation, ping[9:])}
	for _, piece := range pieces {
		p.writes(piece)
	}
	if g := p.expect("ack"); g.Ref != "r" {
		t.Errorf("got %+v", g)
	}
	p.writes(pieces...)
	if g := p.expect("ack"); g.Ref != "r" || pongs != 2 {
		t.Errorf("got %+v, after %d pongs", g, pongs)
	}
	p.quiet()
}

// What is no websocket frame of a client's ends the socket with a code that says so; nobody else notices.
func TestBrokenFrames(t *testing.T) {
	masked := wire(final|text, ping)
	unmasked := append([]byte{final | text, byte(len(ping))}, ping...)
	huge := append(binary.BigEndian.AppendUint64([]byte{final | text, 0x80 | 127}, 1<<40), 1, 2, 3, 4)
	negative := append(binary.BigEndian.AppendUint64([]byte{final | text, 0x80 | 127}, 1<<63|5), 1, 2, 3, 4)
	long := strings.Repeat("x", 40<<10)
	h := open(t, Options{})
	other := h.visit(9)
	for name, c := range map[string]struct {
		code int
		wire [][]byte
	}{
		"unmasked":                         {websocket.CloseProtocolError, [][]byte{unmasked}},
		"a reserved bit":                   {websocket.CloseProtocolError, [][]byte{wire(final|reserved|text, ping)}},
		"another reserved bit":             {websocket.CloseProtocolError, [][]byte{wire(final|0x20|text, ping)}},
		"the third of them":                {websocket.CloseProtocolError, [][]byte{wire(final|0x10|text, ping)}},
		"a kind that is none":              {websocket.CloseProtocolError, [][]byte{wire(final|3, ping)}},
		"a control kind that is none":      {websocket.CloseProtocolError, [][]byte{wire(final|11, "")}},
		"a piece of nothing":               {websocket.CloseProtocolError, [][]byte{wire(final|continuation, ping)}},
		"a message within another":         {websocket.CloseProtocolError, [][]byte{wire(text, ping[:3]), masked}},
		"a ping in pieces":                 {websocket.CloseProtocolError, [][]byte{wire(9, "x")}},
		"a ping too long":                  {websocket.CloseProtocolError, [][]byte{wire(pingByte, strings.Repeat("x", 126))}},
		"a close with half a code":         {websocket.CloseNoStatusReceived, [][]byte{wire(closeByte, "x")}},
		"a close with no text":             {websocket.CloseProtocolError, [][]byte{wire(closeByte, "\x03\xe8\xff\xfe")}},
		"a close with a code that is none": {websocket.CloseProtocolError, [][]byte{wire(closeByte, "\x00\x01")}},
		"a length below nothing":           {websocket.CloseMessageTooBig, [][]byte{negative}},
		"a length beyond everything":       {websocket.CloseMessageTooBig, [][]byte{huge}},
		"one byte too many":                {websocket.CloseMessageTooBig, [][]byte{wire(final|text, strings.Repeat("x", 64<<10+1))}},
		"too many in pieces":               {websocket.CloseMessageTooBig, [][]byte{wire(text, long), wire(final|continuation, long)}},
		"not text":                         {ClosePolicy, [][]byte{wire(final|text, "{\"op\":\"ping\",\"ref\":\"\xff\"}"), wire(final|text, "\xc3\x28"), wire(final|text, "\xed\xa0\x80")}},
		"no text":                          {ClosePolicy, [][]byte{wire(final|binaryFrame, ping), wire(final|binaryFrame, ping), wire(final|binaryFrame, "")}},
		"no JSON":                          {ClosePolicy, [][]byte{wire(final|text, ""), wire(final|text, strings.Repeat("[", 60<<10)), wire(final|text, "\x00")}},
		"pings without end":                {ClosePolicy, slices.Repeat([][]byte{wire(pingByte, "x")}, 200)},
	} {
		t.Run(name, func(t *testing.T) {
			p := h.visit(1)
			p.t = t
			p.writes(c.wire...)
			frames, reason := p.closed(c.code)
			if c.code == ClosePolicy && (len(frames) == 0 || frames[0].Type != "error" || frames[0].Text == "" || reason == "") {
				t.Errorf("before the end came %+v, and as the reason %q", frames, reason)
			}
			other.quiet()
		})
	}
	eventually(t, "they are all gone", func() bool { return h.Snapshot().Open == 1 })
}

// However slowly a frame comes, it is one; the socket is not held to be silent meanwhile, nor anybody else held up.
func TestByteByByte(t *testing.T) {
	h := open(t, Options{})
	p, other := h.visit(1), h.visit(2)
	for _, b := range wire(final|text, ping) {
		p.writes([]byte{b})
		other.quiet()
	}
	p.expect("ack")
}

var closeRow = regexp.MustCompile(`(?m)^\| ([\d, ]+) \|`)

// Every close code that the protocol knows is one that a client has met.
func TestEveryCloseCodeIsMet(t *testing.T) {
	turned := newClock()
	h := open(t, Options{Clock: turned.now})
	ends := map[string]func(p *page){
		"1000": func(p *page) {
			p.writes(wire(closeByte, "\x03\xe8"))
			p.closed(websocket.CloseNormalClosure)
		},
		"1001": func(p *page) {
			p.writes(wire(closeByte, "\x03\xe9"))
			p.closed(websocket.CloseGoingAway)
		},
		"1002": func(p *page) { p.writes(wire(final|3, "")); p.closed(websocket.CloseProtocolError) },
		"1008": func(p *page) {
			for range 3 {
				p.say("?")
			}
			p.closed(ClosePolicy)
		},
		"1009": func(p *page) {
			p.writes(wire(final|text, strings.Repeat("x", 64<<10+1)))
			p.closed(websocket.CloseMessageTooBig)
		},
		"1013": func(p *page) {
			c := h.connsOf(1)[0]
			c.end(CloseOverload, "This connection could not keep up.") // TestSlowClientIsCut has how it comes to that
			p.closed(CloseOverload)
		},
		"4401": func(p *page) {
			h.club.with(func() { h.club.ended[1] = ErrSignedOut })
			h.Recheck(1)
			p.closed(CloseSignedOut)
		},
		"4403": func(p *page) {
			h.club.with(func() { h.club.ended[1] = ErrBarred })
			h.Recheck(1)
			p.closed(CloseBarred)
		},
		"4408": func(p *page) {
			turned.turn(71 * time.Second)
			h.Hub.post(job{beat: true})
			p.closed(CloseSilent)
		},
		"1012": func(p *page) {
			for _, c := range h.all() {
				c.restart()
			}
			p.closed(CloseRestart)
		},
	}
	said, err := os.ReadFile("PROTOCOL.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(said), "\n## Closes\n")
	section, _, _ = strings.Cut(section, "\n## ")
	met := 0
	for _, row := range closeRow.FindAllStringSubmatch(section, -1) {
		for code := range strings.SplitSeq(row[1], ", ") {
			end := ends[code]
			if end == nil {
				t.Errorf("nobody has met %s", code)
				continue
			}
			met++
			end(h.visit(1))
			h.club.with(func() { clear(h.club.ended) })
			eventually(t, "the socket is gone", func() bool { return h.Snapshot().Open == 0 })
		}
	}
	if met != len(ends) {
		t.Errorf("PROTOCOL.md has %d codes, and %d are known here", met, len(ends))
	}
}

// Before the upgrade, too, each refusal has its status.
func TestEveryRefusalIsMet(t *testing.T) {
	h := open(t, Options{PerMember: 1})
	h.visit(1)
	for want, header := range map[int]http.Header{http.StatusTooManyRequests: as(1), http.StatusForbidden: {}} {
		if _, answer, err := h.dial(dialling{protocol: "guildhall.json.v1", header: header}); err == nil || answer == nil || answer.StatusCode != want {
			t.Errorf("%v, %v, and not %d", answer, err, want)
		}
	}
}
