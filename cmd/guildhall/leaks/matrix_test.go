package leaks_test

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"guildhall/handlers/ways"
	"guildhall/models/clubtest"
)

// cell is what one part may learn of one kind of space on one surface.
type cell struct {
	surface, part string
	kind          kind
}

// matrix is a walk over all cells, with what it found.
type matrix struct {
	*world
	list    listing
	finders map[kind]*finder
	walked  map[cell]int  // requests
	control map[cell]bool // seen by those who are in: surface and kind, of no part
	leaks   []string
	wrong   []string
	mu      sync.Mutex
	held    int             // gated answers that no cache may keep
	only    map[string]bool // the surfaces that are walked; nil: all
}

func (w *world) matrix() *matrix {
	m := &matrix{world: w, list: w.declared(), finders: map[kind]*finder{}, walked: map[cell]int{}, control: map[cell]bool{}}
	for _, k := range kinds {
		m.finders[k] = finderOf(k)
	}
	m.finders[among] = finderOf(among)
	return m
}

// TestMatrix walks every surface as every viewer for every kind of space.
func TestMatrix(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, database string) {
		w := open(t, database, "")
		w.settle()
		m := w.matrix()
		before := w.standing()
		m.walk(true)  // what only looks, by everybody
		m.walk(false) // what changes something, by those who may not
		m.unheard()
		taps := m.sockets()
		if after := w.standing(); after != before {
			t.Errorf("what stands in the gated spaces changed: %s, was %s", after, before)
		}
		m.stir(taps)
		m.outside()
		m.letters()
		m.pushes()
		m.report()
	})
}

// harmless are forms that change nothing that the walk needs: everybody may send them.
var harmless = map[string]bool{"POST /preview": true}

func (m *matrix) walk(reads bool) {
	for _, way := range m.list.Ways {
		if way.Kind != ways.Route || way.Dev || ending[way.Name] || way.Path == "" || (way.Method == http.MethodGet) != reads || way.Surface == "live" {
			continue
		}
		if m.only != nil && !m.only[surfaceOf(way)] {
			continue
		}
		for _, k := range kinds {
			if k == public && !reads {
				continue
			}
			for _, p := range parts {
				if !inside(way) && !hangs(way) && k != locked && !(p.token && p.in) {
					continue // it is the same address, and the same viewer, for all kinds
				}
				if m.eye(p, k) == nil {
					continue
				}
				if reads || !p.in || harmless[way.Name] {
					m.try(way, p, k)
				}
			}
		}
	}
}

// eye is the viewer of a part, as they come for a kind of space.
func (m *matrix) eye(p part, k kind) *eye {
	switch {
	case p.token && p.in:
		return m.people["token for "+string(k)]
	case p.token || p.handle == "":
		return m.people[p.name]
	}
	return m.people[p.handle]
}

// try asks all that there is to ask of a way, and judges each answer.
func (m *matrix) try(way ways.Way, p part, k kind) {
	for _, q := range m.asks(way, m.houses[k], p) {
		m.judge(way, p, k, q, m.eye(p, k).ask(m.t, q))
	}
	if q := (ask{method: http.MethodGet}); inside(way) && way.Method == http.MethodGet && !p.in && k != public {
		for _, path := range spellings(m.paths(way, m.houses[k], p)[0]) {
			q.path = path
			m.search(way, p, q, m.eye(p, k).ask(m.t, q))
		}
	}
}

func (m *matrix) judge(way ways.Way, p part, k kind, q ask, a answer) {
	if status := want(way, p, k, q); status != 0 && a.status != status || a.status >= 500 {
		m.finds(&m.wrong, "%s, %s (%s): %s %s %v is answered %d, not %d", p.name, k, surfaceOf(way), q.method, q.path, q.header, a.status, status)
	}
	m.search(way, p, q, a)
	m.likeNever(way, p, k, q, a)
	for _, of := range kinds {
		if (inside(way) || hangs(way)) && of != k {
			continue
		}
		m.walked[cell{surfaceOf(way), p.name, of}]++
		m.prove(way, p, of, a)
	}
}

// asked is the one word of the gated spaces that those who are out put into an address themselves.
var asked = regexp.MustCompile(`(?i)(/|%2f)` + slugs[unlisted] + `\b`)

// unproved begins a line about somebody who should see something and does not: then that others do not
// see it says nothing, and kills no mutant.
const unproved = "unproved: "

