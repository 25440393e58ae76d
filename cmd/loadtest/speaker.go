package main

import (
	"bytes"
	"context"
	"errors"
	"time"
)

// speaker is a socket over which a member says something, one message at a time or many at once.
type speaker struct {
	wire *wire
	acks chan ack // one for each message, in their order, and then one that says why the socket ended
}

// ack is that a message is kept, under a sequence of its room, or why it is not.
type ack struct {
	room string
	seq  int64
	err  error
}

// speaker opens a socket for somebody whose messages wait for their acknowledgements to be looked at, as many
// as that at a time.
func (t *target) speaker(ctx context.Context, by visitor, waiting int) (*speaker, error) {
	w, err := t.open(ctx, by)
	if err != nil {
		return nil, err
	}
	s := &speaker{wire: w, acks: make(chan ack, waiting+1)}
	go s.listen()
	return s, nil
}

func (s *speaker) listen() {
	for {
		frame, err := s.wire.next()
		switch {
		case err != nil:
			s.acks <- ack{err: err}
			return
		case bytes.HasPrefix(frame, typeOf("ack")):
			_, rest, _ := bytes.Cut(frame, []byte(`"ref":"`))
			room, _, _ := bytes.Cut(rest, []byte(`"`))
			s.acks <- ack{room: string(room), seq: sequence(frame)}
		case bytes.HasPrefix(frame, typeOf("error")):
			s.acks <- ack{err: errors.New(string(frame))}
		}
	}
}

func (s *speaker) send(room, key string) error {
	return s.wire.say(map[string]any{"op": "send", "room": room, "ref": room, "key": key, "text": words(time.Now())})
}
