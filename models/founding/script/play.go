package script

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// Evening is the time of day, in UTC, at which the script of Play ends.
const Evening = 20*time.Hour + 46*time.Minute

// Play tells the last days of the club's year (all of it for 365 and more, or 0), as if now were Evening.
func Play(seed uint64, days int) *Script { return PlayAt(seed, days, Evening) }

// PlayAt is Play for a now at another time of day in UTC: people keep their waking hours by it, so who says what
// differs with the clock. The same seed and clock always give the same script.
func PlayAt(seed uint64, days int, clock time.Duration) *Script {
	if days <= 0 || days > 365 {
		days = 365
	}
	y := newYear(seed, clock)
	for _, s := range y.starts() {
		y.converse(s)
	}
	y.chat()
	y.invite()
	return y.cut(time.Duration(days) * day)
}

// A year is a script being made.
type year struct {
	rng    *rand.Rand
	clock  time.Duration
	shelf  *library
	people []Person
	by     map[string]*Person
	said   spoken
	used   []int // how often each remark was made
	events []Event
}

func newYear(seed uint64, clock time.Duration) *year {
	y := &year{rng: rand.New(rand.NewPCG(seed, 0x6e6f7274686c6967)), clock: clock, shelf: shelf(),
		people: People(), by: map[string]*Person{}, said: spoken{}}
	for i := range y.people {
		y.by[y.people[i].Handle] = &y.people[i]
	}
	y.used = make([]int, y.shelf.count())
	for _, d := range y.shelf.drafts {
		y.said.add(d.text)
		for _, o := range d.own {
			y.said.add(o.text)
		}
	}
	return y
}

func (y *year) tell(ago time.Duration, act Act) {
	y.events = append(y.events, Event{Ago: ago.Round(time.Second), Act: act})
}

// A start is a draft with its author and time.
type start struct {
	draft
	op       *Person
	ago      time.Duration
	accepted bool // the asker will accept the answer
}

// starts lays all topics over the year, oldest first.
func (y *year) starts() []start {
	all := make([]start, 0, len(y.shelf.drafts))
	for _, d := range y.shelf.drafts {
		s := start{draft: d, ago: y.age(d)}
		if s.op = y.by[d.author]; s.op == nil {
			fit := func(p *Person) float64 { return starter(p, d, s.ago) }
			s.ago = y.quiet(s.ago, fit)
			s.op = y.pick(s.ago, fit)
		} else if d.when == 0 {
			s.ago = y.wake(s.op, s.ago)
		}
		all = append(all, s)
	}
	y.rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	nth := 0
	for i, s := range all {
		if slices.ContainsFunc(s.own, func(o own) bool { return o.answer }) {
			all[i].accepted = nth%4 != 3
			nth++
		}
	}
	slices.SortStableFunc(all, func(a, b start) int { return int(b.ago - a.ago) })
	return all
}

// starter is how likely p is to open a topic that names no author. Nobody who replies to it by name may.
func starter(p *Person, d draft, ago time.Duration) float64 {
	if !p.May(d.space, true) || !settled(p, d.space, ago) {
		return 0
	}
	for _, o := range d.own {
		if o.author == p.Handle {
			return 0
		}
	}
	if d.space == Questions && p.since == 'v' || p.Role == "owner" {
		return .15 // they have asked their questions long ago
	}
	return 1
}

// age draws how long ago a topic began: after everybody whom it names had joined.
func (y *year) age(d draft) time.Duration {
	if d.when > 0 {
		return d.when
	}
	latest := 350 * day
	if d.intro {
		return y.arrival(y.by[d.author])
	}
	still := day / 2
	if d.space == QuietRoom {
		latest, still = 225*day, rest+day // the room opened when there was somebody to open it for
	}
	for _, handle := range append(d.named(), d.author) {
		if p := y.by[handle]; p != nil {
			latest = min(latest, time.Duration(p.Joined)*day-still)
		}
	}
	return 4*time.Hour + time.Duration(math.Pow(y.rng.Float64(), 1.08)*float64(latest-10*time.Hour))
}

// rest is how long people are here before they act in the quiet room, so that they have the status for it.
const rest = 100 * day

func settled(p *Person, space string, ago time.Duration) bool {
	return space != QuietRoom || ago < time.Duration(p.Joined)*day-rest
}

func (d draft) named() (handles []string) {
	for _, o := range d.own {
		if o.author != "" {
			handles = append(handles, o.author)
		}
	}
	return handles
}

// arrival is when p said hello: within two days of joining, and in the first fortnight of the house for its founders.
func (y *year) arrival(p *Person) time.Duration {
	if p.Joined > 358 {
		return 344*day + time.Duration(y.rng.IntN(14*24*60))*time.Minute
	}
	span := min(36*60, p.Joined*24*60/3)
	return time.Duration(p.Joined)*day - time.Duration(20+y.rng.IntN(span))*time.Minute
}

// cut keeps what lies within span, with no reply to a topic that does not, and sorts it, oldest first.
func (y *year) cut(span time.Duration) *Script {
	gone := map[string]bool{}
	for _, e := range y.events {
		if t, is := e.Act.(Topic); is && e.Ago > span {
			gone[t.Key] = true
		}
	}
	y.events = slices.DeleteFunc(y.events, func(e Event) bool { return e.Ago > span || gone[topicOf(e.Act)] })
	y.number()
	y.visit(span)
	slices.SortStableFunc(y.events, func(a, b Event) int { return int(b.Ago - a.Ago) })
	return &Script{Events: y.events}
}

func topicOf(a Act) string {
	switch a := a.(type) {
	case Topic:
		return a.Key
	case Reply:
		return a.TopicKey
	case React:
		return a.TopicKey
	case Accept:
		return a.TopicKey
	case Pin:
		return a.TopicKey
	}
	return ""
}