// finds keeps a line of what is wrong.
func (m *matrix) finds(among *[]string, line string, with ...any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	*among = append(*among, fmt.Sprintf(line, with...))
}

// sees notes that somebody who is in was seen to see what stands on a surface.
func (m *matrix) sees(surface string, k kind) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.control[cell{surface, "", k}] = true
}

// search looks for what the part must not have.
func (m *matrix) search(way ways.Way, p part, q ask, a answer) {
	seen := false
	for _, of := range gated {
		found := m.finders[of].find(a.bytes())
		if found != "" && !p.in {
			found = m.finders[of].find(asked.ReplaceAll(a.bytes(), nil)) // it says what it was asked for
		}
		if found == "" {
			continue
		}
		seen = true
		if !p.in {
			m.finds(&m.leaks, "%s (%s) reaches %s: %s %s, %d: %s", of, surfaceOf(way), p.name, q.method, q.path, a.status, found)
		}
	}
	if found := m.finders[among].find(a.bytes()); found != "" {
		m.finds(&m.leaks, "what is said among a few (%s) reaches %s: %s %s, %d: %s", surfaceOf(way), p.name, q.method, q.path, a.status, found)
	}
	m.withheld(way, p, q, a)
	if kept := a.header.Get("Cache-Control"); seen && p.in {
		m.held++
		if !strings.Contains(kept, "no-store") || !strings.Contains(kept, "private") {
			m.finds(&m.leaks, "%s %s (%s) may be kept by a cache: %q", q.method, q.path, surfaceOf(way), kept)
		}
	}
}

// surfaceOf is the surface of a way; what programs are given is told apart from what pages show.
func surfaceOf(way ways.Way) string {
	if strings.HasPrefix(way.Path, "/api/v1/") {
		return "api/" + string(way.Surface)
	}
	return string(way.Surface)
}

// prove notes that the walk was seen to show what stands on a surface.
func (m *matrix) prove(way ways.Way, p part, k kind, a answer) {
	r := rows[surfaceOf(way)]
	to := r.to
	if to == "" {
		to = "member"
	}
	if p.name != to {
		return
	}
	if r.shows != "" && bytes.Contains(a.body, []byte(canary(k, r.shows))) || r.shows == "" && r.says != "" && bytes.Contains(a.body, []byte(r.says)) {
		m.sees(surfaceOf(way), k)
	}
}

// standing is how much there is in the gated spaces.
func (w *world) standing() (counted string) {
	for _, k := range gated {
		h := w.houses[k]
		for _, statement := range []string{
			"select count(*) from topics where space_id = ?", "select count(*) from posts where removed_at is null and topic_id in (select id from topics where space_id = ?)",
			"select count(*) from messages where removed_at is null and room_id in (select id from rooms where space_id = ?)", "select count(*) from places where hidden and space_id = ?",
			"select count(*) from post_reactions where post_id in (select p.id from posts p join topics t on t.id = p.topic_id where t.space_id = ?)",
		} {
			var n int
			w.read(&n, statement, h.space.ID)
			counted += fmt.Sprint(n, " ")
		}
	}
	return counted
}

func (m *matrix) report() {
	m.t.Helper()
	cells, empty := 0, map[string]bool{}
	viewers := map[string]bool{}
	surfaces := map[string]bool{}
	for c := range m.walked {
		if rows[c.surface].nothing {
			continue
		}
		if !m.control[cell{c.surface, "", c.kind}] {
			empty[c.surface+" of "+string(c.kind)] = true
			continue
		}
		cells++
		viewers[c.part], surfaces[c.surface] = true, true
	}
	for what := range empty {
		m.t.Errorf("nobody was seen to see %s: its row, or the walk, is wrong", what)
	}
	for _, all := range [][]string{m.leaks, m.wrong} {
		slices.Sort(all)
		for _, one := range all[:min(len(all), 40)] {
			m.t.Error(one)
		}
		if len(all) > 40 {
			m.t.Errorf("and %d more", len(all)-40)
		}
	}
	sum(func() {
		summary.surfaces, summary.viewers, summary.cells = max(summary.surfaces, len(surfaces)), max(summary.viewers, len(viewers)), summary.cells+cells
		summary.leaks += len(m.leaks) + len(m.wrong)
	})
	m.t.Logf("%d surfaces, %d viewers, %d cells, %d leaks, %d statuses beside the model, %d gated answers kept from caches", len(surfaces), len(viewers), cells, len(m.leaks), len(m.wrong), m.held)
}
