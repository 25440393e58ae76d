package leaks_test

import (
	"bytes"
	"fmt"

	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/space"
)

// More than a page of topics and of messages: what pushed others off a list, or was left out of one
// after it was cut, shows.
const (
	manyTopics   = 24
	manyMessages = 55
)

// everybody is mentioned, whether they may read it or not.
const everybody = "@bela @moe @lars @sue @mel @bea @mia @" + author + " "

// bustle is what happens in the gated spaces of the second club alone, while all its members are in.
func (w *world) bustle() {
	w.t.Helper()
	for _, k := range gated {
		h := w.houses[k]
		w.changes(h)
		for i := range manyTopics {
			w.opens(h, i)
		}
		for i := range manyMessages {
			w.people[[]string{"lars", "sue", author}[i%3]].post(w.t, h.at()+"/chat", "key", w.key(), "text", fmt.Sprint(everybody, "murmur ", i))
		}
	}
	w.extends()
	for _, k := range []kind{locked, unlisted, cellar} {
		clubtest.OK(w.t, w.club.Access.Seat(w.t.Context(), w.again("ona"), w.houses[k].space.ID, w.viewer("bea").ID))
	}
}

// retires takes somebody off the boards in both clubs, so that she may become a moderator in one: those
// are never on them.
func (w *world) retires() {
	w.t.Helper()
	clubtest.OK(w.t, w.club.Members.ShowOnBoards(w.t.Context(), w.again("bea"), false))
}

// changes makes what stands in both clubs another thing in this one.
func (w *world) changes(h *house) {
	w.t.Helper()
	by, mel := w.people[author], w.people["mel"]
	post := func(i int) string { return h.thread() + "/p/" + h.posts[i].String() }
	by.post(w.t, h.thread()+"/title", "title", "Of something else entirely")
	by.post(w.t, post(0)+"/edit", "text", "It says something else, at another length.")
	by.post(w.t, post(1)+"/unaccept")
	by.post(w.t, post(2)+"/accept")
	for _, who := range []string{"bea", "sue", "mia"} {
		w.people[who].post(w.t, post(0)+"/react", "on", "thanks")
	}
	mel.post(w.t, post(1)+"/remove")
	for i, who := range []string{"bea", "sue", "mia"} {
		w.people[who].post(w.t, post([]int{2, 4, 3}[i])+"/report", "reason", "spam", "words", "Not here.")
		w.people[who].post(w.t, h.at()+"/chat/m/"+h.message.String()+"/react", "on", "thanks")
	}
	mel.post(w.t, h.at()+"/chat/m/"+h.message.String()+"/report", "reason", "spam", "words", "Nor here.")
}

// opens starts the i-th topic more, with replies, an answer, thanks, and now and then what was hidden.
func (w *world) opens(h *house, i int) {
	w.t.Helper()
	starter := w.people[[]string{author, "mel", "lars", "sue"}[i%4]]
	to := starter.post(w.t, h.at()+"/new", "key", w.key(), "title", fmt.Sprint("Another matter of number ", i), "text", everybody+"what of this?")
	topic := idIn(w.t, to, `/t/(\w{11})`)
	at := h.at() + "/t/" + topic.String()
	for j, who := range []string{"lars", "sue", author}[:1+i%3] {
		w.people[who].post(w.t, at+"/reply", "key", w.key(), "text", fmt.Sprint(everybody, "answer ", j))
	}
	if i%4 > 0 {
		return
	}
	var posts []id.ID
	w.read(&posts, "select id from posts where topic_id = ? order by number", topic)
	last := at + "/p/" + posts[len(posts)-1].String()
	w.people["mia"].post(w.t, last+"/react", "on", "thanks")
	starter.post(w.t, last+"/accept")
	w.people["bea"].post(w.t, last+"/report", "reason", "hostile")
	switch i % 12 {
	case 4:
		w.people["ona"].post(w.t, at+"/hide", "on", "true")
	case 8:
		w.people["ona"].post(w.t, last+"/remove", "reason", "It belongs elsewhere.")
	}
}

// cellar is a space that only the second club has.
const cellar kind = "cellar"

// extends adds unlisted spaces before all others: one in a section of its own, one in the section that
// the others are in.
func (w *world) extends() {
	w.t.Helper()
	ctx, rooms := w.t.Context(), w.section
	w.section = clubtest.Must(w.club.Spaces.AddSection(ctx, w.again("ona"), "Underground"))(w.t)
	clubtest.OK(w.t, w.club.Spaces.MoveSection(ctx, w.again("ona"), w.section.ID, true))
	clubtest.OK(w.t, w.club.Spaces.MoveSection(ctx, w.again("ona"), w.section.ID, true))
	w.houses[cellar] = w.furnish(unlisted, w.builds(unlisted, string(cellar), "Cellar"))
	w.section = rooms
	attic := w.furnish(unlisted, w.builds(unlisted, "attic", "Attic"))
	for range kinds {
		clubtest.OK(w.t, w.club.Spaces.Move(ctx, w.again("ona"), attic.space.ID, true))
	}
}

