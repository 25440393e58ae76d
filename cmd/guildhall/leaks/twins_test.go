package leaks_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guildhall/handlers/ways"
	"guildhall/models/clubtest"
)

// twins are two clubs that began alike. The second has more, and other things, in its gated spaces.
type twins struct {
	t    *testing.T
	a, b *world
	list listing
	from time.Time

	ghosts map[kind]*house // what is asked for in a where b has something gated

	mu                   sync.Mutex
	asked, pages, frames int
	differ               []string
}

// TestTwinWorlds asks both clubs the same as everybody who is out: whatever differs tells of what is
// gated.
func TestTwinWorlds(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, database string) {
		tw := &twins{t: t, from: time.Now()}
		tw.a, tw.b = open(t, database, ""), open(t, twinOf(t, database), "")
		tw.a.more = tw.a.retires
		tw.b.more = func() { tw.b.retires(); tw.b.bustle() }
		tw.a.settle()
		tw.b.settle()
		tw.list = tw.a.declared()
		tw.ghosts = map[kind]*house{locked: tw.a.ghost(slugs[locked]), unlisted: tw.a.ghost(slugs[unlisted]), cellar: tw.a.ghost(string(cellar))}
		sitting := tw.b.sits(author, "mel", "mia", "bea")
		lines := tw.listen()
		tw.live(lines, sitting)
		tw.crawls(lines)
		tw.control()
		tw.report()
	})
}

// twinOf is another empty database of the same kind.
func twinOf(t *testing.T, database string) string {
	if strings.HasPrefix(database, "postgres") {
		return clubtest.Postgres(t)
	}
	return filepath.Join(t.TempDir(), "twin.db")
}

// gaze is one viewer in both clubs, with what they were told so far.
type gaze struct {
	part
	a, b         *eye
	of, and      *teller // of a, of b
	taps, others []*tap  // in a, in b
	pages        int     // that links led to
}

func (tw *twins) gaze(p part) *gaze {
	secrets := func(w *world) []string {
		return []string{w.p.URL, "{home}", strings.TrimPrefix(w.p.URL, "http://"), "{host}", w.issuing(), "{issuer}", w.invitation, "{invitation}", w.link, "{link}", w.picture, "{picture}"}
	}
	name := p.handle
	if p.token || name == "" {
		name = p.name
	}
	return &gaze{part: p, a: tw.a.people[name], b: tw.b.people[name], of: newTeller(tw.from, secrets(tw.a)...), and: newTeller(tw.from, secrets(tw.b)...)}
}

// issuing is the address of the issuer of a club.
func (w *world) issuing() string {
	const name = "GUILDHALL_OIDC_ISSUER="
	i := slices.IndexFunc(w.p.Env, func(s string) bool { return strings.HasPrefix(s, name) })
	return strings.TrimPrefix(w.p.Env[i], name)
}

// out are the viewers who are out.
func (tw *twins) out() (all []*gaze) {
	for _, p := range parts {
		if !p.in {
			all = append(all, tw.gaze(p))
		}
	}
	return all
}

// same holds two answers to one question against each other.
func (tw *twins) same(v *gaze, what string, a, b []string) bool {
	d := apart(a, b)
	tw.mu.Lock()
	defer tw.mu.Unlock()
	tw.asked++
	if d != "" {
		tw.differ = append(tw.differ, fmt.Sprintf("%s: %s%s", v.name, what, d))
	}
	return d == ""
}

// ask puts a question to both clubs.
func (tw *twins) ask(v *gaze, qa, qb ask) (a, b answer) {
	a, b = v.a.ask(tw.t, qa), v.b.ask(tw.t, qb)
	pa, pb := v.of.tell([]byte(qa.path)), v.and.tell([]byte(qb.path))
	tw.same(v, fmt.Sprintf("%s %s %s", qa.method, pa, qa.header["Accept"]), append(v.of.answered(a), pa), append(v.and.answered(b), pb))
	return a, b
}

