package relay

import (
	"encoding/json"

	"github.com/nats-io/nats.go"

	"guildhall/handlers/live"
)

// Kind says what a hint is about.
type Kind string

// The kinds of hints, with what each has beside its kind.
const (
	Changed   Kind = "changed"    // Room is at Seq
	Rights    Kind = "rights"     // of Member changed, or a login of theirs ended; of everybody where it is 0
	Told      Kind = "told"       // Member has the notification ID
	Seen      Kind = "seen"       // Member's unread notifications are to be counted anew
	Blocked   Kind = "blocked"    // whom Member blocks changed
	RoomRead  Kind = "room-read"  // Member has read Room up to Seq, or went Back to it; where there is an ID, a thread there
	TopicRead Kind = "topic-read" // Member has read Room, a topic, up to the post Seq
	Earned    Kind = "earned"     // Member earned Points for an Act, and has that Score
	Rose      Kind = "rose"       // Member rose from the rung Was to Seq
	Badge     Kind = "badge"      // Member won the badge ID
	Typing    Kind = "typing"     // Member writes in Room
)

// Hint says that something was done by another instance. It has no field for anybody's words.
type Hint struct {
	Kind   Kind      `json:"kind"`
	Member int64     `json:"member,omitempty"`
	Room   live.Room `json:"room,omitempty"`
	Seq    int64     `json:"seq,omitempty"`
	ID     int64     `json:"id,omitempty"`
	Was    int64     `json:"was,omitempty"`
	Back   bool      `json:"back,omitempty"`
	Act    string    `json:"act,omitempty"` // a word of the program's own
	Points float64   `json:"points,omitempty"`
	Score  int64     `json:"score,omitempty"`
}

// hints is one message of them.
type hints struct {
	From  string `json:"from"`
	Hints []Hint `json:"hints"`
}

// batch is how many hints go in one message at the most.
const batch = 512

// Say hands hints to the other instances. It never waits: one for which there is no place is dropped.
func (r *Relay) Say(all ...Hint) {
	for _, h := range all {
		select {
		case r.out <- h:
		default:
			r.count.dropped.Add(1)
		}
	}
}

// gather takes whatever waits beside the first hint. Of several changes of one room the last is enough.
func (r *Relay) gather(first Hint) []Hint {
	all, rooms := []Hint{}, map[live.Room]int{}
	add := func(h Hint) {
		if at, ok := rooms[h.Room]; ok && h.Kind == Changed {
			all[at].Seq = max(all[at].Seq, h.Seq)
			return
		}
		if h.Kind == Changed {
			rooms[h.Room] = len(all)
		}
		all = append(all, h)
	}
	for add(first); len(all) < batch; {
		select {
		case h := <-r.out:
			add(h)
		default:
			return all
		}
	}
	return all
}

func (r *Relay) send(all []Hint) {
	body, err := json.Marshal(hints{r.me, all})
	if err == nil {
		err = r.bus.Publish(r.on.hints, body)
	}
	if err != nil { // the bus is away: what they were about is found in the database
		r.count.dropped.Add(int64(len(all)))
		return
	}
	r.count.said.Add(int64(len(all)))
}

// hints hears what another instance says.
func (r *Relay) hints(m *nats.Msg) {
	var said hints
	if json.Unmarshal(m.Data, &said) != nil || len(said.Hints) > batch {
		r.count.dropped.Add(1)
		return
	}
	r.count.heard.Add(int64(len(said.Hints)))
	r.opts.Hear(said.Hints)
}
