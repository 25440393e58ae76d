package live

import (
	"net/http"
	"slices"

	"github.com/gorilla/websocket"
)

// A format is what a subprotocol's frames carry: fragments or values.
type format int

const (
	asHTML format = iota
	asJSON
	formats
)

// In the order in which they are chosen when a client offers several.
var subprotocols = []string{asHTML: "guildhall.html.v1", asJSON: "guildhall.json.v1"}

// ours wants one Origin, and one of ours: a cookie travels with a handshake from any site, and a
// missing Origin is what a library's default lets through.
func (h *Hub) ours(r *http.Request) bool {
	origin := r.Header.Values("Origin")
	return len(origin) == 1 && slices.Contains(h.opts.Origins, origin[0])
}

// Refused is an answer given instead of an upgrade.
type Refused struct {
	Status int
	Text   string
}

func (r *Refused) Error() string { return r.Text }

// unfit says why r cannot become a socket at all, before anybody is asked who it is from.
func (h *Hub) unfit(r *http.Request) error {
	switch {
	case r.ProtoMajor != 1:
		return &Refused{http.StatusUpgradeRequired, "Live updates need HTTP/1.1."}
	case !websocket.IsWebSocketUpgrade(r):
		return &Refused{http.StatusUpgradeRequired, "Live updates come over a websocket."}
	case !h.ours(r):
		return &Refused{http.StatusForbidden, "This address may not open a live connection here."}
	case !slices.ContainsFunc(websocket.Subprotocols(r), known):
		return &Refused{http.StatusBadRequest, "This live connection speaks none of our subprotocols."}
	}
	return nil
}

func known(protocol string) bool { return slices.Contains(subprotocols, protocol) }