// crawls lets all look around at once: what one of them reads is nothing to the others.
func (tw *twins) crawls(lines []*gaze) {
	tw.a.asset() // found once for all
	tw.b.asset()
	var all sync.WaitGroup
	for _, v := range lines {
		all.Go(func() { tw.crawl(v) })
	}
	all.Wait()
	for _, v := range lines {
		tw.pages += v.pages
	}
}

// crawl asks for everything that can be asked for without knowing an id of what is gated, for the
// gated spaces by the ids of things that are in the second club alone, and follows every link.
func (tw *twins) crawl(v *gaze) {
	walked := map[string]bool{}
	for _, way := range tw.list.Ways {
		if way.Kind != ways.Route || way.Dev || way.Method != http.MethodGet || way.Path == "" || way.Surface == "live" {
			continue
		}
		for _, houses := range tw.houses(way) {
			as, bs := tw.a.asks(way, houses[0], v.part), tw.b.asks(way, houses[1], v.part)
			for i := range as {
				if as[i].method == http.MethodHead && houses[0].kind != public {
					continue // the head of the page that was just compared
				}
				a, b := tw.ask(v, as[i], bs[i])
				if houses[0] == tw.a.houses[public] && as[i].header["Accept"] == "text/html" {
					tw.follow(v, a, b, walked)
				}
			}
		}
	}
}

// houses are those that a way is tried with in the one club and in the other.
func (tw *twins) houses(way ways.Way) (all [][2]*house) {
	all = append(all, [2]*house{tw.a.houses[public], tw.b.houses[public]})
	if !inside(way) {
		return all
	}
	for _, k := range []kind{locked, unlisted, cellar} {
		all = append(all, [2]*house{tw.ghosts[k], tw.b.houses[k]})
	}
	return all
}

var links = regexp.MustCompile(`(?:href|src|action|hx-get)="(/[^"#]*)`)

// follow goes on to wherever a page leads within the club.
func (tw *twins) follow(v *gaze, a, b answer, walked map[string]bool) {
	as, bs := links.FindAllSubmatch(a.body, -1), links.FindAllSubmatch(b.body, -1)
	for i := range min(len(as), len(bs)) {
		la, lb := string(as[i][1]), string(bs[i][1])
		if walked[la] || strings.HasPrefix(la, "/static/") {
			continue
		}
		walked[la] = true
		html := map[string]string{"Accept": "text/html"}
		tw.ask(v, ask{method: http.MethodGet, path: strings.ReplaceAll(la, "&amp;", "&"), header: html}, ask{method: http.MethodGet, path: strings.ReplaceAll(lb, "&amp;", "&"), header: html})
		v.pages++
	}
}

// control asks as a member who is in: they are told of all that is different.
func (tw *twins) control() {
	v := tw.gaze(parts[slices.IndexFunc(parts, func(p part) bool { return p.name == "member" })])
	before := tw.differ
	for _, path := range []string{"/", "/notifications", "/s/" + slugs[locked], "/s/" + slugs[unlisted], "/s/" + string(cellar), "/s/" + slugs[locked] + "/chat", "/m/" + author} {
		tw.differ = nil
		tw.ask(v, ask{method: http.MethodGet, path: path}, ask{method: http.MethodGet, path: path})
		if len(tw.differ) == 0 {
			tw.t.Errorf("%s is the same in both clubs to a member who is in: so nothing is proved of those who are out", path)
		}
	}
	tw.differ = before
}

func (tw *twins) report() {
	tw.t.Helper()
	for _, one := range tw.differ[:min(len(tw.differ), 12)] {
		tw.t.Error(one)
	}
	if len(tw.differ) > 12 {
		tw.t.Errorf("and %d more", len(tw.differ)-12)
	}
	tw.t.Logf("%d questions to two clubs, %d of them by following links, %d frames, %d differences", tw.asked, tw.pages, tw.frames, len(tw.differ))
}
