package live

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// patience bounds how long a test waits for what must come; it proves nothing by passing.
const patience = 20 * time.Second

// clock is turned by hand.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) turn(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
	return c.at
}

// house is a hub behind a real HTTP server. Nothing beats by itself but what a test beats.
type house struct {
	*Hub
	t      *testing.T
	club   *club
	server *httptest.Server
}

func open(t *testing.T, opts Options) *house {
	t.Helper()
	c := newClub(t)
	h := newHouse(t, c, opts)
	h.server.Start()
	return h
}

func newHouse(t *testing.T, c *club, opts Options) *house {
	t.Helper()
	opts.Origins = []string{origin}
	if opts.Every == 0 {
		opts.Every = -1
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	h := &house{Hub: New(c, opts), t: t, club: c}
	h.server = httptest.NewUnstartedServer(h.Hub)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := h.Shutdown(ctx); err != nil {
			t.Errorf("the hub did not come to rest: %v", err)
		}
		h.server.Close()
	})
	return h
}

// post commits a change and tells it.
func (h *house) post(room Room) int64 {
	ch := h.club.commit(room)
	h.Tell(room, ch)
	return ch.Seq
}

// page is a client.
type page struct {
	t  *testing.T
	ws *websocket.Conn
}

type dialling struct {
	protocol string
	header   http.Header
	receive  int // bytes of the client's receive buffer; 0 for the system's
}

func (h *house) dial(d dialling) (*page, *http.Response, error) {
	dialer := websocket.Dialer{HandshakeTimeout: patience, Subprotocols: []string{d.protocol}}
	if d.receive > 0 {
		dialer.NetDial = narrowly(d.receive)
	}
	if tr, ok := h.server.Client().Transport.(*http.Transport); ok && tr.TLSClientConfig != nil {
		dialer.TLSClientConfig = tr.TLSClientConfig.Clone()
		dialer.TLSClientConfig.NextProtos = nil
	}
	url := "ws" + strings.TrimPrefix(h.server.URL, "http")
	ws, resp, err := dialer.Dial(url, d.header)
	if err != nil {
		return nil, resp, err
	}
	h.t.Cleanup(func() { ws.Close() })
	return &page{h.t, ws}, resp, nil
}

func as(member int64) http.Header {
	return http.Header{"Origin": {origin}, "X-Member": {strconv.FormatInt(member, 10)}}
}

// visit opens a page of our own for member.
func (h *house) visit(member int64) *page {
	h.t.Helper()
	return h.enters(dialling{protocol: "guildhall.html.v1", header: as(member)})
}

// enters opens a page and waits until the hub knows it, which is after the client has its answer.
func (h *house) enters(d dialling) *page {
	h.t.Helper()
	p, _, err := h.dial(d)
	if err != nil {
		h.t.Fatalf("visit: %v", err)
	}
	eventually(h.t, "the hub knows the page", func() bool {
		return slices.ContainsFunc(h.all(), func(c *conn) bool {
			return c.out.RemoteAddr().String() == p.ws.LocalAddr().String()
		})
	})
	return p
}

// got is a frame from the server.
type got struct {
	Type, Ref, Kind, ID, Code, Text, HTML string
	Room                                  Room
	Seq                                   int64
	Data                                  json.RawMessage
}

func (p *page) say(frame string) {
	p.t.Helper()
	if err := p.ws.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
		p.t.Fatalf("say: %v", err)
	}
}

func (p *page) read() (g got, err error) {
	_ = p.ws.SetReadDeadline(time.Now().Add(patience))
	_, data, err := p.ws.ReadMessage()
	if err != nil {
		return g, err
	}
	return g, json.Unmarshal(data, &g)
}

func (p *page) next() got {
	p.t.Helper()
	g, err := p.read()
	if err != nil {
		p.t.Fatalf("next frame: %v", err)
	}
	return g
}

// expect reads the next frame, which must be of this type.
func (p *page) expect(kind string) got {
	p.t.Helper()
	g := p.next()
	if g.Type != kind {
		p.t.Fatalf("got %+v, want a frame of type %s", g, kind)
	}
	return g
}

func (p *page) change(seq int64) {
	p.t.Helper()
	if g := p.expect("change"); g.Seq != seq {
		p.t.Fatalf("got change %d, want %d", g.Seq, seq)
	}
}

// closed reads on until the socket ends, and wants this code.
func (p *page) closed(code int) (frames []got, text string) {
	p.t.Helper()
	for {
		g, err := p.read()
		var bye *websocket.CloseError
		switch {
		case err == nil:
			frames = append(frames, g)
		case errors.As(err, &bye) && bye.Code == code:
			return frames, bye.Text
		default:
			p.t.Fatalf("ended with %v after %+v, want code %d", err, frames, code)
		}
	}
}

// join enters room after the sequence since and returns its head.
func (p *page) join(room Room, since int64) int64 {
	p.t.Helper()
	p.say(`{"op":"join","ref":"j","room":"` + string(room) + `","seq":` + strconv.FormatInt(since, 10) + `}`)
	g := p.expect("ack")
	if g.Ref != "j" || g.Room != room {
		p.t.Fatalf("got %+v, want the answer to the join", g)
	}
	return g.Seq
}

// quiet proves that nothing is on its way to the page: the answer to a ping comes next.
func (p *page) quiet() {
	p.t.Helper()
	p.say(`{"op":"ping","ref":"quiet"}`)
	if g := p.expect("ack"); g.Ref != "quiet" {
		p.t.Fatalf("got %+v, want silence", g)
	}
}

// settled waits for the shards to have worked off what was posted so far.
func (h *house) settled() {
	for range cap(h.shards[0].in) + 2 { // the last fits in only when the first has been worked off
		h.Hub.post(job{hall: &hall{seats: make([][]*seat, len(h.shards))}, note: &memo{}})
	}
}

func eventually(t *testing.T, what string, f func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !f(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never happened: %s", what)
		}
	}
}
