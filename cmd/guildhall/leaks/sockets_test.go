package leaks_test

import (
	"bytes"
	"net/http"
	"regexp"
	"sync"

	"guildhall/models/clubtest"
	"guildhall/models/id"
)

// sockets opens the live line as everybody, and tries its operations on what is gated.
func (m *matrix) sockets() map[part][]*tap {
	taps := map[part][]*tap{}
	var all sync.WaitGroup
	for _, p := range parts {
		for _, protocol := range protocols {
			tp, status := m.eye(p, locked).listens(m.t, protocol)
			if wanted := m.mayListen(p); status != wanted {
				m.finds(&m.wrong, "%s opens a socket (live): answered %d, not %d", p.name, status, wanted)
			}
			if tp == nil {
				continue
			}
			taps[p] = append(taps[p], tp)
			all.Go(func() {
				for _, k := range gated {
					m.joins(tp, p, k)
					if !p.in {
						m.meddles(tp, p, k)
					}
				}
			})
		}
		for _, k := range gated {
			for _, surface := range liveSurfaces {
				m.walked[cell{surface, p.name, k}]++
			}
		}
	}
	all.Wait()
	return taps
}

// stir lets the gated rooms be lively, and looks at every frame that came down to anybody.
func (m *matrix) stir(taps map[part][]*tap) {
	for _, k := range gated {
		m.stirs(k, taps)
	}
	m.passes()
	m.carries(taps)
	m.overhear(taps)
}

var liveSurfaces = []string{"live", "live-write", "live-changes", "live-typing", "live-presence", "live-unread", "live-notice", "live-standing"}

// mayListen is the status of a handshake.
func (m *matrix) mayListen(p part) int {
	if p.token || p.name == "suspended" {
		return http.StatusForbidden
	}
	return http.StatusSwitchingProtocols
}

var (
	refs  = regexp.MustCompile(`"ref":"[^"]*"`)
	never = clubtest.Must(id.Parse("1afaxhwqBB1"))
)

// joins asks for the room and the topic of a house: who is out is answered as of a room that never was.
func (m *matrix) joins(tp *tap, p part, k kind) {
	h := m.houses[k]
	nowhere := refs.ReplaceAll(tp.join(m.t, never(m.t)).body, nil)
	for _, place := range []id.ID{h.room, h.topic, h.hidden, m.few.room} {
		f := tp.join(m.t, place)
		may := p.in && (place != h.hidden || p.keeps) && place != m.few.room
		switch got := bytes.ReplaceAll(refs.ReplaceAll(f.body, nil), []byte(place.String()), []byte("1afaxhwqBB1")); {
		case may && f.said.Type != "ack":
			m.finds(&m.wrong, "%s joins a place of the %s space (live): %s", p.name, k, f.body)
		case !may && !bytes.Equal(got, nowhere):
			m.finds(&m.leaks, "%s joins a place of the %s space (live): %s; one that never was: %s", p.name, k, f.body, nowhere)
		}
		if may {
			m.sees("live", k)
		}
	}
}

// meddles tries every operation that changes something on what is gated: each is answered as for a
// thing that never was.
func (m *matrix) meddles(tp *tap, p part, k kind) {
	h, none := m.houses[k], never(m.t)
	for op, on := range map[string]func(id.ID) map[string]any{
		"send": func(x id.ID) map[string]any {
			return map[string]any{"room": x.String(), "key": m.key(), "text": "Let me in."}
		},
		"typing": func(x id.ID) map[string]any { return map[string]any{"room": x.String()} },
		"read":   func(x id.ID) map[string]any { return map[string]any{"room": x.String(), "upto": 1} },
		"leave":  func(x id.ID) map[string]any { return map[string]any{"room": x.String()} },
		"edit":   func(x id.ID) map[string]any { return map[string]any{"id": x.String(), "text": "Mine now."} },
		"remove": func(x id.ID) map[string]any { return map[string]any{"id": x.String()} },
		"react":  func(x id.ID) map[string]any { return map[string]any{"id": x.String(), "kind": "thanks", "on": true} },
	} {
		things := []id.ID{h.room, h.topic, m.few.room}
		if op == "edit" || op == "remove" || op == "react" {
			things = []id.ID{h.message, h.posts[0], m.few.message}
		}
		for _, thing := range things {
			got, nowhere := tp.ask(m.t, op, on(thing)), tp.ask(m.t, op, on(none))
			as := bytes.ReplaceAll(refs.ReplaceAll(got.body, nil), []byte(thing.String()), []byte(none.String()))
			if !bytes.Equal(as, refs.ReplaceAll(nowhere.body, nil)) {
				m.finds(&m.leaks, "%s asks for %s in the %s space (live-write): %s; on nothing: %s", p.name, op, k, got.body, nowhere.body)
			}
		}
	}
}

