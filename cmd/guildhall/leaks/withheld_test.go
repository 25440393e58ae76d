package leaks_test

import (
	"bytes"
	"net/http"
	"regexp"
	"strings"

	"guildhall/handlers/ways"
)

// keeper tells whether a part moderates the space of a kind.
func keeper(p part, k kind) bool {
	if k == public {
		return p.name == "owner" || p.name == "moderator of another space"
	}
	return p.keeps
}

// taken are the fields whose words only those still see who keep a space, and who wrote them.
var taken = []string{"hidden", "removed"}

// marked is the link to a closed space with a trace of what is new behind its door.
var marked = regexp.MustCompile(`class="(unread locked|locked unread)"`)

// withheld looks for what was taken away from those who may read the rest, and for a mark of what is
// new to them where they may not read.
func (m *matrix) withheld(way ways.Way, p part, q ask, a answer) {
	body := bytes.ToLower(a.bytes())
	for _, k := range kinds {
		for _, field := range taken {
			if i := bytes.Index(body, []byte(canary(k, field))); i >= 0 && !keeper(p, k) {
				m.finds(&m.leaks, "what is %s in the %s space (%s) reaches %s: %s %s: %s", field, k, surfaceOf(way), p.name, q.method, q.path, around(body, i))
			}
		}
	}
	for word, reads := range said {
		if i := bytes.Index(body, []byte(word)); i >= 0 && !reads(p) && !strings.Contains(q.path, word) {
			m.finds(&m.leaks, "%s (%s) reaches %s: %s %s: %s", word, surfaceOf(way), p.name, q.method, q.path, around(body, i))
		}
	}
	if at := marked.FindIndex(body); at != nil && !p.in {
		m.finds(&m.leaks, "that something is new behind a door (%s) reaches %s: %s %s: %s", surfaceOf(way), p.name, q.method, q.path, around(body, at[0]))
	}
}

// unheard looks at what those are told who block somebody: nothing of theirs.
func (m *matrix) unheard() {
	for _, path := range []string{"/notifications", "/notifications/latest"} {
		told := m.people[author].get(m.t, path)
		if found := bytes.Index(told.body, []byte("Bea")); found >= 0 {
			m.finds(&m.leaks, "%s (notifications) tells %s of whom they block: %s", path, author, around(told.body, found))
		}
		if !bytes.Contains(told.body, []byte("Mel")) {
			m.finds(&m.wrong, unproved+"%s (notifications) tells %s nothing of others: %s", path, author, told)
		}
	}
}

// passes looks at who is shown to be in the gated rooms, while there is somebody.
func (m *matrix) passes() {
	room := m.houses[locked].at() + "/chat"
	for _, p := range parts {
		if p.token || p.name == "suspended" {
			continue
		}
		a := m.eye(p, locked).ask(m.t, ask{method: http.MethodGet, path: "/"})
		if shown := strings.Contains(string(a.body), room); shown && !p.in {
			m.finds(&m.leaks, "that somebody is in a closed room (home) reaches %s", p.name)
		} else if !shown && p.in {
			m.finds(&m.wrong, unproved+"that somebody is in the room (home) does not reach %s", p.name)
		}
	}
}
