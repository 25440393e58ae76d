package live

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
)

// down is every frame that goes to a client; PROTOCOL.md says which fields each type has.
type down struct {
	Type *frame          `json:"type"`
	Ref  string          `json:"ref,omitempty"`
	Room Room            `json:"room,omitempty"`
	Seq  *int64          `json:"seq,omitempty"`
	Kind string          `json:"kind,omitempty"`
	ID   string          `json:"id,omitempty"`
	Code string          `json:"code,omitempty"`
	Text string          `json:"text,omitempty"`
	HTML string          `json:"html,omitempty"`
	Data json.RawMessage `json:"data,omitempty"`
}

const (
	textByte = 0x80 | 1
	pingByte = 0x80 | 9
	pongByte = 0x80 | 10
)

var pingFrame = []byte{pingByte, 0}

// fill puts what f is to carry: fragments to pages, values to programs, and values to pages
// where there is no fragment.
func (d *down) fill(f format, html string, data json.RawMessage) {
	if f == asHTML && html != "" {
		d.HTML = html
		return
	}
	d.Data = data
}

// text makes the whole websocket frame. Data has been through sound, or was made here.
func (d down) text() []byte {
	if d.Type == nil {
		panic("live: a frame without a type: declare it in " + framesAt)
	}
	var b bytes.Buffer
	b.Write(make([]byte, longestHead))
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // this is no page, and each bracket of a fragment would grow to six bytes
	if err := enc.Encode(d); err != nil {
		panic(err) // only Data could be at fault
	}
	all := b.Bytes()
	return head(textByte, all[:len(all)-1]) // without Encode's newline
}

// sound drops data that is not JSON, with an error in the log: the frame goes out without it, for
// a hole in a sequence would be worse, and no client could read the frame with it.
func (h *Hub) sound(data json.RawMessage) json.RawMessage {
	if len(data) == 0 || json.Valid(data) {
		return data
	}
	h.opts.Log.Error("live: data to be sent is not JSON")
	return nil
}

const longestHead = 10

// head writes a server's frame head into the room left before the payload in p.
func head(first byte, p []byte) []byte {
	n := len(p) - longestHead
	switch {
	case n < 126:
		p = p[longestHead-2:]
		p[1] = byte(n)
	case n < 1<<16:
		p = p[longestHead-4:]
		p[1] = 126
		binary.BigEndian.PutUint16(p[2:], uint16(n))
	default:
		p[1] = 127
		binary.BigEndian.PutUint64(p[2:], uint64(n))
	}
	p[0] = first
	return p
}

// control makes a ping, pong or close; a payload past the protocol's 125 bytes is cut.
func control(first byte, payload []byte) []byte {
	payload = payload[:min(len(payload), 125)]
	return append([]byte{first, byte(len(payload))}, payload...)
}

func closeFrame(code int, reason string) []byte {
	return control(closeByte, append(binary.BigEndian.AppendUint16(nil, uint16(code)), reason...))
}
