package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// figure is one thing that was measured. Those of the club and of the bare server stand beside each
// other under one name.
type figure struct {
	name  string
	value float64
	unit  string
}

// report is what one run of a scenario measured, in the order in which it is read.
type report []figure

func (r *report) add(name string, value float64, unit string) {
	*r = append(*r, figure{name, value, unit})
}

// spread adds the middle of what took so long, what 95 and 99 of a hundred do not exceed, and the longest.
func (r *report) spread(name string, took []time.Duration) {
	if len(took) == 0 {
		return
	}
	slices.Sort(took)
	for _, at := range []struct {
		share float64
		says  string
	}{{0.5, "p50"}, {0.95, "p95"}, {0.99, "p99"}, {1, "max"}} {
		r.add(name+", "+at.says, float64(quantile(took, at.share).Microseconds())/1000, "ms")
	}
}

// quantile is the smallest of sorted durations that this share of them does not exceed.
func quantile(sorted []time.Duration, share float64) time.Duration {
	at := int(share*float64(len(sorted))+0.999999) - 1
	return sorted[min(max(at, 0), len(sorted)-1)]
}

// spent adds what the server spent between two moments, for each of so many things.
func (r *report) spent(t *target, before, after usage, each string, n int) {
	if t.PID == 0 || n == 0 {
		return
	}
	r.add("server CPU per "+each, (after.server-before.server)*1e6/float64(n), "µs")
	if t.DBPID != 0 {
		r.add("database CPU per "+each, (after.database-before.database)*1e6/float64(n), "µs")
	}
}

// print writes the figures of a run beside those of the bare server, as a table in Markdown.
func (r report) print(out io.Writer, title string, bare report) {
	fmt.Fprintf(out, "\n### %s\n\n| | club | bare server | ratio |\n| --- | ---: | ---: | ---: |\n", title)
	for _, f := range r {
		at := slices.IndexFunc(bare, func(b figure) bool { return b.name == f.name })
		if at < 0 {
			fmt.Fprintf(out, "| %s | %s | | |\n", f.name, f.text())
			continue
		}
		ratio := ""
		if bare[at].value != 0 {
			ratio = fmt.Sprintf("%.2f", f.value/bare[at].value)
		}
		fmt.Fprintf(out, "| %s | %s | %s | %s |\n", f.name, f.text(), bare[at].text(), ratio)
	}
}

func (f figure) text() string {
	digits := 2
	if f.value >= 100 || f.value == float64(int64(f.value)) {
		digits = 0
	}
	return strings.TrimSpace(fmt.Sprintf("%.*f %s", digits, f.value, f.unit))
}
