package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"
)

// mark stands before the time at which a message was sent, in its text: sixteen digits of nanoseconds. No id has
// a zero in it, so none looks like it.
const mark = "0zq"

func words(now time.Time) string {
	return fmt.Sprintf("Frame %s%016x is on the line.", mark, now.UnixNano())
}

// hearer is a socket that listens in one room, and keeps how long each message was under way.
type hearer struct {
	room string
	by   visitor

	wire *wire
	seq  int64 // the last sequence that came

	counting *atomic.Bool
	took     []time.Duration
	bytes    int // of the messages
	twice    int // sequences that had come before
	gaps     int // sequences that were left out
	heard    atomic.Int64
}

// join opens the socket and enters the room: from now at first, and later from where it was.
func (h *hearer) join(ctx context.Context, t *target) (err error) {
	if h.wire, err = t.open(ctx, h.by); err != nil {
		return err
	}
	op := map[string]any{"op": "join", "room": h.room, "ref": "j"}
	if h.seq > 0 {
		op["seq"] = h.seq
	}
	if err := h.wire.say(op); err != nil {
		return err
	}
	for {
		frame, err := h.wire.next()
		if err != nil {
			return err
		}
		if bytes.HasPrefix(frame, typeOf("error")) {
			return fmt.Errorf("joining is refused: %s", frame)
		}
		if bytes.HasPrefix(frame, typeOf("ack")) {
			if h.seq == 0 {
				h.seq = sequence(frame)
			}
			h.heard.Store(h.seq)
			return nil
		}
		h.take(frame, time.Now())
	}
}

func (w *wire) say(op map[string]any) error {
	b, err := json.Marshal(op)
	if err != nil {
		return err
	}
	return w.write(opText, b)
}

// listen reads until the socket ends, and returns why it did.
func (h *hearer) listen() error {
	for {
		frame, err := h.wire.next()
		if err != nil {
			return err
		}
		h.take(frame, time.Now())
	}
}

func (h *hearer) take(frame []byte, now time.Time) {
	if !bytes.HasPrefix(frame, typeOf("change")) {
		return
	}
	switch seq := sequence(frame); {
	case seq <= h.seq:
		h.twice++
		return
	case seq > h.seq+1:
		h.gaps += int(seq - h.seq - 1)
		fallthrough
	default:
		h.seq = seq
	}
	h.heard.Store(h.seq)
	at := bytes.Index(frame, []byte(mark))
	if at < 0 || !h.counting.Load() {
		return
	}
	digits := frame[at+len(mark):]
	sent, err := strconv.ParseInt(string(digits[:min(16, len(digits))]), 16, 64)
	if err == nil {
		h.took = append(h.took, now.Sub(time.Unix(0, sent)))
		h.bytes += len(frame)
	}
}

func typeOf(name string) []byte { return []byte(`{"type":"` + name + `"`) }

// sequence is the number of a change, or the head of a room in an acknowledgement.
func sequence(frame []byte) (n int64) {
	_, rest, _ := bytes.Cut(frame, []byte(`"seq":`))
	for _, d := range rest {
		if d < '0' || d > '9' {
			break
		}
		n = n*10 + int64(d-'0')
	}
	return n
}
