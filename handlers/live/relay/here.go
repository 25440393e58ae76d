package relay

import (
	"encoding/json"
	"time"

	"github.com/nats-io/nats.go"

	"guildhall/handlers/live"
)

// presence tells who hears which rooms through one instance. Each message that says anything has the
// next number, and a sign of life the last one, so whoever missed one knows, and asks.
type presence struct {
	From  string     `json:"from"`
	Rev   int64      `json:"rev,omitempty"`
	Who   live.Crowd `json:"who,omitempty"`
	Whole bool       `json:"whole,omitempty"` // rooms that are not in Who have nobody
	Gone  bool       `json:"gone,omitempty"`
	Ask   string     `json:"ask,omitempty"` // whom it asks for all that they have; everyone: "*"
}

// other is another instance as it is known here. It is guarded by Relay.mu.
type other struct {
	rev   int64
	known bool // rev counts: all who are there were told once
	seen  time.Time
	asked time.Time
}

const (
	anybody    = "*"
	mostOthers = 256 // instances; more than that is no club
	forgetting = 4   // beats
	perBeat    = 4   // how often in a beat it is looked who came and went
	perMessage = 10_000
)

// run is where all is said.
func (r *Relay) run() {
	t := time.NewTicker(r.opts.Beat / perBeat)
	defer t.Stop()
	for turn := 1; ; {
		select {
		case <-r.end:
			return
		case h := <-r.out:
			r.send(r.gather(h))
		case <-r.asks:
			r.whole()
		case <-t.C:
			if moved := r.opts.Hub.Moved(); len(moved) > 0 {
				r.next(moved, false)
			}
			if turn++; turn%perBeat == 0 {
				r.tell(presence{From: r.me, Rev: r.rev})
				r.forget()
			}
		}
	}
}

// whole tells all who are here, to whoever does not know or has missed something, and asks whoever it
// does not know itself.
func (r *Relay) whole() {
	r.mu.Lock()
	alone := len(r.others) == 0
	r.mu.Unlock()
	r.next(r.opts.Hub.Through(), true)
	if alone {
		r.tell(presence{From: r.me, Ask: anybody})
	}
}

// next tells of rooms in messages that a bus takes.
func (r *Relay) next(who live.Crowd, whole bool) {
	part, n := live.Crowd{}, 0
	flush := func() {
		r.rev++
		r.tell(presence{From: r.me, Rev: r.rev, Who: part, Whole: whole})
		part, n, whole = live.Crowd{}, 0, false
	}
	for room, members := range who {
		if n > 0 && n+len(members) > perMessage {
			flush()
		}
		part[room] = members
		n += len(members) + 1
	}
	if n > 0 || whole {
		flush()
	}
}

func (r *Relay) tell(p presence) {
	if body, err := json.Marshal(p); err == nil {
		_ = r.bus.Publish(r.on.here, body) // one that is lost is missed, and asked for
	}
}

// here hears who is with another instance.
func (r *Relay) here(m *nats.Msg) {
	var p presence
	if json.Unmarshal(m.Data, &p) != nil || p.From == "" || p.From == r.me {
		return
	}
	if p.Ask == r.me || p.Ask == anybody {
		r.wanted()
	}
	if p.Ask == "" && !r.learn(p) {
		r.tell(presence{From: r.me, Ask: p.From})
	}
}

// learn takes in what an instance says of itself, and is false where it is to be asked for all.
func (r *Relay) learn(p presence) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if p.Gone {
		delete(r.others, p.From)
		r.opts.Hub.Only(p.From, nil)
		return true
	}
	o := r.others[p.From]
	if o == nil {
		if len(r.others) >= mostOthers {
			return true
		}
		o = &other{}
		r.others[p.From] = o
	}
	o.seen = time.Now()
	return r.note(o, p)
}

// note takes in what follows on what is known. Where it does not, all is asked for, once a beat. Relay.mu
// is held.
func (r *Relay) note(o *other, p presence) bool {
	for room := range p.Who {
		if !room.Fits() {
			delete(p.Who, room)
		}
	}
	switch {
	case p.Whole:
		r.opts.Hub.Only(p.From, or(p.Who))
		o.rev, o.known = p.Rev, true
	case o.known && p.Who != nil && p.Rev == o.rev+1:
		r.opts.Hub.Elsewhere(p.From, p.Who)
		o.rev = p.Rev
	case o.known && p.Rev == o.rev: // a sign of life
	case time.Since(o.asked) > r.opts.Beat:
		o.asked = time.Now()
		return false
	}
	return true
}

func or(who live.Crowd) live.Crowd {
	if who == nil {
		who = live.Crowd{}
	}
	return who
}

// forget lets those go who give no sign of life any more.
func (r *Relay) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for name, o := range r.others {
		if time.Since(o.seen) > forgetting*r.opts.Beat {
			delete(r.others, name)
			r.opts.Hub.Only(name, nil)
		}
	}
}
