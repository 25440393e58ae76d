package live

import (
	"log/slog"
	"math"
	"time"
)

// Options are the hub's limits. A zero field takes the default named beside it.
type Options struct {
	Origins []string // exactly as browsers send them; without any, nobody connects

	Capacity  int     // sockets in this process: 20,000
	Guests    int     // sockets of guests, so that some are left for members: three quarters of Capacity
	PerMember int     // sockets of one member: 20
	Rooms     int     // rooms one socket may join: 32
	Frame     int64   // bytes of one frame from a client: 64 KiB
	Rate      float64 // operations a second on one socket: 20 by Haste
	Burst     int     // operations at once, and refusals for haste before 1008: 40 by Haste
	Haste     float64 // 1
	Offences  int     // malformed or unknown frames before 1008: 3

	Pending   int           // bytes that wait for one slow socket: 256 KiB
	WriteWait time.Duration // for one batch of those bytes to be taken: 10 s
	CloseWait time.Duration // for the other side to answer a close: 10 s
	Ping      time.Duration // between two pings: 30 s
	Dead      time.Duration // without a sign of life: 70 s
	AskWait   time.Duration // for one answer of the Backend: 10 s
	Asking    int           // questions the hub asks of its own accord at once: 8

	Several bool             // other instances are told who is here: see Moved
	Shards  int              // goroutines that write broadcasts: 1
	Every   time.Duration    // between two beats (pings, Watch, presence): 1 s; below zero: none
	Clock   func() time.Time // time.Now
	Log     *slog.Logger     // slog.Default()
}

func (o Options) withDefaults() Options {
	either(&o.Capacity, 20_000)
	either(&o.Guests, max(1, o.Capacity*3/4))
	either(&o.PerMember, 20)
	either(&o.Rooms, 32)
	either(&o.Frame, 64<<10)
	either(&o.Haste, 1)
	either(&o.Rate, 20*o.Haste)
	either(&o.Burst, int(math.Ceil(40*o.Haste)))
	either(&o.Offences, 3)
	either(&o.Pending, 256<<10)
	either(&o.WriteWait, 10*time.Second)
	either(&o.CloseWait, 10*time.Second)
	either(&o.Ping, 30*time.Second)
	either(&o.Dead, 70*time.Second)
	either(&o.AskWait, 10*time.Second)
	either(&o.Asking, 8)
	either(&o.Shards, 1)
	either(&o.Every, time.Second)
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o
}

func either[T comparable](field *T, otherwise T) {
	var zero T
	if *field == zero {
		*field = otherwise
	}
}

// bucket holds the tokens of one socket; only its reader touches it.
type bucket struct {
	tokens  float64
	at      time.Time
	refused int // in a row
}

func (b *bucket) take(now time.Time, rate float64, burst int) bool {
	if b.at.IsZero() {
		b.tokens = float64(burst)
	} else if past := now.Sub(b.at).Seconds(); past > 0 { // a clock set back gives nothing
		b.tokens = min(float64(burst), b.tokens+past*rate)
	}
	b.at = now
	if b.tokens < 1 {
		b.refused++
		return false
	}
	b.tokens--
	b.refused = 0
	return true
}
