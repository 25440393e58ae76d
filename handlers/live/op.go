package live

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/gorilla/websocket"

	"guildhall/handlers/ways"
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
	From  string `json:"from"` // of a post: the wording that its change was begun with
	Upto  int64  `json:"upto"`

	Reason string `json:"reason"` // why something of somebody else's goes
}

// up is a whole frame from a client.
type up struct {
	Op
	Ref string `json:"ref"`
	Seq *int64 `json:"seq"` // none: from now
}

// Who says who may ask for an operation at all. What they may do with it the Backend decides.
type Who string

// The two of them.
const (
	Anyone  Who = "anyone"
	Members Who = "member"
)

// Rate is the limit that an operation draws on.
type Rate string

// The rates; Options has the numbers of the first.
const (
	EachFrame  Rate = "socket-frame"  // one token of the socket's bucket
	PassedOnce Rate = "socket-typing" // one token too, and passed on once a second
)

// operation is what is promised about one: who may ask for it, which limit it draws on, what shows in
// its answer, what it cannot be without and who carries it out. Its scope is that of the socket.
type operation struct {
	who      Who
	rate     Rate
	surface  ways.Surface
	complete func(up) bool
	needs    string
	act      func(*conn, up)
}

// operations is every one there is. A line that leaves anything out does not compile, or stops the
// program at its start.
var operations = sound(map[string]operation{
	"join":   {Anyone, EachFrame, "live-changes", inRoom, "room", (*conn).join},
	"leave":  {Anyone, EachFrame, "live", inRoom, "room", (*conn).leaveRoom},
	"typing": {Members, PassedOnce, "live-typing", inRoom, "room", (*conn).typing},
	"send":   {Members, EachFrame, "live-write", func(u up) bool { return u.Room != "" && u.Key != "" }, "room and key", (*conn).do},
	"edit":   {Members, EachFrame, "live-write", named, "id", (*conn).do},
	"remove": {Members, EachFrame, "live-write", named, "id", (*conn).do},
	"react":  {Members, EachFrame, "live-write", func(u up) bool { return u.ID != "" && u.Kind != "" }, "id and kind", (*conn).do},
	"read":   {Members, EachFrame, "live-write", inRoom, "room", (*conn).do},
	"ping":   {Anyone, EachFrame, "live", func(up) bool { return true }, "nothing", (*conn).ack},
})

func inRoom(u up) bool { return u.Room != "" }
func named(u up) bool  { return u.ID != "" }

func sound(all map[string]operation) map[string]operation {
	for name, o := range all {
		if err := o.check(name); err != nil {
			panic(err)
		}
	}
	return all
}

const opsAt = "handlers/live/op.go"

func (o operation) check(name string) error {
	switch {
	case o.who != Anyone && o.who != Members, o.rate != EachFrame && o.rate != PassedOnce:
		return fmt.Errorf("operation %q: say with a Who and a Rate who may use it and which limit it draws on, in %s", name, opsAt)
	case o.complete == nil || o.needs == "" || o.act == nil:
		return fmt.Errorf("operation %q: say what it needs and who carries it out, in %s", name, opsAt)
	}
	return o.way(name).Check(opsAt)
}

func (o operation) way(name string) ways.Way {
	return ways.Way{Kind: ways.Operation, Name: name, Gate: string(o.who), Rate: string(o.rate), Surface: o.surface}
}

// Operations lists what may be asked for over a socket.
func Operations() (all []ways.Way) {
	for _, name := range slices.Sorted(maps.Keys(operations)) {
		all = append(all, operations[name].way(name))
	}
	return all
}

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
	o := operations[u.Name]
	if o.who == Members && c.member == 0 {
		c.refuse(u.Ref, noMember)
		return
	}
	c.hub.count.ops[u.Name].Add(1)
	o.act(c, u)
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
