package live

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"sync"

	"github.com/gorilla/websocket"
)

// Buffers are small, and written ones borrowed, because most sockets are idle. Compression stays
// off: an inflated frame passes the read limit.
var upgrader = websocket.Upgrader{
	ReadBufferSize:  512,
	WriteBufferSize: 1024,
	WriteBufferPool: &sync.Pool{},
	Subprotocols:    subprotocols,
}

// Accept turns r into a live socket and returns at once, so that what the HTTP server holds for
// a request is freed. An error means that nothing was answered yet: it is a *Refused, or what
// the Backend's Open gave.
func (h *Hub) Accept(w http.ResponseWriter, r *http.Request) error {
	if err := h.unfit(r); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), h.opts.AskWait)
	defer cancel()
	s, err := h.back.Open(ctx, r)
	if err != nil {
		return err
	}
	if err := h.reserve(s.Member); err != nil {
		h.count.refused.Add(1)
		return err
	}
	return h.upgrade(w, r, s)
}

func (h *Hub) upgrade(w http.ResponseWriter, r *http.Request, s *Session) error {
	refused := &Refused{Status: http.StatusInternalServerError}
	up := upgrader
	up.CheckOrigin = h.ours
	up.Error = func(_ http.ResponseWriter, _ *http.Request, status int, reason error) {
		refused.Status, refused.Text = status, reason.Error()
	}
	hj := &hijacker{ResponseWriter: w, hub: h}
	ws, err := up.Upgrade(hj, r, nil)
	if err != nil {
		h.release(s.Member)
		h.sockets.Done()
		if hj.out != nil {
			return nil // the connection is ours, and broke: there is nobody to answer
		}
		return refused
	}
	c := h.newConn(ws, hj.out, s, format(slices.Index(subprotocols, ws.Subprotocol())))
	h.enter(c)
	go c.run()
	return nil
}

// hijacker slips the sink under the upgrade.
type hijacker struct {
	http.ResponseWriter
	hub *Hub
	out *sink
}

func (h *hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	c, rw, err := http.NewResponseController(h.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	h.out = newSink(c, h.hub.opts.Pending, h.hub.opts.WriteWait)
	return h.out, rw, nil
}

// ServeHTTP is Accept for a server without pages of its own for errors.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := h.Accept(w, r)
	var refused *Refused
	var said ForPeople
	switch {
	case err == nil:
	case errors.As(err, &refused):
		http.Error(w, refused.Text, refused.Status)
	case errors.Is(err, ErrSignedOut):
		http.Error(w, "Please sign in first.", http.StatusUnauthorized)
	case errors.As(err, &said):
		http.Error(w, said.Text(), http.StatusForbidden)
	case errors.Is(err, ErrBarred):
		http.Error(w, "This is not open to you.", http.StatusForbidden)
	default:
		h.complain("open", err)
		http.Error(w, broken.text, http.StatusInternalServerError)
	}
}
