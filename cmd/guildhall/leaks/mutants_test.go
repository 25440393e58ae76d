package leaks_test

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"guildhall/cmd/guildhall/running"
	"guildhall/models/clubtest"
)

// mutant is the program with one check less.
type mutant struct {
	name     string
	file     string // in the repository
	old, new string // the text, which stands in the file once, and what is put in its place: see spoil
	by       string // the part of the harness that must notice: the name of one of trials
	row      string // the surface that must fail; of transitions the scene
	survives string // why nothing can be seen of it from outside; empty where it must be killed
}

// trials are the parts of the harness, each as it is held to what one row needs: what they find.
var trials = map[string]func(w *world, rows ...string) []string{
	"matrix": func(w *world, rows ...string) []string {
		m := w.matrix()
		m.only = map[string]bool{}
		for _, row := range rows {
			m.only[row] = true
		}
		before := w.standing()
		m.walk(true)
		m.walk(false)
		if m.only["notifications"] {
			m.unheard()
		}
		if after := w.standing(); after != before {
			m.finds(&m.leaks, "what stands in the gated spaces changed by way of %q: %s, was %s", rows, after, before)
		}
		return m.found()
	},
	"sockets": func(w *world, _ ...string) []string {
		m := w.matrix()
		m.stir(m.sockets())
		return m.found()
	},
	"way out": func(w *world, _ ...string) []string {
		m := w.matrix()
		m.leaves()
		return m.found()
	},
	"letters": func(w *world, _ ...string) []string {
		m := w.matrix()
		m.letters()
		return m.found()
	},
	"transitions": func(w *world, rows ...string) (found []string) {
		played := slices.DeleteFunc(slices.Clone(scenes), func(sc scene) bool { return !slices.Contains(rows, sc.name) })
		for _, o := range w.play(played, "", within) {
			for _, leak := range o.leaks {
				if !strings.Contains(leak, " after: ") {
					leak = unproved + leak
				}
				found = append(found, fmt.Sprintf("(%s) %s", o.name, leak))
			}
		}
		return found
	},
}

func (m *matrix) found() []string { return append(m.leaks, m.wrong...) }

// TestTheHarnessKillsMutants takes one check after another out of the program, and wants the row that
// this opens to fail.
func TestTheHarnessKillsMutants(t *testing.T) {
	program := spoiled(t)
	at := filepath.Join(t.TempDir(), "club.db")
	settled := open(t, at, program)
	settled.settle()
	settled.p.Stop()
	t.Run("none", func(t *testing.T) { spared(t, settled, at, program) })
	var killed atomic.Int64
	try := func(x mutant) {
		t.Run(x.name, func(t *testing.T) {
			died := x.dies(t, settled.under(t, at, program, x.name))
			if died {
				killed.Add(1)
			}
			if died == (x.survives != "") {
				t.Errorf("killed: %t, and its line says that it survives since %q", died, x.survives)
			}
		})
	}
	several(try)
	for _, x := range mutants {
		if x.timed() {
			try(x)
		}
	}
	n := int(killed.Load())
	sum(func() { summary.mutants, summary.killed = summary.mutants+len(mutants), summary.killed+n })
	t.Logf("%d mutants, %d killed", len(mutants), n)
	if 30*n < 29*len(mutants) || len(mutants) < 30 {
		t.Errorf("of %d mutants %d were killed: at least 29 of 30 must be", len(mutants), n)
	}
}

// timed tells whether a mutant shows in time: it is tried alone.
func (x mutant) timed() bool { return x.by == "transitions" }

// several tries the other mutants, a few at a time: they mostly wait for their sockets.
func several(try func(mutant)) {
	var all sync.WaitGroup
	turn := make(chan struct{}, stages)
	for _, x := range mutants {
		if x.timed() {
			continue
		}
		all.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			try(x)
		})
	}
	all.Wait()
}

// spared tries all that the mutants are tried with on the same program while it is none of them:
// nothing is found.
func spared(t *testing.T, settled *world, at, program string) {
	rows := map[string][]string{}
	for _, x := range mutants {
		rows[x.by] = append(rows[x.by], x.row)
	}
	for _, by := range slices.Sorted(maps.Keys(rows)) {
		began := time.Now()
		for _, finding := range trials[by](settled.under(t, at, program, ""), rows[by]...) {
			t.Errorf("nothing is wrong, and yet: %s", finding)
		}
		t.Logf("%s: %s", by, time.Since(began).Round(time.Millisecond))
	}
}

// dies tells whether the trial of a mutant finds it by its row.
func (x mutant) dies(t *testing.T, w *world) bool {
	began := time.Now()
	found := trials[x.by](w, x.row)
	named := regexp.MustCompile(`[( ]` + regexp.QuoteMeta(x.row) + `[,)]`)
	i := slices.IndexFunc(found, func(finding string) bool {
		return named.MatchString(finding) && !strings.Contains(finding, unproved)
	})
	t.Logf("%s, tried in %s: %d findings by %s", x.file, time.Since(began).Round(10*time.Millisecond), len(found), x.by)
	if i < 0 {
		for _, other := range found[:min(len(found), 3)] {
			t.Logf("not of %s: %s", x.row, other)
		}
		return false
	}
	t.Log(found[i])
	return true
}

// under is the same club, settled as it was, in a copy that the program runs as one of the mutants.
func (w *world) under(t *testing.T, database, program, spoiled string) *world {
	t.Helper()
	c := *w
	c.t, c.sheet = t, ""
	to := filepath.Join(t.TempDir(), "club.db")
	for _, part := range []string{"", "-wal"} { // nobody writes
		body, err := os.ReadFile(database + part)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		clubtest.OK(t, err)
		clubtest.OK(t, os.WriteFile(to+part, body, 0o600))
	}
	c.starts(to, program, "GUILDHALL_SPOILED="+spoiled)
	if spoiled != "" {
		t.Cleanup(func() { c.p.Said = &running.Transcript{} }) // it may well complain
	}
	c.takes(to)
	c.people = map[string]*eye{}
	for name, e := range w.people {
		c.people[name] = newEye(t, e.name, c.p.URL)
		c.people[name].bearer, c.people[name].jar = e.bearer, maps.Clone(e.jar)
	}
	c.warm()
	return &c
}
