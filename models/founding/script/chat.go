package script

import (
	"math"
	"slices"
	"time"
)

// chat plays the conversations of the rooms, more of them of late.
func (y *year) chat() {
	for _, t := range y.shelf.talks {
		y.talk(t)
	}
}

func (y *year) talk(t talk) {
	ago := t.when
	if ago == 0 {
		latest := 330 * day
		for _, line := range t.lines {
			if p := y.by[line[0]]; p != nil {
				latest = min(latest, time.Duration(p.Joined)*day-2*time.Hour)
			}
		}
		ago = y.together(t, 2*time.Hour+time.Duration(math.Pow(y.rng.Float64(), 1.5)*float64(latest-2*time.Hour)))
	}
	cast := y.cast(t, ago)
	for _, line := range t.lines {
		by := cast[line[0]]
		if by == nil || ago <= 0 {
			return
		}
		y.tell(ago, Chat{Room: t.room, By: by.Handle, Text: line[1]})
		y.nod(t.room, by, ago)
		ago -= 15*time.Second + time.Duration(y.rng.IntN(200))*time.Second
	}
}

// together moves ago on to when everybody whom the talk names is awake.
func (y *year) together(t talk, ago time.Duration) time.Duration {
	all := func(at time.Duration) bool {
		return !slices.ContainsFunc(t.lines, func(line [2]string) bool {
			p := y.by[line[0]]
			return p != nil && !y.awake(p, at)
		})
	}
	fit := func(p *Person) float64 { return chatty(p, t.room) }
	for at := ago; at > 10*time.Minute; at -= 15 * time.Minute {
		if at = y.quiet(at, fit); all(at) {
			return at
		}
	}
	return ago
}

func chatty(p *Person, room string) float64 {
	if p.MayChat(room) {
		return 1
	}
	return 0
}

// cast gives every letter of the talk to somebody who is awake.
func (y *year) cast(t talk, ago time.Duration) map[string]*Person {
	cast, taken := map[string]*Person{}, map[*Person]bool{}
	for _, line := range t.lines {
		if p := y.by[line[0]]; p != nil {
			cast[p.Handle], taken[p] = p, true
		}
	}
	for _, line := range t.lines {
		if cast[line[0]] != nil {
			continue
		}
		p := y.pick(ago, func(p *Person) float64 {
			if taken[p] || p.Joined < 20 { // the newest are named where they speak
				return 0
			}
			return chatty(p, t.room)
		})
		if cast[line[0]] = p; p != nil {
			taken[p] = true
		}
	}
	return cast
}

// nod is a reaction or two to the message just told. number puts the message's key in.
func (y *year) nod(room string, by *Person, ago time.Duration) {
	done := map[*Person]bool{by: true}
	for range poisson(y.rng, .45) {
		at := max(ago-wait(y.rng, 5*time.Minute), time.Second)
		p := y.pick(at, func(p *Person) float64 {
			if done[p] {
				return 0
			}
			return chatty(p, room)
		})
		if p == nil || at >= ago {
			continue
		}
		done[p] = true
		kind := Applause
		if y.rng.IntN(3) == 0 {
			kind = Thanks
		}
		y.events = append(y.events, Event{Ago: at.Round(time.Second), Act: ChatReact{Key: -1, By: p.Handle, Kind: kind}})
	}
}

// number keys the messages by time. A reaction is told straight after its message.
func (y *year) number() {
	var order []int
	for i, e := range y.events {
		if _, is := e.Act.(Chat); is {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(y.events[b].Ago - y.events[a].Ago) })
	for key, i := range order {
		c := y.events[i].Act.(Chat)
		c.Key = key + 1
		y.events[i].Act = c
		for i++; i < len(y.events); i++ {
			r, is := y.events[i].Act.(ChatReact)
			if !is {
				break
			}
			r.Key = key + 1
			y.events[i].Act = r
		}
	}
}
