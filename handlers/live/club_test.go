package live

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"time"
)

const (
	origin = "https://club.example"
	lobby  = Room("Lobby111111")
	studio = Room("Studio11111")
)

// club is the Backend of these tests: a log in memory for each room, and rights that a test
// turns. It is committed when the lock is let go, and told by whoever the test chooses.
type club struct {
	t *testing.T

	mu     sync.Mutex
	log    map[Room][]Change
	from   map[Room]int64          // changes up to here are no longer kept
	shut   map[int64]map[Room]bool // closed to one member
	until  map[Room]time.Time      // leave ends here
	epoch  map[int64]int64
	club   int64
	ended  map[int64]error            // ErrSignedOut, ErrBarred
	logins map[int64]time.Time        // Session.Until
	asked  map[string]int             // how often each question came
	before map[string]func(room Room) // runs at the start of a question, without the lock
	lost   error                      // what Missed gives
	after  map[string]func(room Room) // runs when the answer stands, before it is given
}

func newClub(t *testing.T) *club {
	return &club{
		t: t, log: map[Room][]Change{}, from: map[Room]int64{}, shut: map[int64]map[Room]bool{},
		until: map[Room]time.Time{}, epoch: map[int64]int64{}, ended: map[int64]error{},
		logins: map[int64]time.Time{}, asked: map[string]int{},
		before: map[string]func(Room){}, after: map[string]func(Room){},
	}
}

// said is the test's ForPeople.
type said struct{ code, text string }

func (s said) Error() string { return s.code }
func (s said) Code() string  { return s.code }
func (s said) Text() string  { return s.text }

func (c *club) question(name string, room Room) func() {
	c.mu.Lock()
	c.asked[name]++
	before, after := c.before[name], c.after[name]
	c.mu.Unlock()
	if before != nil {
		before(room)
	}
	return func() {
		if after != nil {
			after(room)
		}
	}
}

func (c *club) times(name string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked[name]
}

// with changes what the club holds.
func (c *club) with(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f()
}

// commit adds a change to room and gives it back as it is told.
func (c *club) commit(room Room) Change {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.commitLocked(room, "")
}

func (c *club) commitLocked(room Room, text string) Change {
	seq := int64(len(c.log[room])) + 1
	ch := Change{
		Seq: seq, Kind: "message", ID: fmt.Sprintf("%011d", seq),
		HTML: fmt.Sprintf("<p id=\"m%d\">%s & more</p>", seq, text),
		JSON: json.RawMessage(fmt.Sprintf(`{"n":%d}`, seq)),
	}
	c.log[room] = append(c.log[room], ch)
	return ch
}

func (c *club) head(room Room) int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return int64(len(c.log[room]))
}

func (c *club) session(member int64) (*Session, error) {
	if err := c.ended[member]; err != nil {
		return nil, err
	}
	return &Session{Member: member, Epoch: c.epoch[member], Club: c.club, Until: c.logins[member]}, nil
}

func (c *club) Open(_ context.Context, r *http.Request) (*Session, error) {
	defer c.question("open", "")()
	member, _ := strconv.ParseInt(r.Header.Get("X-Member"), 10, 64)
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.session(member)
}

func (c *club) Join(_ context.Context, s *Session, room Room) (time.Time, error) {
	defer c.question("join", room)()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.shut[s.Member][room] {
		return time.Time{}, said{"missing", "There is no such room."}
	}
	return c.until[room], nil
}

func (c *club) Missed(_ context.Context, room Room, since int64) (Replay, error) {
	defer c.question("missed", room)()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lost != nil {
		return Replay{}, c.lost
	}
	log := c.log[room]
	r := Replay{Seq: int64(len(log))}
	switch {
	case since == FromNow:
	case since > r.Seq || since < c.from[room] || r.Seq-since > 5000:
		r.Reset = true
	default:
		r.Changes = append(r.Changes, log[since:]...)
	}
	return r, nil
}

func (c *club) Recheck(_ context.Context, s *Session, rooms []Room) (Verdict, error) {
	defer c.question("recheck", "")()
	c.mu.Lock()
	defer c.mu.Unlock()
	fresh, err := c.session(s.Member)
	v := Verdict{Session: fresh, Open: map[Room]time.Time{}}
	for _, room := range rooms {
		if !c.shut[s.Member][room] {
			v.Open[room] = c.until[room]
		}
	}
	return v, err
}

func (c *club) Do(_ context.Context, s *Session, op Op) (any, error) {
	defer c.question(op.Name, op.Room)()
	switch op.Text {
	case "refuse":
		return nil, said{"refused", "Only members write here."}
	case "break":
		return nil, fmt.Errorf("disk on fire")
	case "panic":
		panic("out of nowhere")
	case "bar":
		return nil, ErrBarred
	case "sign out":
		return nil, fmt.Errorf("send: %w", ErrSignedOut)
	}
	return map[string]any{"op": op, "by": s.Member}, nil
}

func (c *club) Typing(_ context.Context, s *Session, room Room) (Note, error) {
	defer c.question("typing", room)()
	return Note{HTML: fmt.Sprintf("<i>%d</i>", s.Member)}, nil
}

func (c *club) Present(_ context.Context, room Room, here []int64) (Note, error) {
	defer c.question("present", room)()
	b, err := json.Marshal(here)
	return Note{JSON: b}, err
}

func (c *club) Watch(_ context.Context, rooms []Room, members []int64) (Pulse, error) {
	defer c.question("watch", "")()
	c.mu.Lock()
	defer c.mu.Unlock()
	p := Pulse{Seqs: map[Room]int64{}, Epochs: map[int64]int64{}, Club: c.club}
	for _, room := range rooms {
		p.Seqs[room] = int64(len(c.log[room]))
	}
	for _, m := range members {
		p.Epochs[m] = c.epoch[m]
	}
	return p, nil
}

func (c *club) close(member int64, room Room) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.shut[member] == nil {
		c.shut[member] = map[Room]bool{}
	}
	c.shut[member][room] = true
}
