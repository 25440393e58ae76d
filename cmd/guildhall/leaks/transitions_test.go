package leaks_test

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guildhall/cmd/guildhall/running"
	"guildhall/models/clubtest"
)

// within is how soon after the commit that takes a key away nothing gated may reach them any more: at
// the instance where it happened, and at another one of the same database.
const (
	within     = time.Second
	withinBoth = 2 * time.Second
)

// Where those who lose something are, seen from where it is taken.
const (
	oneInstance   = "on one instance"
	otherInstance = "on another instance"
)

// watching is how long a scene is looked at after its turn.
const watching = 2500 * time.Millisecond

// outcome is what a scene came to.
type outcome struct {
	scene
	socket, page time.Duration // when the last trace came, after the turn; 0 for before
	leaks        []string      // traces past the limit, and what should have been seen before and was not
}

// TestTransitions plays every scene, with sockets open, pages warm and notifications waiting.
func TestTransitions(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, database string) {
		w := open(t, database, "")
		w.settle()
		report(t, oneInstance, w.play(scenes, "", within))
		w.appears(w.p.URL)
		if strings.HasPrefix(database, "postgres") {
			other := w.second(database)
			report(t, otherInstance, w.play(again(scenes), other, withinBoth))
			w.appears(other)
		}
	})
}

// again are the scenes under other names, for members and spaces are made anew.
func again(all []scene) (more []scene) {
	for _, sc := range all {
		sc.name += "two"
		more = append(more, sc)
	}
	return more
}

func report(t *testing.T, where string, all []outcome) {
	t.Helper()
	var worst time.Duration
	leaks := 0
	for _, o := range all {
		worst = max(worst, o.socket, o.page)
		leaks += len(o.leaks)
		for _, leak := range o.leaks[:min(len(o.leaks), 5)] {
			t.Errorf("%s %s: %s", o.name, where, leak)
		}
	}
	sum(func() {
		if summary.sudden == nil {
			summary.sudden = map[string]time.Duration{}
		}
		summary.sudden[where] = max(summary.sudden[where], worst)
		summary.leaks += leaks
	})
	t.Logf("%d transitions %s, %d leaks, worst revocation time %s", len(all), where, leaks, worst.Round(time.Millisecond))
}

// second runs another instance on the same database.
func (w *world) second(database string) (base string) {
	w.t.Helper()
	p := running.Installed(w.t, database)
	p.Path, p.URL = w.p.Path, strings.Replace(p.URL, "127.0.0.1", "localhost", 1)
	p.Env = append(p.Env, "GUILDHALL_BASE_URL="+p.URL, "GUILDHALL_FILES="+w.folder)
	p.Start()
	return p.URL
}

// stages is how many scenes play at a time.
const stages = 4

// play plays scenes and returns what each came to. Those who lose are at the instance at base; what
// takes it from them happens at the first.
func (w *world) play(all []scene, base string, limit time.Duration) []outcome {
	w.t.Helper()
	out, set := make([]outcome, len(all)), make([]*stage, len(all))
	for i, sc := range all {
		set[i] = w.sets(sc)
		if base != "" {
			set[i].who, set[i].token = set[i].who.at(base), set[i].token.at(base)
		}
	}
	var busy sync.WaitGroup
	turn := make(chan struct{}, stages)
	for i, s := range set {
		busy.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			out[i] = s.play(limit)
		})
	}
	busy.Wait()
	return out
}

// appears gives somebody the key, and wants what it opens to be there for them as soon as it would go.
func (w *world) appears(base string) {
	w.t.Helper()
	handle := fmt.Sprint("comer", len(w.people))
	who, h := w.comes(handle).at(base), w.houses[unlisted]
	tp, _ := who.listens(w.t, protocols[1])
	open := func() bool { return who.get(w.t, h.page()).status == http.StatusOK }
	if open() || tp.join(w.t, h.room).said.Type != "error" {
		w.t.Fatal("it is open to them before")
	}
	w.people["ona"].post(w.t, "/manage/members/"+handle+"/grants", "key", w.key(), "tier", w.patron.ID.String(), "reason", "Welcome.")
	given := time.Now()
	for !open() || tp.join(w.t, h.room).said.Type != "ack" {
		if time.Since(given) > withinBoth {
			w.t.Fatalf("what they were given the key to is closed %s later", time.Since(given))
		}
	}
	w.t.Logf("what a grant opens is open after %s", time.Since(given).Round(time.Millisecond))
}

// look is every way by which they might see a trace.
func (s *stage) look() map[string]func() answer {
	h, all := s.house, map[string]func() answer{}
	if s.programs {
		return s.byToken(all)
	}
	for _, path := range []string{"/", h.at(), h.page(), h.at() + "/chat", "/m/" + author, "/notifications", "/notifications/latest", "/standing", "/settings", "/new", "/files/" + h.files[0].String()} {
		all[path] = func() answer {
			a := s.who.ask(s.t, ask{method: http.MethodGet, path: path})
			if a.status == http.StatusNotFound {
				a.body = bytes.ReplaceAll(a.body, []byte(path), nil) // it says what was asked for
			}
			return a
		}
	}
	return s.byToken(all)
}

