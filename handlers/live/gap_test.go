package live

import (
	"testing"
)

func TestGapIsAskedAbout(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	p.join(lobby, 0)
	h.club.commit(lobby)
	h.club.commit(lobby)
	h.post(lobby)
	for seq := int64(1); seq <= 3; seq++ {
		p.change(seq)
	}
	if n := h.Snapshot(); n.CatchUps != 1 {
		t.Errorf("%d questions about the gap, want 1", n.CatchUps)
	}
}

func TestGapIsAskedAboutAgainAfterAFault(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	p.join(lobby, 0)
	h.club.with(func() {
		h.club.before["missed"] = func(Room) { panic("the database is away") }
	})
	h.club.commit(lobby)
	h.post(lobby)
	eventually(t, "the question failed", func() bool { return h.club.times("missed") == 2 })
	p.quiet()
	h.club.with(func() { delete(h.club.before, "missed") })
	eventually(t, "the change came", func() bool {
		h.Hub.post(job{beat: true})
		return h.club.times("missed") > 2
	})
	p.change(1)
	p.change(2)
}

func TestResets(t *testing.T) {
	h := open(t, Options{})
	for range 5 {
		h.post(lobby)
	}
	h.club.from[lobby] = 3
	for name, since := range map[string]int64{"no longer kept": 2, "ahead of us": 9} {
		p := h.visit(1)
		p.join(lobby, since)
		if g := p.expect("reset"); g.Seq != 5 || g.Room != lobby {
			t.Errorf("%s: got %+v", name, g)
		}
		seq := h.post(lobby)
		p.change(seq)
		h.club.with(func() { h.club.log[lobby] = h.club.log[lobby][:5] })
		p.ws.Close()
		eventually(t, "the room is empty", func() bool { return !h.Heard(lobby) })
	}
}

// A Backend that does not have what was told cannot fill the gap: the page must not wait for ever.
func TestResetWhereTheGapCannotBeFilled(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	p.join(lobby, 0)
	h.Tell(lobby, Change{Seq: 7})
	if g := p.expect("reset"); g.Seq != 7 {
		t.Fatalf("got %+v, want a reset at 7", g)
	}
	p.quiet()
	h.Tell(lobby, Change{Seq: 8})
	p.change(8)
}

func TestReplayWithAHoleIsAReset(t *testing.T) {
	for name, r := range map[string]Replay{
		"hole":      {Seq: 3, Changes: []Change{{Seq: 1}, {Seq: 3}}},
		"too short": {Seq: 3, Changes: []Change{{Seq: 1}, {Seq: 2}}},
		"too late":  {Seq: 3, Changes: []Change{{Seq: 2}, {Seq: 3}}},
		"empty":     {Seq: 3},
	} {
		if p, err := replayed(lobby, 0, r); err == nil || !p.reset || p.upto != 3 {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
	if p, err := replayed(lobby, 1, Replay{Seq: 3, Changes: []Change{{Seq: 2}, {Seq: 3}}}); err != nil || p.reset {
		t.Errorf("whole: %+v, %v", p, err)
	}
}

func TestWatchFindsWhatNobodyTold(t *testing.T) {
	h := open(t, Options{})
	h.post(lobby)
	p, q := h.visit(1), h.visit(2)
	p.join(lobby, 0)
	p.change(1)
	q.join(lobby, 1)
	p.quiet() // both have settled
	q.quiet()
	h.club.commit(lobby)
	h.club.commit(lobby)
	asked := h.club.times("missed")
	h.watch()
	for _, p := range []*page{p, q} {
		p.change(2)
		p.change(3)
	}
	if n := h.club.times("missed") - asked; n != 1 {
		t.Errorf("%d questions for one room, want 1", n)
	}
	h.watch()
	h.settled()
	p.quiet()
	if n := h.club.times("missed") - asked; n != 1 {
		t.Error("what was made up for is asked for again")
	}
}

// What the Backend says while a gap is filled counts: the room may be gone.
func TestRoomGoneWhileAGapIsFilled(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	p.join(lobby, 0)
	p.quiet()
	h.club.with(func() { h.club.lost = said{"missing", "There is no such room."} })
	h.club.commit(lobby)
	h.post(lobby)
	if g := p.expect("evicted"); g.Room != lobby {
		t.Fatalf("got %+v", g)
	}
	p.say(`{"op":"join","ref":"r","room":"Lobby111111","seq":0}`)
	if g := p.expect("error"); g.Code != "missing" || g.Ref != "r" {
		t.Fatalf("got %+v", g)
	}
	if h.Heard(lobby) {
		t.Error("a seat was left behind")
	}
}

func TestWatchThatFailsChangesNothing(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	p.join(lobby, 0)
	p.quiet()
	h.club.before["watch"] = func(Room) { panic("the database is away") }
	h.club.commit(lobby)
	h.watch()
	h.settled()
	p.quiet()
	h.club.with(func() { delete(h.club.before, "watch") })
	h.watch()
	p.change(1)
}
