package main

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// serveBare is a bare server for one test.
func serveBare(t *testing.T, size int) *target {
	t.Helper()
	s := httptest.NewServer(bareHandler(size))
	t.Cleanup(s.Close)
	return &target{URL: s.URL}
}

func (r report) value(t *testing.T, name string) float64 {
	t.Helper()
	for _, f := range r {
		if f.name == name {
			return f.value
		}
	}
	t.Fatalf("%q is not in the report %v", name, r)
	return 0
}

// Whatever is said is counted at every socket of its room, and at no other.
func TestAFanCountsEachDelivery(t *testing.T) {
	at := serveBare(t, 300)
	f := fan{sockets: 30, rate: 50, last: 500 * time.Millisecond, stalled: 3}
	r, size, err := f.run(t.Context(), at, make([]visitor, 1), []string{"one", "two"})
	if err != nil {
		t.Fatal(err)
	}
	kept := r.value(t, "messages kept")
	if kept != 50 || r.value(t, "deliveries") != kept*15 || r.value(t, "lost") != 0 || r.value(t, "twice") != 0 || r.value(t, "left out of a sequence") != 0 {
		t.Errorf("the report is %v", r)
	}
	if size < 290 || size > 310 {
		t.Errorf("frames of 300 bytes count as %d", size)
	}
}

// What a socket misses, or is sent again, is in the report.
func TestAHearerNoticesLossAndRepetition(t *testing.T) {
	h := &hearer{seq: 4}
	for _, seq := range []string{"5", "5", "8", "9", "7"} {
		h.take([]byte(`{"type":"change","room":"r","seq":`+seq+`}`), time.Now())
	}
	if h.twice != 2 || h.gaps != 2 || h.seq != 9 {
		t.Errorf("twice %d, left out %d, at %d", h.twice, h.gaps, h.seq)
	}
}

// Everybody who was cut comes back, and pages are read meanwhile.
func TestAStormEnds(t *testing.T) {
	r, _, err := storm{Sockets: 20, Rate: 100, Page: "/"}.run(t.Context(), serveBare(t, 300), make([]visitor, 1), "one")
	if err != nil {
		t.Fatal(err)
	}
	if r.value(t, "came back") != 20 || r.value(t, "attempts") < 20 || r.value(t, "pages meanwhile") == 0 || r.value(t, "pages that failed") != 0 {
		t.Errorf("the report is %v", r)
	}
}

func TestPagesAreAskedForAtTheRate(t *testing.T) {
	p := pages{target: target{For: 500 * time.Millisecond}, Rate: 100, Mix: map[string]int{"/a": 1, "/b": 2}}
	r, size, err := p.run(t.Context(), serveBare(t, 1000), make([]visitor, 1))
	if err != nil {
		t.Fatal(err)
	}
	if r.value(t, "pages") != 50 || r.value(t, "failed") != 0 || size != 1000 {
		t.Errorf("the report is %v, of pages of %d bytes", r, size)
	}
}

// A frame is read whole however it comes, and a close tells its code.
func TestFramesOfEveryLengthAreRead(t *testing.T) {
	ours, theirs := net.Pipe()
	w := &wire{conn: ours, buf: make([]byte, 16)}
	long, longest := strings.Repeat("a", 300), strings.Repeat("b", 70_000)
	go func() {
		for _, part := range []string{"\x81\x02hi\x81", "\x7e\x01", "\x2c" + long, "\x81\x7f\x00\x00\x00\x00\x00\x01\x11\x70" + longest, "\x88\x0a\x03\xf4{\"a\":1}x"} {
			_, _ = theirs.Write([]byte(part)) // reading says whether it came
		}
	}()
	for _, want := range []string{"hi", long, longest} {
		got, err := w.next()
		if err != nil || string(got) != want {
			t.Fatalf("%d bytes came for %d: %v", len(got), len(want), err)
		}
	}
	_, err := w.next()
	var c closed
	if !errors.As(err, &c) || c.code != 1012 || c.reason != `{"a":1}x` {
		t.Errorf("the close is %v", err)
	}
}

func TestAClientComesBackAsTheProtocolSays(t *testing.T) {
	if d := pause(closed{1012, `{"retry_ms":4321}`}, time.Second); d != 4321*time.Millisecond {
		t.Errorf("after a restart it waits %s", d)
	}
	for range 100 {
		if d := pause(context.Canceled, time.Second); d >= time.Second {
			t.Errorf("after a broken line it waits %s", d)
		}
	}
}

// The table has the club beside the bare server, with the ratio where both have a figure.
func TestAReportIsATable(t *testing.T) {
	var club, bare report
	club.add("lost", 0, "")
	club.spread("read", []time.Duration{4 * time.Millisecond, time.Millisecond, 2 * time.Millisecond})
	bare.spread("read", []time.Duration{time.Millisecond})
	var out bytes.Buffer
	club.print(&out, "Pages", bare)
	for _, line := range []string{"### Pages", "| lost | 0 | | |", "| read, p50 | 2 ms | 1 ms | 2.00 |", "| read, max | 4 ms | 1 ms | 4.00 |"} {
		if !strings.Contains(out.String(), line+"\n") {
			t.Errorf("no line %q in\n%s", line, out.String())
		}
	}
}
