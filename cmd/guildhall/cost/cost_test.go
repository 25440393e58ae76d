// Package cost_test measures what requests cost: the processor time, user and system, that the
// program and its database spend on one, with thirty-two people asking at a time. A round is a
// thousand requests and more; what is printed is the median of the rounds with the least and the most,
// beside a bare handler that sends the same bytes. One command prints all of it:
//
//	go test ./cmd/guildhall/cost -run '^$' -bench . -benchtime 5x -timeout 2h
package cost_test

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"testing"

	"guildhall/cmd/guildhall/running"
	"guildhall/views"
)

func TestMain(m *testing.M) {
	if size := os.Getenv(bareSize); size != "" {
		serveBare(size)
		return
	}
	running.Main(m)
}

// sizes are how many posts a club has: what a page costs must not grow with them.
var sizes = []int{1_000, 1_000_000}

// rounds have this many requests, shared by all who ask.
const requests = 3200

func BenchmarkRequests(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		for _, posts := range sizes {
			b.Run(fmt.Sprintf("%s/%d", kind, posts), func(b *testing.B) {
				t := filled(b, kind, posts)
				p := running.Installed(b, t.URL, "--dev")
				p.Start()
				c := arrive(b, p.URL, t.people)
				spent := func() float64 { return processor(b, p.Cmd.Process.Pid) + t.spent(b) }

				topic := views.TopicAddress(t.Open.Slug, t.topics[0].ID, t.topics[0].Slug)
				for name, path := range map[string]string{"topic page": topic, "topic list": views.SpaceAddress(t.Open.Slug), "home": "/"} {
					size := c.get(path)
					b.Run(name, func(b *testing.B) {
						measure(b, spent, func(i int) { c.as(i).get(path) })
						b.ReportMetric(float64(size), "bytes/req")
					})
				}
				b.Run("reply", func(b *testing.B) {
					measure(b, spent, func(i int) {
						at := t.topics[i%len(t.topics)]
						c.as(i).post(views.ReplyAddress(t.Open.Slug, at.ID), url.Values{"key": {rand.Text()}, "text": {words}})
					})
				})
			})
		}
	}
}

// BenchmarkBare is a bare handler that sends as many bytes as a topic page has, asked in the same way.
func BenchmarkBare(b *testing.B) {
	pid, address := bare(b, 100<<10)
	c := arrive(b, address, nil)
	measure(b, func() float64 { return processor(b, pid) }, func(i int) { c.as(i).get("/") })
}

// measure asks in as many rounds as b wants, and reports what one request cost in milliseconds of
// processor time: the median round, the least and the most.
func measure(b *testing.B, spent func() float64, ask func(i int)) {
	b.Helper()
	together(requests/4, ask) // what is kept in memory is there
	var rounds []float64
	for b.Loop() {
		before := spent()
		together(requests, ask)
		rounds = append(rounds, (spent()-before)*1000/requests)
	}
	slices.SortFunc(rounds, cmp.Compare)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(rounds[len(rounds)/2], "cpu-ms/req")
	b.ReportMetric(rounds[0], "least")
	b.ReportMetric(rounds[len(rounds)-1], "most")
}

// answered fails unless a request was answered as it should be.
func answered(b testing.TB, what string, r *http.Response, err error, status int) {
	b.Helper()
	if err != nil {
		b.Fatalf("%s: %v", what, err)
	}
	if r.StatusCode != status {
		b.Fatalf("%s is answered %s", what, r.Status)
	}
}
