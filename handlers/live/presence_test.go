package live

import (
	"encoding/json"
	"slices"
	"testing"
	"time"
)

func TestPresence(t *testing.T) {
	h := open(t, Options{})
	a, b, guest := h.visit(2), h.visit(1), h.visit(0)
	for _, p := range []*page{a, b, guest} {
		p.join(lobby, 0)
		p.quiet()
	}
	if here := h.Here(lobby); !slices.Equal(here, []int64{1, 2}) || h.Count(lobby) != 2 {
		t.Fatalf("%v are here, %d of them", here, h.Count(lobby))
	}
	h.present()
	for _, p := range []*page{a, b, guest} { // three came, and one frame tells it
		var here []int64
		g := p.expect("presence")
		if err := json.Unmarshal(g.Data, &here); err != nil || g.Room != lobby || !slices.Equal(here, []int64{1, 2}) {
			t.Errorf("got %+v", g)
		}
	}
	h.present()
	h.settled()
	a.quiet()

	again := h.visit(1)
	again.join(lobby, 0)
	again.quiet()
	h.present()
	for _, p := range []*page{a, b, guest, again} {
		p.expect("presence")
	}
	b.ws.Close()
	eventually(t, "one page of member 1 left", func() bool { return h.Snapshot().Open == 3 })
	if h.Count(lobby) != 2 {
		t.Error("the other page of member 1 does not count any more")
	}
	h.present()
	h.settled()
	a.quiet() // nothing changed for anybody

	again.say(`{"op":"leave","room":"Lobby111111"}`)
	again.expect("ack")
	h.present()
	if g := a.expect("presence"); string(g.Data) != "[2]" {
		t.Errorf("got %+v", g)
	}
}

// Somebody whom the room does not let in is never shown there, not even while it is asked.
func TestPresenceOnlyAfterTheAnswer(t *testing.T) {
	h := open(t, Options{})
	h.club.close(1, lobby)
	h.club.before["join"] = func(Room) {
		if here := h.Here(lobby); len(here) != 0 {
			t.Errorf("%v are here before the answer", here)
		}
		h.whisper(lobby, typingFrame, Note{}, 0) // and nothing is whispered to them
		h.settled()
	}
	p := h.visit(1)
	p.say(`{"op":"join","room":"Lobby111111","seq":0}`)
	p.expect("error")
	p.quiet()
}

func TestTyping(t *testing.T) {
	turned := newClock()
	h := open(t, Options{Clock: turned.now})
	a, own, b := h.visit(1), h.visit(1), h.visit(2)
	a.say(`{"op":"typing","room":"Lobby111111"}`)
	if g := a.expect("error"); g.Code != "not_joined" {
		t.Fatalf("got %+v", g)
	}
	for _, p := range []*page{a, own, b} {
		p.join(lobby, 0)
		p.quiet()
	}
	a.say(`{"op":"typing","room":"Lobby111111"}`)
	a.say(`{"op":"typing","room":"Lobby111111","ref":"t"}`) // too soon to be passed on
	a.expect("ack")
	if g := b.expect("typing"); g.HTML != "<i>1</i>" || g.Room != lobby {
		t.Errorf("got %+v", g)
	}
	turned.turn(time.Second)
	a.say(`{"op":"typing","room":"Lobby111111"}`)
	b.expect("typing")
	h.settled()
	a.quiet() // nobody hears themselves, on any page
	own.quiet()
	b.quiet()
}

func TestNotesForOneMember(t *testing.T) {
	h := open(t, Options{})
	a, again, other := h.visit(1), h.visit(1), h.visit(2)
	h.TellMember(1, Standing, Note{HTML: "<b>+5</b>", JSON: []byte(`{"points":5}`)})
	h.TellMemberIn(1, lobby, Unread, Note{JSON: []byte(`{"unread":3}`)})
	for _, p := range []*page{a, again} {
		if g := p.expect("standing"); g.HTML != "<b>+5</b>" || g.Data != nil {
			t.Errorf("got %+v", g)
		}
		if g := p.expect("unread"); g.Room != lobby || string(g.Data) != `{"unread":3}` {
			t.Errorf("got %+v", g)
		}
	}
	other.quiet()
}

// The beat does all of it by itself.
func TestBeatsByItself(t *testing.T) {
	c := newClub(t)
	h := newHouse(t, c, Options{Every: time.Millisecond, Ping: time.Millisecond})
	h.server.Start()
	p := h.visit(1)
	pinged := false
	p.ws.SetPingHandler(func(string) error { pinged = true; return nil })
	p.join(lobby, 0)
	p.expect("presence")
	c.commit(lobby)
	p.change(1)
	if !pinged {
		t.Error("the page was never pinged")
	}
}
