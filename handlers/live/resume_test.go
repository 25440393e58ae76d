package live

import (
	"sync"
	"testing"
)

func TestJoinReplaysThenGoesOn(t *testing.T) {
	h := open(t, Options{})
	for range 5 {
		h.post(lobby)
	}
	p := h.visit(1)
	if head := p.join(lobby, 2); head != 5 {
		t.Fatalf("head is %d, want 5", head)
	}
	p.change(3)
	p.change(4)
	p.change(5)
	h.post(lobby)
	p.change(6)
}

func TestChangesToldDuringTheReplayComeAfterIt(t *testing.T) {
	h := open(t, Options{})
	h.post(lobby)
	h.post(lobby)
	h.club.before["missed"] = func(Room) { h.post(lobby) } // in the replay, and told
	h.club.after["missed"] = func(Room) {                  // told alone
		h.post(lobby)
		h.settled()
	}
	p := h.visit(1)
	p.join(lobby, 0)
	for seq := int64(1); seq <= 4; seq++ {
		p.change(seq)
	}
	h.settled()
	p.quiet()
	if n := h.club.times("missed"); n != 1 {
		t.Errorf("%d questions, want 1: what is held need not be asked for", n)
	}
}

// A page that shares a question asked before it came, and came after the telling, misses both:
// it must notice.
func TestSeatTakenAfterTheTelling(t *testing.T) {
	h := open(t, Options{})
	h.post(lobby)
	early, late := h.visit(1), h.visit(2)
	read, both := make(chan struct{}), make(chan struct{})
	var first sync.Once
	h.club.after["missed"] = func(Room) {
		first.Do(func() { close(read); <-both }) // nobody else asks before that
	}
	early.say(`{"op":"join","room":"Lobby111111","seq":0}`)
	<-read
	h.post(lobby)
	h.settled()
	late.say(`{"op":"join","room":"Lobby111111","seq":0}`)
	eventually(t, "the late page has its seat", func() bool { return h.club.times("join") == 2 })
	close(both)
	for _, p := range []*page{early, late} {
		if g := p.expect("ack"); p == early && g.Seq != 1 {
			t.Fatalf("got %+v: the test shows nothing", g)
		}
		p.change(1)
		p.change(2)
	}
}

// Two pages are the first in a room and read it at different times, and what lies between is
// never told: Watch, which goes by the later one, cannot help the earlier.
func TestFirstTwoInARoom(t *testing.T) {
	h := open(t, Options{})
	h.club.commit(lobby)
	early, late := h.visit(1), h.visit(2)
	read, wait := make(chan struct{}), make(chan struct{})
	var first sync.Once
	h.club.after["missed"] = func(Room) {
		slow := false
		first.Do(func() { slow = true })
		if slow { // outside Once, which would hold up the others
			close(read)
			<-wait
		}
	}
	early.say(`{"op":"join","room":"Lobby111111","seq":0}`)
	<-read
	h.club.commit(lobby)
	late.join(lobby, 1)
	late.change(2)
	late.quiet()
	close(wait)
	if g := early.expect("ack"); g.Seq != 1 {
		t.Fatalf("got %+v: the test shows nothing", g)
	}
	early.change(1)
	early.change(2)
}

func TestJoinWithoutSequenceStartsNow(t *testing.T) {
	h := open(t, Options{})
	h.post(lobby)
	p := h.visit(1)
	p.say(`{"op":"join","room":"` + string(lobby) + `"}`)
	if g := p.expect("ack"); g.Seq != 1 {
		t.Fatalf("head is %d, want 1", g.Seq)
	}
	h.post(lobby)
	p.change(2)
}

func TestFormats(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	bot := h.enters(dialling{protocol: "guildhall.json.v1", header: as(2)})
	p.join(lobby, 0)
	bot.join(lobby, 0)
	h.post(lobby)
	if g := p.expect("change"); g.HTML != `<p id="m1"> & more</p>` || g.Data != nil || g.Kind != "message" || len(g.ID) != 11 {
		t.Errorf("the page got %+v", g)
	}
	if g := bot.expect("change"); string(g.Data) != `{"n":1}` || g.HTML != "" {
		t.Errorf("the bot got %+v", g)
	}
	h.Tell(lobby, Change{Seq: 2, Kind: "remove", ID: "x", JSON: []byte(`{"gone":true}`)})
	if g := p.expect("change"); string(g.Data) != `{"gone":true}` {
		t.Errorf("where there is no fragment the page got %+v", g)
	}
	bot.change(2)
	h.Tell(lobby, Change{Seq: 3, JSON: []byte(`not JSON`)})
	if g := bot.expect("change"); g.Seq != 3 || g.Data != nil {
		t.Errorf("data that is no JSON came as %+v", g)
	}
}

// Many sockets that miss the same changes ask once, as after a restart.
func TestOneQuestionForAllWhoMissTheSame(t *testing.T) {
	h := open(t, Options{})
	for range 3 {
		h.post(lobby)
	}
	go1 := make(chan struct{})
	h.club.before["missed"] = func(Room) { <-go1 }
	const many = 10
	var pages []*page
	for i := range many {
		p := h.visit(int64(i + 1))
		p.say(`{"op":"join","room":"` + string(lobby) + `","seq":1}`)
		pages = append(pages, p)
	}
	eventually(t, "all are let in", func() bool { return h.club.times("join") == many })
	close(go1)
	for _, p := range pages {
		p.expect("ack")
		p.change(2)
		p.change(3)
	}
	if n := h.club.times("missed"); n > many/2 {
		t.Errorf("%d questions for %d pages", n, many)
	}
}