// stirs makes a gated space lively: messages, replies, reactions, typing, mentions.
func (m *matrix) stirs(k kind, taps map[part][]*tap) {
	h, by := m.houses[k], m.people[author]
	mine, _ := by.listens(m.t, protocols[1])
	mine.join(m.t, h.room)
	mine.join(m.t, h.topic)
	mine.ask(m.t, "typing", map[string]any{"room": h.room.String()}) // which whom they block is not to see
	partOf(taps, map[kind]string{locked: "owner", unlisted: "moderator"}[k])[1].ask(m.t, "typing", map[string]any{"room": h.room.String()})
	if f := mine.ask(m.t, "send", map[string]any{"room": h.room.String(), "key": m.key(), "text": "@mel " + canary(k, "live")}); f.said.Type != "ack" {
		m.finds(&m.wrong, unproved+"%s says nothing (live-write): %s", author, f.body)
	}
	by.post(m.t, "/s/"+slugs[public]+"/new", "key", m.key(), "title", "What is new", "text", "It earns points.")
	by.post(m.t, h.thread()+"/reply", "key", m.key(), "text", "@mel @bela @lars @sue @moe "+canary(k, "answer"))
	by.post(m.t, h.at()+"/chat/m/"+h.message.String()+"/react", "on", "thanks")
	mine.ask(m.t, "read", map[string]any{"room": h.room.String(), "upto": 3})
	for _, p := range parts {
		for _, tp := range taps[p] {
			if p.in && !p.token {
				if _, ok := tp.until(func(f frame) bool { return bytes.Contains(f.body, []byte(canary(k, "answer"))) }); !ok {
					m.finds(&m.wrong, unproved+"%s does not hear the %s space (live-changes)", p.name, k)
				}
			}
		}
	}
	m.hears(taps, k, mine)
}

// hears notes what those who are in were seen to be told.
func (m *matrix) hears(taps map[part][]*tap, k kind, own *tap) {
	room, tp := []byte(m.houses[k].room.String()), partOf(taps, "member")[0]
	for surface, of := range map[string]struct {
		tap    *tap
		passes func(frame) bool
	}{
		"live-changes": {tp, func(f frame) bool {
			return f.said.Type == "change" && bytes.Contains(f.body, []byte(canary(k, "live")))
		}},
		"live-write":    {own, func(f frame) bool { return f.said.Type == "ack" && bytes.Contains(f.said.Data, []byte(`"id"`)) }},
		"live-typing":   {tp, func(f frame) bool { return f.said.Type == "typing" && bytes.Contains(f.body, room) }},
		"live-presence": {tp, func(f frame) bool { return f.said.Type == "presence" && bytes.Contains(f.body, room) }},
		"live-unread":   {own, func(f frame) bool { return f.said.Type == "unread" && bytes.Contains(f.body, room) }},
		"live-notice":   {tp, func(f frame) bool { return f.said.Type == "notice" }},
		"live-standing": {own, func(f frame) bool { return f.said.Type == "standing" }},
	} {
		if _, ok := of.tap.until(of.passes); ok {
			m.sees(surface, k)
		}
	}
}

func partOf(taps map[part][]*tap, name string) []*tap {
	for p, all := range taps {
		if p.name == name {
			return all
		}
	}
	return nil
}

// overhear searches everything that came down to those who are out: for what was said, and for any
// trace of the rooms it was said in but the ids that they asked for themselves.
func (m *matrix) overhear(taps map[part][]*tap) {
	for p, all := range taps {
		for _, tp := range all {
			tp.ask(m.t, "ping", nil) // what was sent before has come by then
			if at := tp.last(func(f frame) bool {
				return (f.said.Type == "typing" || f.said.Type == "presence") && bytes.Contains(f.body, []byte(author))
			}); p.name == "blocked" && !at.IsZero() {
				m.finds(&m.leaks, "%s is shown to %s, whom they block (live-presence, live-typing)", author, p.name)
			}
			for _, f := range tp.all() {
				m.weighs(p, f)
			}
		}
	}
}

// weighs looks at one frame that came down to a part.
func (m *matrix) weighs(p part, f frame) {
	on := "live-" + f.said.Type
	switch f.said.Type {
	case "change", "reset", "evicted":
		on = "live-changes"
	case "ack", "error":
		on = "live"
	}
	if found := m.finders[among].find(f.body); found != "" {
		m.finds(&m.leaks, "what is said among a few reaches the socket of %s (%s): %s", p.name, on, found)
	}
	for _, k := range gated {
		if found := m.finders[k].find(f.body); found != "" && !p.in {
			m.finds(&m.leaks, "%s reaches the socket of %s (%s): %s", k, p.name, on, found)
		}
		if bytes.Contains(f.body, []byte(canary(k, "removed"))) {
			m.finds(&m.leaks, "what is removed in the %s space (%s) comes down to %s: %s", k, on, p.name, f.body)
		}
	}
	if !p.in && f.said.Ref == "" && f.said.Room != "" && f.said.Room != m.houses[public].topic.String() {
		m.finds(&m.leaks, "%s is told of a room that nobody asked for (%s): %s", p.name, on, f.body)
	}
}
