package live

import (
	"sync"
	"testing"
	"time"
)

func TestRecheckEvicts(t *testing.T) {
	h := open(t, Options{})
	p, same, other := h.visit(1), h.visit(1), h.visit(2)
	for _, p := range []*page{p, same, other} {
		p.join(lobby, 0)
		p.join(studio, 0)
		p.quiet()
	}
	h.club.close(1, studio)
	h.Recheck(1)
	for _, p := range []*page{p, same} {
		if g := p.expect("evicted"); g.Room != studio {
			t.Fatalf("got %+v, want to leave the studio", g)
		}
	}
	h.post(studio)
	h.post(lobby)
	other.change(1)
	other.change(1)
	p.change(1) // the lobby's: the studio's is gone for them
	same.change(1)
	h.settled()
	p.quiet()
	p.say(`{"op":"join","room":"Studio11111"}`)
	p.expect("error")
}

func TestRecheckAllReachesGuests(t *testing.T) {
	h := open(t, Options{})
	guest, member := h.visit(0), h.visit(1)
	guest.join(lobby, 0)
	member.join(lobby, 0)
	h.club.close(0, lobby)
	h.RecheckAll()
	guest.expect("evicted")
	h.post(lobby)
	member.change(1)
}

func TestRecheckEndsTheSocket(t *testing.T) {
	for err, code := range map[error]int{ErrSignedOut: CloseSignedOut, ErrBarred: CloseBarred} {
		h := open(t, Options{})
		p, other := h.visit(1), h.visit(2)
		h.club.with(func() { h.club.ended[1] = err })
		h.Recheck(1)
		p.closed(code)
		other.quiet()
	}
}

func TestEpochsThatRoseAreFoundByWatch(t *testing.T) {
	h := open(t, Options{})
	p, other := h.visit(1), h.visit(2)
	p.join(lobby, 0)
	other.join(lobby, 0)
	h.watch()
	if n := h.club.times("recheck"); n != 0 {
		t.Fatalf("%d questions although nothing rose", n)
	}
	h.club.close(1, lobby)
	h.club.with(func() { h.club.epoch[1] = 7 })
	h.watch()
	p.expect("evicted")
	h.club.close(2, lobby)
	h.club.with(func() { h.club.club = 3 })
	h.watch()
	other.expect("evicted")
	eventually(t, "all know the club's epoch", func() bool {
		asked := h.club.times("recheck")
		h.watch()
		p.quiet()
		other.quiet()
		return h.club.times("recheck") == asked
	})
}

// Leave that has run out is asked about before the next change goes out, not after.
func TestNothingIsSentPastUntil(t *testing.T) {
	turned := newClock()
	h := open(t, Options{Clock: turned.now})
	noon := turned.now()
	h.club.until[lobby] = noon.Add(time.Minute)
	p, other := h.visit(1), h.visit(2)
	p.join(lobby, 0)
	other.join(lobby, 0)
	h.post(lobby)
	p.change(1)
	other.change(1)

	h.club.close(1, lobby)
	turned.turn(time.Minute)
	h.club.with(func() { h.club.until[lobby] = noon.Add(2 * time.Minute) })
	h.post(lobby)
	p.expect("evicted")
	other.change(2) // another key still opens for them: leave goes on, and nothing was lost
	h.post(lobby)
	other.change(3)
	h.settled()
	p.quiet()
}

// While the question is open, or cannot be answered, nothing is sent; the beat asks again.
func TestUntilWithTheDatabaseAway(t *testing.T) {
	turned := newClock()
	h := open(t, Options{Clock: turned.now})
	h.club.until[lobby] = turned.now().Add(time.Minute)
	p := h.visit(1)
	p.join(lobby, 0)
	p.quiet()
	turned.turn(time.Hour)
	h.club.with(func() { h.club.before["recheck"] = func(Room) { panic("the database is away") } })
	h.post(lobby)
	eventually(t, "the question failed", func() bool { return h.club.times("recheck") == 1 })
	h.whisper(lobby, typingFrame, Note{}, 0)
	h.settled()
	p.quiet()
	h.club.with(func() {
		delete(h.club.before, "recheck")
		h.club.until[lobby] = time.Time{}
	})
	eventually(t, "it was answered", func() bool {
		h.Hub.post(job{beat: true})
		return h.club.times("recheck") > 1
	})
	p.change(1)
	p.quiet()
}

