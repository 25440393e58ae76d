package leaks_test

import (
	"bytes"
	"sync"
)

// carries moves a topic that everybody hears to where not everybody may, and lets it go on there: those
// who are out are told that they are, and nothing more.
func (m *matrix) carries(taps map[part][]*tap) {
	h := m.houses[public]
	word, room := []byte(canary(locked, "carried")), []byte(h.topic.String())
	for p, all := range taps {
		for _, tp := range all {
			if f := tp.join(m.t, h.topic); f.said.Type != "ack" {
				m.finds(&m.wrong, unproved+"%s does not join a topic of the public space (live): %s", p.name, f.body)
			}
		}
	}
	m.people["ona"].post(m.t, h.thread()+"/move", "space", slugs[locked])
	m.each(taps, func(p part, tp *tap) {
		if p.in {
			return
		}
		if _, ok := tp.until(func(f frame) bool { return f.said.Type == "evicted" && bytes.Contains(f.body, room) }); !ok {
			m.finds(&m.leaks, "%s still hears a topic that went behind a door (live-changes)", p.name)
		}
	})
	to := *h
	to.space = m.houses[locked].space
	m.people[author].post(m.t, to.thread()+"/reply", "key", m.key(), "text", string(word))
	m.each(taps, func(p part, tp *tap) {
		if !p.in {
			return // overhear looks at what came to them
		}
		if _, ok := tp.until(func(f frame) bool { return bytes.Contains(f.body, word) }); !ok {
			m.finds(&m.wrong, unproved+"%s does not hear on what went where they may read (live-changes)", p.name)
		}
	})
}

// each does something with all sockets at once.
func (m *matrix) each(taps map[part][]*tap, do func(p part, tp *tap)) {
	var all sync.WaitGroup
	for p, some := range taps {
		for _, tp := range some {
			all.Go(func() { do(p, tp) })
		}
	}
	all.Wait()
}
