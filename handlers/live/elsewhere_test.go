package live

import (
	"encoding/json"
	"slices"
	"testing"
)

// Whoever hears a room through another instance is there like anybody, until they are not.
func TestPresenceElsewhere(t *testing.T) {
	h := open(t, Options{Several: true})
	a := h.visit(2)
	a.join(lobby, 0)
	h.present()
	a.expect("presence")
	shows := func(what string, want ...int64) {
		t.Helper()
		h.present()
		var here []int64
		if g := a.expect("presence"); json.Unmarshal(g.Data, &here) != nil || !slices.Equal(here, want) {
			t.Errorf("%s: %v are told to be here, not %v", what, here, want)
		}
		if here := h.Here(lobby); !slices.Equal(here, want) || h.Count(lobby) != len(want) {
			t.Errorf("%s: %v are here, not %v", what, here, want)
		}
	}
	h.Elsewhere("b", Crowd{lobby: {2, 7}, studio: {9}})
	shows("two came", 2, 7)
	h.Elsewhere("c", Crowd{lobby: {1}})
	shows("another one", 1, 2, 7)
	h.Elsewhere("b", Crowd{lobby: {2, 7}})
	h.present()
	h.settled()
	a.quiet() // nothing changed
	h.Stir(7)
	shows("stirred", 1, 2, 7)
	h.Only("b", Crowd{studio: {9}})
	shows("one instance has nobody in the room", 1, 2)
	h.Elsewhere("c", Crowd{lobby: {}})
	shows("the other neither", 2)
	if here := h.Here(studio); !slices.Equal(here, []int64{9}) {
		t.Errorf("%v are where nobody is connected here", here)
	}
	h.Only("b", nil)
	if here := h.Here(studio); len(here) != 0 || len(h.others) != 0 {
		t.Errorf("%v stay of an instance that is gone: %v", here, h.others)
	}
}

// What the others are told of is who is here, each coming and going once.
func TestMoved(t *testing.T) {
	h := open(t, Options{Several: true})
	h.Elsewhere("b", Crowd{lobby: {9}})
	a := h.visit(2)
	a.join(lobby, 0)
	if moved := h.Moved(); len(moved) != 1 || !slices.Equal(moved[lobby], []int64{2}) {
		t.Errorf("moved: %v", moved)
	}
	if moved := h.Moved(); len(moved) != 0 {
		t.Errorf("moved again: %v", moved)
	}
	if all := h.Through(); len(all) != 1 || !slices.Equal(all[lobby], []int64{2}) {
		t.Errorf("through here: %v", all)
	}
	a.say(`{"op":"leave","room":"` + string(lobby) + `"}`)
	a.expect("ack")
	if moved := h.Moved(); len(moved) != 1 || moved[lobby] == nil || len(moved[lobby]) != 0 {
		t.Errorf("moved: %v", moved)
	}
}

// known waits until every replay in a room is over: before that, who is behind asks by itself.
func (h *house) known(room Room) {
	h.t.Helper()
	eventually(h.t, "nobody is behind", func() bool {
		for _, s := range h.seated(h.hall(room), 0, nil) {
			s.conn.mu.Lock()
			behind := s.behind
			s.conn.mu.Unlock()
			if behind {
				return false
			}
		}
		return true
	})
}

// A hint has the changes read where they are kept. One that is ahead of what is kept shows nothing, and is
// not asked about without end.
func TestHint(t *testing.T) {
	h := open(t, Options{Several: true})
	a := h.visit(2)
	a.join(lobby, 0)
	h.known(lobby)
	for range 3 {
		h.club.commit(lobby)
	}
	h.Hint(lobby, 3)
	for seq := range int64(3) {
		a.change(seq + 1)
	}
	before := h.club.times("missed")
	h.Hint(lobby, 3)
	h.Hint(studio, 8)
	h.Hint(lobby, 1<<62)
	eventually(t, "the hint was followed", func() bool { return !h.hall(lobby).fetching.Load() })
	a.quiet()
	if asked := h.club.times("missed") - before; asked < 1 || asked > 2 {
		t.Errorf("a hint that is wrong costs %d questions", asked)
	}
	h.post(lobby)
	a.change(4)
}

// Where two instances write to one room, each tells its own; what lies between is read once for everybody
// instead of by each socket that sees the gap.
func TestTellingAfterAnother(t *testing.T) {
	h := open(t, Options{Several: true})
	a, b := h.visit(1), h.visit(2)
	a.join(lobby, 0)
	b.join(lobby, 0)
	h.known(lobby)
	h.club.commit(lobby) // the other's
	h.post(lobby)
	for _, p := range []*page{a, b} {
		p.change(1)
		p.change(2)
	}
	h.Hint(lobby, 1) // comes late
	a.quiet()
	if n := h.Snapshot(); n.CatchUps != 0 || n.Hints != 1 {
		t.Errorf("%d sockets asked by themselves, and %d questions were asked for all", n.CatchUps, n.Hints)
	}
}
