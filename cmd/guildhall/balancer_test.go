package main

import (
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"guildhall/models/clubtest"
)

// balancer stands before the instances of a club, as any does: it brings each connection to one that says
// that it is ready, in turn. Unlike others it cuts connections when told, wherever they are.
type balancer struct {
	URL string

	t       *testing.T
	door    net.Listener
	behind  []string // host and port of each instance
	over    chan struct{}
	running sync.WaitGroup

	mu    sync.Mutex
	ready map[string]bool
	turn  int
	links map[*link]struct{}
	cuts  int
}

// link is one connection through the balancer. When left is used up by what goes down, it breaks.
type link struct {
	near, far *net.TCPConn
	left      atomic.Int64
}

const unlimited = 1 << 60

func balanced(t *testing.T, programs ...*program) *balancer {
	t.Helper()
	door := clubtest.Must(net.Listen("tcp", "127.0.0.1:0"))(t)
	b := &balancer{URL: "http://" + door.Addr().String(), t: t, door: door, over: make(chan struct{}), ready: map[string]bool{}, links: map[*link]struct{}{}}
	for _, p := range programs {
		b.behind = append(b.behind, strings.TrimPrefix(p.URL, "http://"))
		p.Env = append(p.Env, "GUILDHALL_BASE_URL="+b.URL)
	}
	b.running.Go(b.open)
	b.running.Go(b.look)
	t.Cleanup(func() {
		close(b.over)
		_ = door.Close()
		b.each(func(l *link) { l.end() })
		b.running.Wait()
	})
	return b
}

// look asks every instance again and again whether it is ready.
func (b *balancer) look() {
	asks := http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for {
		for _, at := range b.behind {
			answer, err := asks.Get("http://" + at + "/readyz")
			if err == nil {
				_ = answer.Body.Close()
			}
			b.mu.Lock()
			b.ready[at] = err == nil && answer.StatusCode == http.StatusOK
			b.mu.Unlock()
		}
		select {
		case <-b.over:
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// sees waits until the balancer knows whether an instance is ready.
func (b *balancer) sees(p *program, ready bool) {
	b.t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		b.mu.Lock()
		is := b.ready[strings.TrimPrefix(p.URL, "http://")]
		b.mu.Unlock()
		if is == ready {
			return
		}
		if time.Now().After(end) {
			b.t.Fatalf("%s does not become ready: %v", p.URL, ready)
		}
	}
}

func (b *balancer) open() {
	for {
		near, err := b.door.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err == nil {
			b.running.Go(func() { b.bring(near.(*net.TCPConn)) })
		}
	}
}

// next are the instances that are ready, the one whose turn it is first.
func (b *balancer) next() (all []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn++
	for i := range b.behind {
		if at := b.behind[(b.turn+i)%len(b.behind)]; b.ready[at] {
			all = append(all, at)
		}
	}
	return all
}

func (b *balancer) bring(near *net.TCPConn) {
	for _, at := range b.next() {
		far, err := net.Dial("tcp", at)
		if err != nil {
			continue
		}
		l := &link{near: near, far: far.(*net.TCPConn)}
		l.left.Store(unlimited)
		b.mu.Lock()
		b.links[l] = struct{}{}
		b.mu.Unlock()
		b.running.Go(func() {
			_, _ = io.Copy(l.far, l.near) // both ends break where one does
			_ = l.far.CloseWrite()
		})
		if l.down() {
			_ = l.near.Close()
			_ = l.far.Close()
		} else {
			l.end()
		}
		b.mu.Lock()
		delete(b.links, l)
		b.mu.Unlock()
		return
	}
	_ = near.SetLinger(0)
	_ = near.Close()
}

// down carries what the instance says as far as the link may, and tells whether that was all.
func (l *link) down() (whole bool) {
	buf := make([]byte, 4096)
	for {
		n, err := l.far.Read(buf)
		left := l.left.Add(-int64(n))
		if _, failed := l.near.Write(buf[:max(0, min(n, n+int(left)))]); failed != nil || left <= 0 {
			return false
		}
		if err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}

// end breaks both sides, without a word.
func (l *link) end() {
	for _, side := range []*net.TCPConn{l.near, l.far} {
		_ = side.SetLinger(0)
		_ = side.Close()
	}
}

func (b *balancer) each(fn func(*link)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for l := range b.links {
		fn(l)
	}
}

// cut breaks every connection, some at once and some in the middle of what comes next.
func (b *balancer) cut() {
	b.each(func(l *link) {
		b.cuts++
		if rand.IntN(2) == 0 {
			l.end()
		} else {
			l.left.Store(1 + rand.Int64N(300))
		}
	})
}
