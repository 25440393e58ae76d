package live

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/gorilla/websocket"
)

// Op is what a client asks for, as it stands in the frame. The Backend sees the five that change
// something: send, edit, remove, react, read.
type Op struct {
	Name  string `json:"op"`
	Room  Room   `json:"room"`
	Key   string `json:"key"` // made by the client: the same key twice is one message
	Text  string `json:"text"`
	Reply string `json:"reply"`
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	On    bool   `json:"on"`
	Upto  int64  `json:"upto"`
}

// up is a whole frame from a client.
type up struct {
	Op
	Ref string `json:"ref"`
	Seq *int64 `json:"seq"` // none: from now
}

// operations says what each cannot be without, and who carries it out.
var operations = map[string]struct {
	complete func(up) bool
	needs    string
	act      func(*conn, up)
}{
	"join":   {inRoom, "room", (*conn).join},
	"leave":  {inRoom, "room", (*conn).leaveRoom},
	"typing": {inRoom, "room", (*conn).typing},
	"send":   {func(u up) bool { return u.Room != "" && u.Key != "" }, "room and key", (*conn).do},
	"edit":   {named, "id", (*conn).do},
	"remove": {named, "id", (*conn).do},
	"react":  {func(u up) bool { return u.ID != "" && u.Kind != "" }, "id and kind", (*conn).do},
	"read":   {inRoom, "room", (*conn).do},
	"ping":   {func(up) bool { return true }, "", (*conn).ack},
}

func inRoom(u up) bool { return u.Room != "" }
func named(u up) bool  { return u.ID != "" }

const longestRef = 64

// parse reads one frame. The ref comes back even where the rest is no good, if it can be told.
func parse(kind int, data []byte) (u up, err error) {
	malformed := refusal{"malformed", "A frame is one JSON object in a text message."}
	if kind != websocket.TextMessage || !utf8.Valid(data) || json.Unmarshal(data, &u) != nil {
		return up{}, malformed
	}
	if len(u.Ref) > longestRef {
		return up{}, refusal{"malformed", "A ref is at most 64 bytes long."}
	}
	o, ok := operations[u.Name]
	switch {
	case !ok:
		return u, refusal{"unknown_op", "There is no such operation."}
	case !o.complete(u):
		return u, refusal{"malformed", fmt.Sprintf("This operation needs %s.", o.needs)}
	case u.Seq != nil && *u.Seq < 0:
		return u, refusal{"malformed", "A sequence is never below zero."}
	}
	return u, nil
}

// take carries out one frame. Frames of one socket are worked off one after the other: what a
// person sends stays in order, and who sends faster than we store waits in their own socket.
func (c *conn) take(kind int, data []byte) {
	if !c.mayAct() {
		return
	}
	u, err := parse(kind, data)
	if err != nil {
		c.offend(u.Ref, err)
		return
	}
	c.hub.count.ops[u.Name].Add(1)
	operations[u.Name].act(c, u)
}

// mayAct takes a token. A client that does not slow down when told is sent away.
func (c *conn) mayAct() bool {
	o := c.hub.opts
	if c.bucket.take(c.hub.now(), o.Rate, o.Burst) {
		return true
	}
	if c.bucket.refused > o.Burst {
		c.end(ClosePolicy, "Too many frames at once.")
		return false
	}
	c.refuse("", refusal{"too_soon", "That was too fast. Please slow down."})
	return false
}

func (c *conn) offend(ref string, err error) {
	c.refuse(ref, err)
	if c.offences++; c.offences >= c.hub.opts.Offences {
		c.end(ClosePolicy, "Too many frames that cannot be read.")
	}
}
