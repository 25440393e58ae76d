package live

import (
	"io"
	"log/slog"
	"net"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// BenchmarkBroadcast tells one message to a thousand pages over loopback and waits until every
// page has all its bytes. The pages read in this process too, so their share is in the time.
func BenchmarkBroadcast(b *testing.B) {
	const pages = 1000
	h := New(newClub(nil), Options{Origins: []string{origin}, Every: -1, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	server := httptest.NewServer(h)
	defer server.Close()
	var read, want atomic.Int64
	arrived := make(chan struct{}, 1)
	for range pages {
		c := dialRaw(b, server.Listener.Addr().String())
		defer c.Close()
		go func() {
			buf := make([]byte, 4096)
			for {
				n, err := c.Read(buf)
				if err != nil {
					return
				}
				if read.Add(int64(n)) == want.Load() {
					arrived <- struct{}{}
				}
			}
		}()
	}
	change := func(seq int64) Change {
		return Change{Seq: seq, Kind: "message", ID: "0123456789a", HTML: strings.Repeat("x", 100)}
	}
	for seated := 0; seated < pages; {
		seated = 0
		for _, c := range h.all() {
			c.mu.Lock()
			if len(c.seats) == 1 && !c.seats[0].behind {
				seated++
			}
			c.mu.Unlock()
		}
	}
	frame := int64(len(runs(lobby, []Change{change(1_000_000)})[0].in(asHTML).all))
	b.ReportAllocs()
	b.SetBytes(pages * frame)
	before := h.Snapshot().Sent
	seq := int64(1_000_000)
	h.hall(lobby).told.Store(seq)
	for _, c := range h.all() {
		c.mu.Lock()
		c.seats[0].last = seq
		c.mu.Unlock()
	}
	read.Store(0)
	for i := int64(1); b.Loop(); i++ {
		want.Store(i * pages * frame)
		h.Tell(lobby, change(seq+i))
		<-arrived
	}
	b.ReportMetric(float64(h.Snapshot().Sent-before)/float64(b.N), "deliveries/op")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(h.Snapshot().Sent-before), "µs/delivery")
}

// dialRaw connects without a websocket library: what a page allocates is not ours to measure.
func dialRaw(b *testing.B, address string) net.Conn {
	c, err := net.Dial("tcp", address)
	if err != nil {
		b.Fatal(err)
	}
	hello := "GET /live HTTP/1.1\r\nHost: club.example\r\nOrigin: " + origin + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: guildhall.html.v1\r\n\r\n"
	if _, err := io.WriteString(c, hello); err != nil {
		b.Fatal(err)
	}
	answer := make([]byte, 512)
	if n, err := c.Read(answer); err != nil || !strings.Contains(string(answer[:n]), " 101 ") {
		b.Fatalf("%q, %v", answer[:n], err)
	}
	join := `{"op":"join","room":"` + string(lobby) + `"}`
	frame := append([]byte{textByte, 0x80 | byte(len(join)), 0, 0, 0, 0}, join...)
	if _, err := c.Write(frame); err != nil {
		b.Fatal(err)
	}
	return c
}