// byToken adds the ways of their program.
func (s *stage) byToken(all map[string]func() answer) map[string]func() answer {
	h := s.house
	for _, path := range []string{"/spaces", "/s/" + h.space.Slug, "/s/" + h.space.Slug + "/topics", h.thread(), h.thread() + "/posts", "/s/" + h.space.Slug + "/chat", "/notifications", "/members/" + author} {
		all["/api/v1"+path] = func() answer { return s.token.ask(s.t, ask{method: http.MethodGet, path: "/api/v1" + path}) }
	}
	return all
}

// trace is what of the scene stands in what came back, but for what was asked for.
func (s *stage) trace(body []byte) string {
	if s.thing {
		if i := bytes.Index(bytes.ToLower(body), []byte(s.word)); i >= 0 {
			return around(body, i)
		}
		return ""
	}
	for _, k := range []kind{s.kind, locked, unlisted} {
		if i := bytes.Index(bytes.ToLower(body), []byte(marks[k]+s.name)); i >= 0 {
			return around(body, i)
		}
		if k != public {
			if found := finderOf(k).find(body); found != "" {
				return found
			}
		}
	}
	return ""
}

// play is one scene: they see it, it turns, and from then on every way is looked at for a trace.
func (s *stage) play(limit time.Duration) (o outcome) {
	o.scene = s.scene
	taps := s.listen(&o)
	seen := 0
	for _, look := range s.look() {
		if s.trace(look().body) != "" {
			seen++
		}
	}
	if seen < 2 {
		o.leaks = append(o.leaks, fmt.Sprintf("they saw it at %d addresses before: the scene proves nothing", seen))
	}
	stop := s.goesOn()
	turned := s.turns(s)
	time.Sleep(time.Until(turned)) // of a grant that ends by the clock
	for time.Since(turned) < watching {
		for path, look := range s.look() {
			at := time.Since(turned)
			if found := s.trace(look().body); found != "" {
				o.page = max(o.page, at)
				if at > limit {
					o.leaks = append(o.leaks, fmt.Sprintf("%s shows it %s after: %s", path, at.Round(time.Millisecond), found))
				}
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	stop()
	for _, tp := range taps {
		s.overhears(tp, turned, limit, &o)
	}
	slices.Sort(o.leaks)
	return o
}

// listen joins what there is to hear, as pages and as apps do.
func (s *stage) listen(o *outcome) (taps []*tap) {
	if s.programs {
		return nil
	}
	for _, protocol := range protocols {
		tp, status := s.who.listens(s.t, protocol)
		if tp == nil {
			o.leaks = append(o.leaks, fmt.Sprintf("they open no socket: %d", status))
			continue
		}
		for _, f := range []frame{tp.join(s.t, s.house.room), tp.join(s.t, s.house.topic)} {
			if f.said.Type != "ack" {
				o.leaks = append(o.leaks, fmt.Sprintf("they do not hear it before: %s", f.body))
			}
		}
		taps = append(taps, tp)
	}
	return taps
}

// goesOn lets the author go on telling the word until it is stopped: the room and the topic are never
// still.
func (s *stage) goesOn() (stop func()) {
	done, over := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		for n := 0; ; n++ {
			select {
			case <-done:
				return
			case <-time.After(100 * time.Millisecond):
			}
			form := form("key", fmt.Sprint(s.name, "-", n), "text", "@"+s.handle+" "+s.word)
			path := s.house.at() + "/chat"
			switch {
			case s.thing && n > 2:
				continue // what is said after a thing is gone is another thing
			case s.thing || n%2 == 0:
				path = s.house.thread() + "/reply"
			}
			if s.scene.post {
				continue
			}
			_, _ = s.people[author].try(ask{method: http.MethodPost, path: path, form: form}) // what is refused is not said
		}
	}()
	return func() { close(done); <-over }
}

// overhears looks for the last trace that came down a socket.
func (s *stage) overhears(tp *tap, turned time.Time, limit time.Duration, o *outcome) {
	var found string
	last := tp.last(func(f frame) bool {
		trace := s.trace(f.body)
		if trace != "" {
			found = trace
		}
		return trace != ""
	})
	if last.IsZero() && !s.thing {
		o.leaks = append(o.leaks, "nothing was heard before: the scene proves nothing of the socket")
	}
	if s.scene.ends && !tp.over() {
		o.leaks = append(o.leaks, fmt.Sprintf("the socket is open %s after: it has to be closed", time.Since(turned).Round(time.Millisecond)))
	}
	if at := last.Sub(turned); at > 0 && !last.IsZero() {
		o.socket = max(o.socket, at)
		if at > limit {
			o.leaks = append(o.leaks, fmt.Sprintf("the socket brings it %s after: %s", at.Round(time.Millisecond), found))
		}
	}
}
