package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"github.com/gorilla/websocket"
)

// wire is a websocket that costs little to read: what is measured is the server, and it shares the
// machine. gorilla opens it; frames are read in place here, as a server sends them: whole and unmasked.
type wire struct {
	conn net.Conn
	buf  []byte
	from int // what of buf is read and not yet handed out
	to   int
}

const (
	opText  = 1
	opClose = 8
	opPing  = 9
	opPong  = 10
)

// closed is the end of a socket that the server closed with a code.
type closed struct {
	code   int
	reason string
}

func (c closed) Error() string { return fmt.Sprintf("closed with %d %s", c.code, c.reason) }

// open opens the live line of the target for programs.
func (t *target) open(ctx context.Context, v visitor) (*wire, error) {
	h := http.Header{"Origin": {t.URL}}
	if v.cookie != "" {
		h.Set("Cookie", v.cookie)
	}
	d := websocket.Dialer{ReadBufferSize: 256, WriteBufferSize: 256, Subprotocols: []string{"guildhall.json.v1"}, HandshakeTimeout: answerWithin}
	c, r, err := d.DialContext(ctx, "ws"+strings.TrimPrefix(t.URL, "http")+"/live", h)
	if err != nil {
		if r != nil {
			err = fmt.Errorf("%w: %s", err, r.Status)
		}
		return nil, err
	}
	return &wire{conn: c.NetConn(), buf: make([]byte, 2048)}, nil
}

// next returns the text of the next message, which holds until next is called again. It answers pings.
func (w *wire) next() ([]byte, error) {
	for {
		op, payload, err := w.frame()
		if err != nil {
			return nil, err
		}
		switch op {
		case opText:
			return payload, nil
		case opPing:
			if err := w.write(opPong, payload); err != nil {
				return nil, err
			}
		case opClose:
			c := closed{code: 1005}
			if len(payload) >= 2 {
				c = closed{int(binary.BigEndian.Uint16(payload)), string(payload[2:])}
			}
			return nil, errors.Join(c, w.conn.Close())
		}
	}
}

func (w *wire) frame() (op byte, payload []byte, err error) {
	head, err := w.take(2)
	if err != nil {
		return 0, nil, err
	}
	op, n := head[0]&15, int(head[1])
	switch n {
	case 126:
		if head, err = w.take(2); err == nil {
			n = int(binary.BigEndian.Uint16(head))
		}
	case 127:
		if head, err = w.take(8); err == nil {
			n = int(binary.BigEndian.Uint64(head))
		}
	}
	if err != nil {
		return 0, nil, err
	}
	payload, err = w.take(n)
	return op, payload, err
}

// take returns the next n bytes, in the buffer.
func (w *wire) take(n int) ([]byte, error) {
	if w.to-w.from < n {
		if w.from > 0 {
			w.to = copy(w.buf, w.buf[w.from:w.to])
			w.from = 0
		}
		if n > len(w.buf) {
			w.buf = append(w.buf, make([]byte, n-len(w.buf))...)
		}
		got, err := io.ReadAtLeast(w.conn, w.buf[w.to:], n-w.to)
		w.to += got
		if err != nil {
			return nil, err
		}
	}
	w.from += n
	return w.buf[w.from-n : w.from], nil
}

// write sends one frame, masked with zeros: a mask protects proxies, and there is none here.
func (w *wire) write(op byte, payload []byte) error {
	b := make([]byte, 0, 8+len(payload))
	if len(payload) < 126 {
		b = append(b, 0x80|op, 0x80|byte(len(payload)))
	} else {
		b = binary.BigEndian.AppendUint16(append(b, 0x80|op, 0x80|126), uint16(len(payload)))
	}
	b = append(append(b, 0, 0, 0, 0), payload...)
	_, err := w.conn.Write(b)
	return err
}
