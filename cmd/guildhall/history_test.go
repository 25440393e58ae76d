package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"
)

// history is what people outside the program saw of its rooms, and what the rooms hold in the end. Times
// are those of the test's own clock.
type history struct {
	sent  []sent
	heard map[string][]heard // by reader
	kept  []change
}

// sent is a message that somebody sent under one key, again and again until it was acknowledged, or not.
type sent struct {
	room, by, key, text string
	begun, acked        time.Duration // acked is 0 where it never was
	id                  string        // as the acknowledgement says, where it does
	seq                 int64
}

// heard is a change as it came to a reader.
type heard struct {
	room string
	seq  int64
	id   string
}

// change is one of a room with its message, as the database has them.
type change struct {
	room          string
	seq           int64
	id            string
	by, key, text string
}

// faults are all that is wrong with a history. An acknowledged message is kept once, as it was said and
// where it was acknowledged, any other at most once. The changes of a room are numbered without a gap.
// What was acknowledged before another was begun stands before it. Every reader hears every change of
// every room, once and in order, whatever happened to their connection.
func (h *history) faults() (all []string) {
	wrong := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	rooms := h.rooms()
	for room, here := range rooms {
		for i, k := range here {
			if k.seq != int64(i+1) {
				wrong("room %s: change %d is kept where %d should be", room, k.seq, i+1)
			}
		}
	}
	h.onceEach(wrong)
	h.inOrder(wrong)
	for reader, frames := range h.heard {
		at := map[string]int{}
		for _, f := range frames {
			here, i := rooms[f.room], at[f.room]
			at[f.room]++
			if i >= len(here) || f.seq != int64(i+1) || f.id != here[i].id {
				wrong("%s: heard change %d (%s) of room %s as the %d.", reader, f.seq, f.id, f.room, i+1)
			}
		}
		for room, here := range rooms {
			if at[room] < len(here) {
				wrong("%s: heard %d of the %d changes of room %s", reader, at[room], len(here), room)
			}
		}
	}
	return all
}

// rooms are the changes of each room by their numbers.
func (h *history) rooms() map[string][]change {
	rooms := map[string][]change{}
	for _, k := range h.kept {
		rooms[k.room] = append(rooms[k.room], k)
	}
	for _, here := range rooms {
		slices.SortStableFunc(here, func(a, b change) int { return cmp.Compare(a.seq, b.seq) })
	}
	return rooms
}

// onceEach holds what is kept to what was sent, by the text, which no two messages share.
func (h *history) onceEach(wrong func(string, ...any)) {
	found := map[string][]change{}
	for _, k := range h.kept {
		found[k.text] = append(found[k.text], k)
	}
	for _, s := range h.sent {
		all := found[s.text]
		delete(found, s.text)
		if len(all) > 1 || s.acked > 0 && len(all) == 0 {
			wrong("%s is kept %d times; acknowledged: %v", s.key, len(all), s.acked > 0)
		}
		for _, k := range all {
			if k.room != s.room || k.by != s.by || k.key != s.key || s.id != "" && k.id != s.id || s.seq != 0 && k.seq != s.seq {
				wrong("%+v is kept as %+v", s, k)
			}
		}
	}
	for text := range found {
		wrong("nobody sent %q", text)
	}
}

// inOrder: nobody is given a number below that of what they could know of already.
func (h *history) inOrder(wrong func(string, ...any)) {
	said := map[string]sent{}
	for _, s := range h.sent {
		said[s.text] = s
	}
	for room, here := range h.rooms() {
		soonest := time.Duration(math.MaxInt64) // at which one of those after it was acknowledged
		for _, k := range slices.Backward(here) {
			s := said[k.text]
			if s.begun > soonest {
				wrong("room %s: change %d was begun after one that follows it was acknowledged", room, k.seq)
			}
			if s.acked > 0 {
				soonest = min(soonest, s.acked)
			}
		}
	}
}
