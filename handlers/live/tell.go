package live

import "slices"

// Heard reports whether anybody listens to room, so that nothing is drawn in vain: who comes
// later is given what was committed before.
func (h *Hub) Heard(room Room) bool { return h.hall(room) != nil }

// Tell hands changes of room, in the order of their sequence, to every page that listens. Call
// it after the commit, for all changes of one commit at once: they then leave in one write. A
// change told twice is sent once, and one that was never told is found by Watch.
func (h *Hub) Tell(room Room, changes ...Change) {
	l := h.hall(room)
	if l == nil {
		return
	}
	changes = slices.Clone(changes)
	for i := range changes {
		changes[i].JSON = h.sound(changes[i].JSON)
	}
	for _, p := range runs(room, changes) {
		if told := l.told.Load(); h.opts.Several && told != unknown && p.from > told {
			h.Hint(room, p.upto) // what lies between was done by another instance: one reading brings it to all
			continue
		}
		h.tell(l, p)
	}
}

// tell raises told before the packet is on its way: a seat taken too late to be on the list that
// the shard copies then knows what its replay must at least reach.
func (h *Hub) tell(l *hall, p *packet) {
	l.raise(p.upto)
	h.post(job{hall: l, packet: p})
}

// memo is a note framed once for each format.
type memo struct {
	frames [formats][]byte
	except int64
}

func (h *Hub) memo(room Room, is *frame, n Note, except int64) *memo {
	m := &memo{except: except}
	n.JSON = h.sound(n.JSON)
	for f := range formats {
		d := down{Type: is, Room: room}
		d.fill(f, n.HTML, n.JSON)
		m.frames[f] = d.text()
	}
	return m
}

// whisper hands n to everybody who hears room at this moment, but for the sockets of one member (0
// for none); nobody catches up on it.
func (h *Hub) whisper(room Room, is roomFrame, n Note, except int64) {
	if l := h.hall(room); l != nil {
		h.post(job{hall: l, note: h.memo(room, is.frame, n, except)})
	}
}

// TellMember hands n to all pages that one member has open, in a frame of that kind.
func (h *Hub) TellMember(member int64, is MemberFrame, n Note) { h.TellMemberIn(member, "", is, n) }

// TellMemberIn is TellMember for a note that concerns a room, such as its unread count.
func (h *Hub) TellMemberIn(member int64, room Room, is MemberFrame, n Note) {
	if is.frame == nil {
		h.opts.Log.Error("live: a note is not sent, as its frame is not declared in " + framesAt)
		return
	}
	conns := h.connsOf(member)
	if len(conns) == 0 {
		return
	}
	m := h.memo(room, is.frame, n, 0)
	now := h.now()
	for _, c := range conns {
		c.mu.Lock()
		if !c.lapsed(now) { // else the next beat asks whether the login still stands
			c.send(nil, m.frames[c.format])
		}
		c.mu.Unlock()
	}
}
