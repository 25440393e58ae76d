package handlers_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"guildhall/handlers"
	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
)

// crowd is a room of real sockets, each of which has joined it as a guest.
type crowd struct {
	*clubtest.Club
	asked   *clubtest.Statements
	room    chat.Room
	by      access.Viewer
	pages   int64
	heard   atomic.Int64 // changes that arrived, at all pages together
	want    atomic.Int64
	arrived chan struct{}
}

func gather(t testing.TB, club *clubtest.Club, pages int) *crowd {
	t.Helper()
	asked := club.Statements() // before the hub of this club begins to ask
	server := httptest.NewUnstartedServer(nil)
	base := "http://" + server.Listener.Addr().String()
	site := clubtest.Must(handlers.New(club.Club, handlers.Config{BaseURL: base, Dev: true, RateFactor: 1e6, Log: handlers.NewLog(io.Discard, 0)}))(t)
	server.Config.Handler = site.Handler()
	server.Start()
	t.Cleanup(server.Close)
	c := &crowd{Club: club, asked: asked, by: club.Join("talker"), pages: int64(pages), arrived: make(chan struct{}, 1)}
	c.room = clubtest.Must(club.Chat.Room(t.Context(), c.by, club.Open.ID))(t)
	for range pages {
		conn := clubtest.Must(net.Dial("tcp", server.Listener.Addr().String()))(t)
		t.Cleanup(func() { _ = conn.Close() })
		in := bufio.NewReaderSize(conn, 4096)
		enter(t, conn, in, base)
		join := fmt.Sprintf(`{"op":"join","room":%q}`, c.room.ID.String())
		clubtest.Must(conn.Write(append([]byte{0x81, 0x80 | byte(len(join)), 0, 0, 0, 0}, join...)))(t)
		for kind := ""; kind != "ack"; {
			kind = clubtest.Must(frame(in))(t)
		}
		go c.listen(in)
	}
	return c
}

// enter opens a socket without a library: what a page allocates is not ours to measure.
func enter(t testing.TB, conn net.Conn, in *bufio.Reader, base string) {
	t.Helper()
	fmt.Fprintf(conn, "GET /live HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: guildhall.html.v1\r\n\r\n", conn.RemoteAddr(), base)
	if answer := clubtest.Must(http.ReadResponse(in, nil))(t); answer.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("a page is answered %s", answer.Status)
	}
}

var typed = []byte(`{"type":"`)

// frame reads one frame past and returns its type.
func frame(in *bufio.Reader) (kind string, err error) {
	head, err := in.Peek(4)
	if err != nil {
		return "", err
	}
	skip, size := 2, int(head[1])
	if size == 126 {
		skip, size = 4, int(head[2])<<8|int(head[3])
	}
	begin, err := in.Peek(min(skip+size, skip+24))
	if err != nil {
		return "", err
	}
	begin, found := bytes.CutPrefix(begin[skip:], typed)
	name, _, _ := bytes.Cut(begin, []byte(`"`))
	switch string(name) { // no text is made of a change: it is what is measured
	case "change":
		kind = "change"
	case "ack":
		kind = "ack"
	}
	_, err = in.Discard(skip + size)
	if !found {
		kind = ""
	}
	return kind, err
}

func (c *crowd) listen(in *bufio.Reader) {
	for {
		kind, err := frame(in)
		if err != nil {
			return
		}
		if kind == "change" && c.heard.Add(1) == c.want.Load() {
			c.arrived <- struct{}{}
		}
	}
}

// say sends one message and waits until every page has it.
func (c *crowd) say(t testing.TB) {
	c.want.Add(c.pages)
	clubtest.Must(c.Chat.Send(t.Context(), c.by, c.room.ID, chat.Draft{Key: c.Key(), Text: "Mine was *3:45* at 39 °C."}))(t)
	<-c.arrived
}

// What a message costs the database does not depend on how many hear it.
func TestStatementsDoNotGrowWithTheCrowd(t *testing.T) {
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			least := map[int]int{}
			for _, pages := range []int{2, 300} {
				c := gather(t, clubtest.On(t, kind), pages)
				least[pages] = 1 << 20
				for range 6 { // into some of them falls the beat of a second
					least[pages] = min(least[pages], len(c.asked.During(func() { c.say(t) })))
				}
			}
			if least[2] != least[300] || least[2] < 10 {
				t.Errorf("statements by the number of pages: %v", least)
			}
			t.Logf("%d statements a message", least[2])
		})
	}
}

// BenchmarkMessageTo1000 sends a message and waits until a thousand pages have it: validated,
// committed with all that follows, drawn once, written to every socket. The pages read in this
// process too, so their share is in the time.
func BenchmarkMessageTo1000(b *testing.B) {
	both(b, func(b *testing.B, kind string) {
		c := gather(b, clubtest.On(b, kind), 1000)
		c.asked.Measure(b, func() { c.say(b) })
	})
}
