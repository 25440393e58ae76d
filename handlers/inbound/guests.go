package inbound

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

const (
	mostGuests  = 100             // connections at a time
	mostNextTo  = 10              // of them from one address, or from one /64
	longestStay = 5 * time.Minute // of one connection, whatever it does
)

// guests is a listener that lets so many in at a time, few of them from one place, and none for long.
type guests struct {
	net.Listener
	stay time.Duration

	mu   sync.Mutex
	all  int
	from map[netip.Prefix]int
}

func received(l net.Listener, stay time.Duration) *guests {
	return &guests{Listener: l, stay: stay, from: map[netip.Prefix]int{}}
}

// Accept returns the next one who is let in. The others read that they may come back.
func (g *guests) Accept() (net.Conn, error) {
	for {
		conn, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		from := neighbours(conn.RemoteAddr())
		if g.enter(from) {
			return &guest{Conn: conn, until: time.Now().Add(g.stay), leave: sync.OnceFunc(func() { g.left(from) })}, nil
		}
		_ = conn.SetWriteDeadline(time.Now().Add(time.Second))
		_, _ = conn.Write([]byte("421 4.3.2 Too many connections, try again later\r\n")) // who does not take it comes back as well
		_ = conn.Close()
	}
}

func (g *guests) enter(from netip.Prefix) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.all >= mostGuests || g.from[from] >= mostNextTo {
		return false
	}
	g.all++
	g.from[from]++
	return true
}

func (g *guests) left(from netip.Prefix) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.all--
	if g.from[from]--; g.from[from] == 0 {
		delete(g.from, from)
	}
}

// neighbours is the address that somebody comes from or, where they have many, the /64.
func neighbours(at net.Addr) netip.Prefix {
	p, err := netip.ParseAddrPort(at.String())
	if err != nil {
		return netip.Prefix{} // all that have no address are neighbours
	}
	ip, bits := p.Addr().Unmap().WithZone(""), 32
	if ip.Is6() {
		bits = 64
	}
	near, _ := ip.Prefix(bits) // fits every address
	return near
}

// guest is a connection that no deadline prolongs beyond its stay.
type guest struct {
	net.Conn
	until time.Time
	leave func()
}

func (g *guest) SetDeadline(t time.Time) error      { return g.Conn.SetDeadline(g.within(t)) }
func (g *guest) SetReadDeadline(t time.Time) error  { return g.Conn.SetReadDeadline(g.within(t)) }
func (g *guest) SetWriteDeadline(t time.Time) error { return g.Conn.SetWriteDeadline(g.within(t)) }

func (g *guest) within(t time.Time) time.Time {
	if t.IsZero() || t.After(g.until) {
		return g.until
	}
	return t
}

func (g *guest) Close() error {
	g.leave()
	return g.Conn.Close()
}
