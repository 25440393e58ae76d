package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/views"
)

// The most that a visit to a topic of twenty posts may bring over the line, packed as it is sent, in
// bytes: the page with its sheets, scripts and fonts.
const (
	firstVisit  = 160_000
	secondVisit = 40_000
)

// carried is one thing that the browser asked for, and how large it was as it came.
type carried struct {
	Name  string
	Bytes int64 // of its body, packed
	Came  int64 // over the line: 0 when the browser had it
}

const whatCame = `JSON.stringify(performance.getEntriesByType("resource").map((e) => ({Name: new URL(e.name).pathname, Bytes: e.encodedBodySize, Came: e.transferSize})))`

// A first visit brings what it needs and a second one little more than the page itself, for a guest and
// for a member. Pages go out unpacked, for what they hold beside what strangers typed; they are weighed
// as a proxy that packs would send them, and the whole is logged beside.
func TestWhatAVisitWeighs(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	topic := s.Topic(s.Open, "Which developer for a foggy week")
	for i := range 19 {
		s.Reply(s.Regular, topic, fmt.Sprintf("%d. %s", i+1, strings.Repeat("The highlights hold if the bath is cold and the roll is turned slowly. ", 6)))
	}
	at := views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug)
	for name, v := range map[string]*visitor{"guest": s.visit("Guest", s.Guest), "member": s.visit("Paul", s.Paying)} {
		v.open(at)
		v.settles()
		first := v.weighs(t, name+", first", func(c carried) int64 { return c.Bytes })
		v.open(at)
		v.settles()
		second := v.weighs(t, name+", second", func(c carried) int64 { return c.Came })
		if first > firstVisit || second > secondVisit {
			t.Errorf("a %s's first visit brings %d bytes and the second %d; they may bring %d and %d", name, first, second, firstVisit, secondVisit)
		}
	}
}

// settles waits until the page and all that it fetches by itself are there.
func (v *visitor) settles() {
	v.t.Helper()
	v.listens()
	v.until("everything there", `document.readyState === "complete" && document.fonts.status === "loaded"`)
}

// weighs sums the page, packed, and what came with it.
func (v *visitor) weighs(t *testing.T, what string, of func(carried) int64) (sum int64) {
	t.Helper()
	var all []carried
	clubtest.OK(t, json.Unmarshal([]byte(value[string](v, whatCame)), &all))
	page := promised(v, asSent)
	sum = packed(page)
	line := fmt.Sprintf("%s: page %d (%d unpacked)", what, sum, len(page))
	fonts, sheets, scripts := int64(0), int64(0), int64(0)
	for _, c := range all {
		n := of(c)
		switch {
		case strings.HasSuffix(c.Name, ".woff2"):
			fonts += n
		case strings.HasSuffix(c.Name, ".css"):
			sheets += n
		case strings.HasSuffix(c.Name, ".js"):
			scripts += n
		}
	}
	sum += fonts + sheets + scripts
	t.Logf("%s, sheets %d, scripts %d, fonts %d: %d", line, sheets, scripts, fonts, sum)
	if len(all) < 10 {
		t.Errorf("the browser tells of %d things: nothing was weighed", len(all))
	}
	return sum
}

func packed(text string) int64 {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	_, _ = w.Write([]byte(text)) // into memory
	_ = w.Close()
	return int64(buf.Len())
}
