package live

import (
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A telling that is lost, doubled, late or out of order, and pages that come, go and come back
// at any moment: each page still sees every change once and in order.
func TestNothingFallsBetweenJoinAndTell(t *testing.T) {
	for _, shards := range []int{1, 3} {
		t.Run(fmt.Sprintf("%d shards", shards), func(t *testing.T) {
			const changes, tellers, readers = 800, 4, 6
			h := open(t, Options{Shards: shards, Rate: 1e6, Burst: 1e6, PerMember: 1000})
			var telling, reading sync.WaitGroup
			for range tellers {
				telling.Go(func() {
					for h.club.head(lobby) < changes {
						tellBadly(h)
					}
				})
			}
			for i := range readers {
				reading.Go(func() { follow(h, int64(i+1), changes) })
			}
			telling.Wait()
			done := make(chan struct{})
			go func() { reading.Wait(); close(done) }()
			for { // what was lost at the very end, only Watch can find
				h.watch()
				select {
				case <-done:
					if n := h.Snapshot(); n.Resets != 0 {
						t.Errorf("%d resets although every change was kept", n.Resets)
					}
					return
				case <-time.After(time.Millisecond):
				}
			}
		})
	}
}

func tellBadly(h *house) {
	batch := []Change{h.club.commit(lobby)}
	for rand.IntN(3) == 0 {
		batch = append(batch, h.club.commit(lobby)) // not in sequence if another teller came between
	}
	switch rand.IntN(8) {
	case 0: // lost
	case 1:
		h.Tell(lobby, batch...)
		h.Tell(lobby, batch...)
	default:
		h.Tell(lobby, batch...)
	}
}

// follow reads room up to the change last, over many joins and sockets.
func follow(h *house, member, last int64) {
	p, seen := h.visit(member), int64(0)
	defer func() { p.ws.Close() }()
	for n := 0; seen < last; n++ {
		ref := strconv.Itoa(n)
		p.say(fmt.Sprintf(`{"op":"join","ref":%q,"room":%q,"seq":%d}`, ref, lobby, seen))
		var ok bool
		if seen, ok = listen(p, ref, seen, last); !ok {
			return
		}
		switch rand.IntN(3) {
		case 0:
			p.ws.Close()
			p = h.visit(member)
		case 1:
			p.say(fmt.Sprintf(`{"op":"leave","room":%q}`, lobby))
		}
	}
}

// listen follows one join for some frames. Before its answer, changes of the join before may
// still come; after it, they go on from what was asked for.
func listen(p *page, ref string, since, last int64) (int64, bool) {
	seen, answered := since, false
	for some := 1 + rand.IntN(200); some > 0 && seen < last; some-- {
		g, err := p.read()
		switch {
		case err != nil:
			p.t.Errorf("after %d: %v", seen, err)
			return seen, false
		case g.Type == "ack" && g.Ref == ref:
			answered = true
		case g.Type == "ack", g.Type == "change" && !answered:
		case g.Type == "change" && g.Seq == seen+1:
			seen++
		default:
			p.t.Errorf("after %d came %+v", seen, g)
			return seen, false
		}
	}
	return seen, true
}

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

// More than a seat holds comes while its replay is read: it is asked for again, not lost.
func TestOverflowOfWhatIsHeld(t *testing.T) {
	h := open(t, Options{})
	const flood = holdMost + 50
	h.club.after["missed"] = func(Room) {
		h.club.with(func() { delete(h.club.after, "missed") })
		for range flood {
			h.post(lobby)
		}
		h.settled()
	}
	p := h.visit(1)
	p.join(lobby, 0)
	for seq := int64(1); seq <= flood; seq++ {
		p.change(seq)
	}
	if n := h.Snapshot(); n.CatchUps == 0 {
		t.Error("nothing overflowed: the test shows nothing")
	}
}

// A replay much longer than may wait for a socket is written as fast as the page reads.
func TestLongReplayIsNoSlowClient(t *testing.T) {
	c := newClub(t)
	h := newHouse(t, c, Options{Pending: 128 << 10})
	h.server.Listener = narrow{h.server.Listener}
	h.server.Start()
	text := strings.Repeat("x", 2000)
	const many = 1500
	h.club.with(func() {
		for range many {
			h.club.commitLocked(lobby, text)
		}
	})
	p := h.enters(dialling{protocol: "guildhall.html.v1", header: as(1), receive: 4096})
	p.join(lobby, 0)
	h.post(lobby)
	for seq := int64(1); seq <= many+1; seq++ {
		p.change(seq)
	}
	if n := h.Snapshot(); n.Slow != 0 {
		t.Error("the page was taken for a slow one")
	}
}

// narrow makes the server's send buffers small, so that a page that does not read is felt soon.
type narrow struct{ net.Listener }

func (n narrow) Accept() (net.Conn, error) {
	c, err := n.Listener.Accept()
	if err == nil {
		err = c.(*net.TCPConn).SetWriteBuffer(4096)
	}
	return c, err
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

func TestChunksCutBetweenFrames(t *testing.T) {
	var changes []Change
	for i := range 10 {
		changes = append(changes, Change{Seq: int64(i + 1), HTML: strings.Repeat("y", 30*i)})
	}
	p := runs(lobby, changes)[0]
	for most := range 600 {
		var all []byte
		for last := int64(3); last < p.upto; {
			b, upto := p.chunk(last, asHTML, most)
			if upto <= last || upto > last+1 && len(b) > most {
				t.Fatalf("most %d after %d: %d bytes up to %d", most, last, len(b), upto)
			}
			all, last = append(all, b...), upto
		}
		if string(all) != string(p.after(3, asHTML)) {
			t.Fatalf("most %d: the pieces are not the whole", most)
		}
	}
}

// A batch larger than a socket takes at once is paced like a replay.
func TestLargeBatchIsNoSlowClient(t *testing.T) {
	h := newHouse(t, newClub(t), Options{Pending: 128 << 10})
	h.server.Listener = narrow{h.server.Listener}
	h.server.Start()
	p := h.enters(dialling{protocol: "guildhall.html.v1", header: as(1), receive: 4096})
	p.join(lobby, 0)
	p.quiet()
	const many = 300
	var batch []Change
	for range many {
		h.club.with(func() { batch = append(batch, h.club.commitLocked(lobby, strings.Repeat("x", 1000))) })
	}
	h.Tell(lobby, batch...)
	h.post(lobby)
	h.post(lobby)
	for seq := int64(1); seq <= many+2; seq++ {
		p.change(seq)
	}
	if n := h.Snapshot(); n.Slow != 0 {
		t.Error("the page was taken for a slow one")
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