// ghost is a house of which nothing but the slug is known to anybody: its ids are none of any thing.
func (w *world) ghost(slug string) *house {
	drawn := func() id.ID { return w.db.NewID() }
	return &house{kind: unlisted, space: space.Space{Slug: slug}, topic: drawn(), hidden: drawn(), posts: []id.ID{drawn(), drawn()}, removed: drawn(), message: drawn(), room: drawn()}
}

// hums makes the gated spaces of the second club lively once more, as seen and heard by those who are
// in: each of them sits there with an open socket.
func (w *world) hums(sitting []*tap, word string) {
	w.t.Helper()
	for _, h := range []*house{w.houses[locked], w.houses[unlisted], w.houses[cellar]} {
		for _, tp := range sitting[:2] {
			tp.ask(w.t, "typing", map[string]any{"room": h.room.String()})
			tp.ask(w.t, "read", map[string]any{"room": h.room.String(), "upto": 4})
		}
		w.people[author].post(w.t, h.thread()+"/reply", "key", w.key(), "text", everybody+word)
		w.people["mel"].post(w.t, h.at()+"/chat", "key", w.key(), "text", everybody+word)
		w.people["mel"].post(w.t, h.at()+"/new", "key", w.key(), "title", "A matter of "+word, "text", everybody+word)
		w.people["bea"].post(w.t, h.at()+"/chat/m/"+h.message.String()+"/react", "on", "thanks")
		w.people["mia"].post(w.t, h.thread()+"/p/"+h.posts[0].String()+"/react", "on", "thanks")
	}
}

// sits opens a socket for each of some who are in, in every gated room.
func (w *world) sits(handles ...string) (all []*tap) {
	w.t.Helper()
	for _, handle := range handles {
		tp, status := w.people[handle].listens(w.t, protocols[1])
		if tp == nil {
			w.t.Fatalf("%s opens a socket: %d", handle, status)
		}
		for _, h := range []*house{w.houses[locked], w.houses[unlisted], w.houses[cellar]} {
			for _, place := range []id.ID{h.room, h.topic} {
				if f := tp.join(w.t, place); f.said.Type != "ack" {
					w.t.Fatalf("%s joins a gated place: %s", handle, f.body)
				}
			}
		}
		all = append(all, tp)
	}
	return all
}

// meets is what happens in the public space of both clubs: those who are out see it, earn by it and
// are told of it.
func (w *world) meets(word string) {
	w.t.Helper()
	h, by := w.houses[public], w.people[author]
	to := by.post(w.t, h.at()+"/new", "key", w.key(), "title", "On "+word, "text", everybody+word)
	at := h.at() + "/t/" + idIn(w.t, to, `/t/(\w{11})`).String()
	for _, who := range []string{"bela", "moe", author} {
		w.people[who].post(w.t, at+"/reply", "key", w.key(), "text", everybody+word+" by "+who)
	}
	by.post(w.t, h.thread()+"/reply", "key", w.key(), "text", everybody+word)
	w.people["bela"].post(w.t, h.thread()+"/p/"+h.posts[0].String()+"/react", "on", "thanks")
	w.people["moe"].post(w.t, h.thread()+"/p/"+h.posts[3].String()+"/react", "on", "thanks")
	w.people["bela"].post(w.t, h.at()+"/chat", "key", w.key(), "text", everybody+word)
}

// gathers waits until the three members who listen in the public room and topic are shown there, so that nobody comes
// later.
func (w *world) gathers(taps []*tap) {
	w.t.Helper()
	for _, place := range []id.ID{w.houses[public].room, w.houses[public].topic} {
		for _, tp := range taps {
			if _, ok := tp.until(func(f frame) bool {
				return f.said.Type == "presence" && f.said.Room == place.String() &&
					(bytes.Contains(f.body, []byte(`data-count=\"3\"`)) || bytes.Contains(f.body, []byte(`"count":3`)))
			}); !ok {
				w.t.Fatal("not everybody is shown in public")
			}
		}
	}
}

// hearsAll waits until the last thing of a meeting came to everybody.
func (w *world) hearsAll(taps []*tap, word string) {
	w.t.Helper()
	room := w.houses[public].room.String()
	for _, tp := range taps {
		if _, ok := tp.until(func(f frame) bool { return f.said.Room == room && bytes.Contains(f.body, []byte(word)) }); !ok {
			w.t.Fatalf("somebody does not hear %q", word)
		}
	}
}
