package live

import (
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// conn is one socket. One goroutine at a time reads from it; whoever writes does so by send.
type conn struct {
	hub    *Hub
	ws     *websocket.Conn
	out    *sink
	format format
	member int64
	shard  int

	bucket   bucket    // the reader's
	offences int       // the reader's
	typed    time.Time // the reader's
	pingAt   time.Time // the shard's
	heard    atomic.Int64

	mu       sync.Mutex
	session  *Session
	seats    []*seat
	ended    bool
	checking bool // a Recheck is on its way
	again    bool // and another is wanted after it
	due      bool // the last one failed
}

func (h *Hub) newConn(ws *websocket.Conn, out *sink, s *Session, f format) *conn {
	n := h.serial.Add(1)
	c := &conn{hub: h, ws: ws, out: out, format: f, member: s.Member, shard: int(n) % len(h.shards), session: s}
	now := h.now()
	c.heard.Store(now.UnixNano())
	c.pingAt = now.Add(rand.N(h.opts.Ping)) // not all at once after a restart
	ws.SetReadLimit(h.opts.Frame)
	ws.SetPingHandler(c.pong)
	ws.SetPongHandler(func(string) error { c.alive(); return nil })
	return c
}

func (c *conn) alive() { c.heard.Store(c.hub.now().UnixNano()) }

// send writes whole frames. A socket that has too much waiting is cut off: it reconnects, and
// catches up. conn.mu is held; a may be nil.
func (c *conn) send(a *attempt, frames []byte) {
	if c.ended || len(frames) == 0 {
		return
	}
	if a == nil {
		a = attempts.Get().(*attempt)
		defer attempts.Put(a)
	}
	err := c.out.send(a, frames)
	if errors.Is(err, errSlow) {
		c.hub.count.slow.Add(1)
		c.endLocked(CloseOverload, "This connection could not keep up.")
		return
	}
	if err == nil {
		c.hub.count.sent.Add(1)
	}
}

func (c *conn) answer(d down) {
	frame := d.text()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.send(nil, frame)
}

func (c *conn) over() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ended
}

// lapsed reports whether the login must be asked about anew. conn.mu is held.
func (c *conn) lapsed(now time.Time) bool {
	return !c.session.Until.IsZero() && !now.Before(c.session.Until)
}

// run reads one message, carries it out, and leaves the next to a fresh goroutine: its own stack
// has grown with all that the Backend did, and would be kept as long as the page stays open.
func (c *conn) run() {
	kind, data, err := c.ws.ReadMessage()
	if err != nil {
		c.gone(err)
		return
	}
	if c.alive(); !c.over() {
		c.take(kind, data)
	}
	go c.run()
}

// gone takes the socket off the hub.
func (c *conn) gone(err error) {
	c.mu.Lock()
	c.ended = true
	seats := c.seats
	c.seats = nil
	for _, s := range seats {
		s.gone, s.held = true, nil
	}
	c.mu.Unlock()
	for _, s := range seats {
		c.hub.stand(s)
	}
	c.hub.leave(c)
	c.part(err)
	c.hub.sockets.Done()
}

// lingering is how long a client that broke the protocol is read on, unheard: closing a socket
// with bytes unread resets it, and the close that says why would be lost.
const lingering = 2 * time.Second

func (c *conn) part(err error) {
	defer c.out.Close()
	var bye *websocket.CloseError
	var network net.Error
	switch {
	case errors.As(err, &network) && !network.Timeout(), errors.Is(err, io.EOF), errors.Is(err, net.ErrClosed):
		return // nobody is there
	case errors.As(err, &bye):
		c.out.idle() // our answer to their close
		return
	}
	c.out.end(closeFrame(faulty(err), "")) // unless it was said why already
	c.out.idle()
	if half, ok := c.out.Conn.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
	_ = c.out.SetReadDeadline(time.Now().Add(lingering))
	_, _ = io.CopyN(io.Discard, c.out.Conn, 1<<20)
}

// faulty is the code of what cannot be read.
func faulty(err error) int {
	if errors.Is(err, websocket.ErrReadLimit) {
		return websocket.CloseMessageTooBig
	}
	return websocket.CloseProtocolError
}

// pong answers a ping, which costs a token like every frame: a flood of them is one.
func (c *conn) pong(data string) error {
	c.alive()
	if !c.mayAct() {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.send(nil, control(pongByte, []byte(data)))
	return nil
}
