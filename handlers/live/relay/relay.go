// Package relay lets the instances of one club act as one. Over NATS they give each other hints, ids and
// numbers that say where to look, and tell each other who hears which rooms.
//
// A hint is never the truth: whoever hears one reads what is committed, and decides anew who may see
// it. So nothing of the club crosses the bus, one drawing for each instance is what that costs, and
// a bus that is down, slow or lies costs time: the sequences of rooms and the epochs of members are
// compared once a second anyway. Whoever says a hint never waits for the bus.
package relay

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"

	"guildhall/handlers/live"
)

// Options say where the bus is, and who talks over it.
type Options struct {
	URL  string       // of one server or several, with commas
	Club string       // the club's own address: several clubs may share a bus
	Hub  *live.Hub    // made with Several
	Hear func([]Hint) // what other instances say, from one goroutine; it must not take long
	Log  *slog.Logger // slog.Default() if nil

	Beat time.Duration // between two signs of life: 2 s; whoever gives none for four is forgotten
}

// Relay is one instance's end of it.
type Relay struct {
	opts Options
	me   string
	on   struct{ hints, here string } // subjects
	bus  *nats.Conn

	out  chan Hint
	asks chan struct{} // somebody wants to know all who are here
	end  chan struct{}
	done sync.WaitGroup

	mu     sync.Mutex
	others map[string]*other

	rev   int64 // the loop's: of what was said of who is here
	count struct{ said, heard, dropped, reconnects atomic.Int64 }
}

// waiting is how many hints may wait for the bus. One that does not fit is dropped, and counted.
const waiting = 4096

// Open begins to listen. It does not wait for the bus, which may come later and go as it likes: an error
// means settings that could not work.
func Open(o Options) (*Relay, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Beat == 0 {
		o.Beat = 2 * time.Second
	}
	club := sha256.Sum256([]byte(o.Club))
	subject := "guildhall." + hex.EncodeToString(club[:8])
	r := &Relay{
		opts: o, me: rand.Text(), out: make(chan Hint, waiting), asks: make(chan struct{}, 1), end: make(chan struct{}), others: map[string]*other{},
	}
	r.on.hints, r.on.here = subject+".hints", subject+".here"
	bus, err := nats.Connect(o.URL, r.settings()...)
	if err != nil {
		return nil, fmt.Errorf("the bus: %w", err)
	}
	r.bus = bus
	for subject, hear := range map[string]nats.MsgHandler{r.on.hints: r.hints, r.on.here: r.here} {
		s, err := bus.Subscribe(subject, hear)
		if err == nil {
			err = s.SetPendingLimits(mostMessages, mostBytes)
		}
		if err != nil {
			bus.Close()
			return nil, fmt.Errorf("the bus: %w", err)
		}
	}
	r.done.Go(r.run)
	return r, nil
}

// What may wait to be heard. What does not fit is dropped, and counted.
const (
	mostMessages = 8192
	mostBytes    = 32 << 20
)

// settings: it comes back without end, keeps nothing for later while it is away, and gives up a server
// that takes nothing.
func (r *Relay) settings() []nats.Option {
	return []nats.Option{
		nats.Name("guildhall"), nats.NoEcho(), nats.Timeout(2 * time.Second),
		nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.IgnoreAuthErrorAbort(),
		nats.ReconnectWait(500 * time.Millisecond), nats.ReconnectJitter(250*time.Millisecond, 250*time.Millisecond), nats.ReconnectBufSize(-1),
		nats.PingInterval(5 * time.Second), nats.MaxPingsOutstanding(2), nats.FlusherTimeout(2 * time.Second),
		nats.ConnectHandler(func(*nats.Conn) { r.back("the bus is there") }),
		nats.ReconnectHandler(func(*nats.Conn) { r.count.reconnects.Add(1); r.back("the bus is back") }),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				r.opts.Log.Warn("the bus is lost: other instances are heard of through the database alone", "error", err)
			}
		}),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			if errors.Is(err, nats.ErrSlowConsumer) {
				r.count.dropped.Add(1)
				return
			}
			r.opts.Log.Warn("the bus", "error", err)
		}),
	}
}

// back tells everybody who is here, and asks them for the same.
func (r *Relay) back(words string) {
	r.opts.Log.Info(words)
	r.wanted()
}

func (r *Relay) wanted() {
	select {
	case r.asks <- struct{}{}:
	default: // it is about to be told
	}
}

// Close says goodbye and ends the connection.
func (r *Relay) Close() {
	close(r.end)
	r.done.Wait()
	r.tell(presence{From: r.me, Gone: true})
	_ = r.bus.FlushTimeout(time.Second) // whoever does not hear it finds out
	r.bus.Close()
	r.mu.Lock()
	defer r.mu.Unlock()
	for name := range r.others {
		r.opts.Hub.Only(name, nil)
	}
	clear(r.others)
}

// Counts is what the relay has done since it started; Connected and Instances are as of now.
type Counts struct {
	Connected  bool
	Instances  int64 // others that are heard of
	Said       int64 // hints handed to the bus
	Heard      int64 // hints from others
	Dropped    int64 // hints, or messages of others, that nobody will hear
	Reconnects int64
}

// Snapshot reads the counters.
func (r *Relay) Snapshot() Counts {
	r.mu.Lock()
	others := int64(len(r.others))
	r.mu.Unlock()
	n := &r.count
	return Counts{
		Connected: r.bus.IsConnected(), Instances: others, Said: n.said.Load(), Heard: n.heard.Load(), Dropped: n.dropped.Load(), Reconnects: n.reconnects.Load(),
	}
}

// Check tries to reach the bus, and says which server answers.
func Check(url string) (server string, err error) {
	bus, err := nats.Connect(url, nats.Name("guildhall doctor"), nats.Timeout(2*time.Second), nats.NoReconnect())
	if err != nil {
		return "", fmt.Errorf("no server of NATS_URL answers: %w", err)
	}
	defer bus.Close()
	if err := bus.FlushTimeout(2 * time.Second); err != nil {
		return "", fmt.Errorf("the bus does not answer: %w", err)
	}
	return "NATS " + bus.ConnectedServerVersion(), nil
}
