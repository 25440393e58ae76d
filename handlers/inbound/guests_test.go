package inbound

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"guildhall/models/id"
)

// opened is a door that somebody can knock at; change is made to it before.
func opened(t *testing.T, change func(*Door)) (at string) {
	t.Helper()
	d, err := New(House{Domain: "club.example", Log: slog.New(slog.DiscardHandler), Pace: func(id.ID) bool { return true }})
	if err != nil {
		t.Fatal(err)
	}
	change(d)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- d.Serve(l) }()
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// knocks connects, and returns the first line that is said.
func knocks(t *testing.T, at string) (conn net.Conn, in *bufio.Reader, says string) {
	t.Helper()
	conn, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // some end before
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	in = bufio.NewReader(conn)
	says, err = in.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return conn, in, says
}

// From one place come so many at a time. Whoever leaves makes room.
func TestFewComeFromOnePlace(t *testing.T) {
	at := opened(t, func(*Door) {})
	var inside []net.Conn
	for range mostNextTo {
		conn, _, says := knocks(t, at)
		if !strings.HasPrefix(says, "220 ") {
			t.Fatalf("number %d reads %q", len(inside)+1, says)
		}
		inside = append(inside, conn)
	}
	if _, in, says := knocks(t, at); !strings.HasPrefix(says, "421 ") {
		t.Errorf("one more reads %q", says)
	} else if _, err := in.ReadByte(); err != io.EOF {
		t.Errorf("and then %v", err)
	}
	if err := inside[0].Close(); err != nil {
		t.Fatal(err)
	}
	for until := time.Now().Add(time.Minute); ; { // the server notices when it reads
		conn, _, says := knocks(t, at)
		if strings.HasPrefix(says, "220 ") {
			break
		}
		_ = conn.Close()
		if time.Now().After(until) {
			t.Fatal("nobody is let in after one has left")
		}
	}
}

func TestSoManyComeAtAll(t *testing.T) {
	g := received(nil, time.Minute)
	place := func(i int) netip.Prefix { return netip.MustParsePrefix(fmt.Sprintf("198.51.100.%d/32", i)) }
	for i := range mostGuests {
		if !g.enter(place(i)) {
			t.Fatalf("number %d is kept out", i+1)
		}
	}
	if g.enter(place(200)) {
		t.Error("there is no end to them")
	}
	g.left(place(0))
	if !g.enter(place(200)) || len(g.from) != mostGuests {
		t.Errorf("nobody takes the place of who left; %d places are counted", len(g.from))
	}
}

// Who has a whole network is one neighbour, and not as many as they like.
func TestNeighbours(t *testing.T) {
	for at, want := range map[string]string{"198.51.100.7:25": "198.51.100.7/32", "[::ffff:198.51.100.7]:25": "198.51.100.7/32", "[2001:db8:1:2:3::4]:25": "2001:db8:1:2::/64", "[fe80::1%eth0]:25": "fe80::/64"} {
		if got := neighbours(addr(at)); got.String() != want {
			t.Errorf("%s: %s", at, got)
		}
	}
}

type addr string

func (a addr) Network() string { return "tcp" }
func (a addr) String() string  { return string(a) }

// Whoever says nothing is let go, and so is whoever says nothing of use for ever.
func TestNobodyStaysForLong(t *testing.T) {
	for name, change := range map[string]func(*Door){
		"silent": func(d *Door) { d.server.ReadTimeout = 10 * time.Millisecond },
		"chatty": func(d *Door) { d.stay = 50 * time.Millisecond },
	} {
		conn, in, _ := knocks(t, opened(t, change))
		for err := error(nil); err == nil; {
			if name == "chatty" {
				_, _ = conn.Write([]byte("NOOP\r\n")) // fails once they are let go
			}
			if _, err = in.ReadString('\n'); err != nil && strings.Contains(err.Error(), "timeout") {
				t.Errorf("%s: still there after a minute", name)
			}
		}
	}
}
