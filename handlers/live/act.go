package live

import (
	"context"
	"encoding/json"
	"errors"
	"time"
)

// refuse answers with what may be said of err; a login that is over ends the socket instead.
func (c *conn) refuse(ref string, err error) {
	var said ForPeople
	switch {
	case errors.Is(err, ErrSignedOut):
		c.end(CloseSignedOut, "Signed out.")
		return
	case errors.Is(err, ErrBarred):
		c.end(CloseBarred, "This account may not connect.")
		return
	case !errors.As(err, &said):
		c.hub.complain("operation", err)
		said = broken
	}
	c.hub.count.errors.Add(1)
	c.answer(down{Type: errorFrame, Ref: ref, Code: said.Code(), Text: said.Text()})
}

func (c *conn) ack(u up) { c.answer(down{Type: ackFrame, Ref: u.Ref}) }

func (c *conn) who() *Session {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.session
}

// do acknowledges only what the Backend says is done.
func (c *conn) do(u up) {
	s := c.who()
	var data json.RawMessage
	err := c.hub.ask(func(ctx context.Context) error {
		answer, err := c.hub.back.Do(ctx, s, u.Op)
		if err == nil && answer != nil {
			data, err = json.Marshal(answer)
		}
		return err
	})
	if err != nil {
		c.refuse(u.Ref, err)
		return
	}
	c.answer(down{Type: ackFrame, Ref: u.Ref, Data: data})
}

// join takes the seat first, asks then, and replays last: whatever is told meanwhile is held.
func (c *conn) join(u up) {
	s, err := c.sit(u.Room)
	if err != nil {
		c.refuse(u.Ref, err)
		return
	}
	since := FromNow
	if u.Seq != nil {
		since = *u.Seq
	}
	var until time.Time
	who := c.who()
	err = c.hub.ask(func(ctx context.Context) (err error) {
		until, err = c.hub.back.Join(ctx, who, u.Room)
		return err
	})
	var p *packet
	if err == nil {
		p, err = c.hub.missed(u.Room, since)
	}
	if err == nil {
		err = c.admit(s, u, until, since, p)
	}
	if err != nil {
		c.mu.Lock()
		c.drop(s)
		c.mu.Unlock()
		c.refuse(u.Ref, err)
		return
	}
	s.replay(p)
}

// sit takes a seat in room, in place of one that this socket may have there already.
func (c *conn) sit(room Room) (*seat, error) {
	if !room.Fits() {
		return nil, noRoom
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if old := c.seat(room); old != nil {
		c.drop(old)
	}
	if len(c.seats) >= c.hub.opts.Rooms {
		return nil, refusal{"too_many_rooms", "This page listens to too many rooms at once."}
	}
	s := c.hub.sit(c, room)
	c.seats = append(c.seats, s)
	return s, nil
}

// admit acknowledges the join, before the replay. A Recheck that came first has read later or
// the same, so the earlier end of leave counts.
func (c *conn) admit(s *seat, u up, until time.Time, since int64, p *packet) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.gone {
		return noRoom
	}
	if s.judged {
		until = earlier(until, s.until)
	}
	s.joined, s.until, s.last = true, until, since
	if since == FromNow {
		s.last = p.upto
	}
	c.hub.show(s)
	c.send(nil, down{Type: ackFrame, Ref: u.Ref, Room: u.Room, Seq: &p.upto}.text())
	return nil
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func (c *conn) leaveRoom(u up) {
	c.mu.Lock()
	if s := c.seat(u.Room); s != nil {
		c.drop(s)
	}
	c.mu.Unlock()
	c.ack(u)
}

// seat is nil where the socket has none. conn.mu is held, as for drop.
func (c *conn) seat(room Room) *seat {
	for _, s := range c.seats {
		if s.hall.room == room {
			return s
		}
	}
	return nil
}

func (c *conn) drop(s *seat) {
	if s.gone {
		return
	}
	s.gone, s.held = true, nil
	for i, other := range c.seats {
		if other == s {
			c.seats = append(c.seats[:i], c.seats[i+1:]...)
			break
		}
	}
	c.hub.stand(s)
}