// Who has lost a room leaves it, and its list of those here, though nothing is told there.
func TestUntilIsNoticedInAQuietRoom(t *testing.T) {
	turned := newClock()
	h := open(t, Options{Clock: turned.now})
	h.club.until[lobby] = turned.now().Add(time.Minute)
	p := h.visit(1)
	p.join(lobby, 0)
	h.club.close(1, lobby)
	turned.turn(time.Minute)
	h.Hub.post(job{beat: true})
	p.expect("evicted")
	if here := h.Here(lobby); len(here) != 0 {
		t.Errorf("%v are still here", here)
	}
}

func TestLoginThatRunsOut(t *testing.T) {
	turned := newClock()
	h := open(t, Options{Clock: turned.now})
	h.club.logins[1] = turned.now().Add(time.Hour)
	p := h.visit(1)
	h.TellMember(1, Badge, Note{})
	p.expect("badge")
	turned.turn(time.Hour)
	h.TellMember(1, Badge, Note{})
	p.quiet()
	h.club.with(func() { h.club.ended[1] = ErrSignedOut })
	h.Hub.post(job{beat: true})
	p.closed(CloseSignedOut)
}

// A right that goes while the join is on its way: asked before, answered after.
func TestRecheckDuringJoin(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	h.club.after["join"] = func(room Room) {
		h.club.close(1, room)
		h.Recheck(1)
		eventually(t, "the recheck was done", func() bool { return !h.Heard(room) })
	}
	p.say(`{"op":"join","ref":"r","room":"Lobby111111","seq":0}`)
	if g := p.expect("error"); g.Code != "missing" || g.Ref != "r" {
		t.Fatalf("got %+v", g)
	}
	h.post(lobby)
	h.settled()
	p.quiet()
}

// A join that was answered from a session about to be replaced is asked about again.
func TestJoinDuringRecheck(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	var first sync.Once
	joined := make(chan struct{})
	h.club.before["recheck"] = func(Room) {
		first.Do(func() { <-joined }) // it has asked about no room, for there was none
	}
	h.Recheck(1)
	eventually(t, "the recheck is on its way", func() bool { return h.club.times("recheck") == 1 })
	p.join(lobby, 0)
	h.club.close(1, lobby)
	close(joined)
	p.expect("evicted")
}

func TestEarlier(t *testing.T) {
	a, b := time.Unix(1, 0), time.Unix(2, 0)
	for _, c := range [][3]time.Time{{a, b, a}, {b, a, a}, {{}, a, a}, {a, {}, a}, {{}, {}, {}}} {
		if got := earlier(c[0], c[1]); !got.Equal(c[2]) {
			t.Errorf("earlier(%v, %v) = %v", c[0], c[1], got)
		}
	}
}

// Leave that is over by the time the replay goes out sends nothing, though the join was let in.
func TestUntilPassesDuringTheReplay(t *testing.T) {
	turned := newClock()
	h := open(t, Options{Clock: turned.now})
	h.post(lobby)
	h.club.until[lobby] = turned.now().Add(time.Minute)
	h.club.after["missed"] = func(room Room) {
		h.club.close(1, room)
		turned.turn(time.Minute)
	}
	p := h.visit(1)
	p.join(lobby, 0)
	p.expect("evicted")
	p.quiet()
}

// Rechecks that come while one is under way make it run once more, not once each.
func TestRechecksGather(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	p.join(lobby, 0)
	p.quiet()
	asked, more := make(chan struct{}), make(chan struct{})
	var first sync.Once
	h.club.after["recheck"] = func(Room) {
		first.Do(func() { close(asked); <-more })
	}
	h.Recheck(1)
	<-asked
	h.club.close(1, lobby) // after the first question was answered, before the answer is applied
	for range 10 {
		h.Recheck(1)
	}
	close(more)
	p.expect("evicted")
	p.quiet()
	if n := h.club.times("recheck"); n != 2 {
		t.Errorf("%d questions, want 2", n)
	}
}

func TestBarredInAnAnswer(t *testing.T) {
	h := open(t, Options{})
	p := h.visit(1)
	p.say(`{"op":"send","room":"Lobby111111","key":"k","text":"bar"}`)
	p.closed(CloseBarred)
}
