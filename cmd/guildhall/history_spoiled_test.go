package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// wholeHistory is one with nothing wrong: two rooms, a message that was never acknowledged and kept all
// the same, one that was not kept, and two that were under way side by side.
func wholeHistory() *history {
	h := &history{heard: map[string][]heard{}}
	for i := range 8 {
		room := []string{"attic", "cellar"}[i%2]
		s := sent{room: room, by: "wren", key: fmt.Sprint("k", i), text: fmt.Sprint("text ", i), begun: time.Duration(10 * i), acked: time.Duration(10*i + 5)}
		k := change{room: room, seq: int64(i/2 + 1), id: fmt.Sprint("id", i), by: s.by, key: s.key, text: s.text}
		s.id, s.seq = k.id, k.seq
		h.sent, h.kept = append(h.sent, s), append(h.kept, k)
	}
	h.sent[2].acked, h.sent[2].id, h.sent[2].seq = 0, "", 0
	h.sent = append(h.sent, sent{room: "attic", by: "wren", key: "k8", text: "never came", begun: 80})
	h.sent[6].begun, h.sent[4].acked = 50, 60 // overlap
	for _, reader := range []string{"anna", "bert"} {
		for _, k := range h.kept {
			h.heard[reader] = append(h.heard[reader], heard{k.room, k.seq, k.id})
		}
	}
	return h
}

// The checker finds what it is there to find.
func TestASpoiledHistoryIsFound(t *testing.T) {
	if faults := wholeHistory().faults(); len(faults) > 0 {
		t.Fatalf("nothing is wrong, and yet: %q", faults)
	}
	for what, spoil := range map[string]struct {
		by    func(*history)
		finds string
	}{
		"an acknowledged message is lost": {func(h *history) {
			h.kept = h.kept[:7]
			for r, frames := range h.heard {
				h.heard[r] = frames[:7]
			}
		}, "kept 0 times; acknowledged: true"},
		"a message is kept twice": {func(h *history) {
			again := h.kept[7]
			again.seq, again.id = 5, "id9"
			h.kept = append(h.kept, again)
			for r := range h.heard {
				h.heard[r] = append(h.heard[r], heard{again.room, 5, "id9"})
			}
		}, "kept 2 times"},
		"one is kept that nobody sent":          {func(h *history) { h.sent = h.sent[1:] }, "nobody sent"},
		"one is kept in another room":           {func(h *history) { h.sent[0].room = "cellar" }, "is kept as"},
		"one is kept under another number":      {func(h *history) { h.sent[3].seq = 7 }, "is kept as"},
		"one is kept as another's":              {func(h *history) { h.sent[3].by = "eve" }, "is kept as"},
		"the numbers of a room have a gap":      {func(h *history) { h.kept[6].seq = 5 }, "is kept where"},
		"a number is given twice":               {func(h *history) { h.kept[6].seq = 3 }, "is kept where"},
		"a later message stands before":         {func(h *history) { h.sent[4].begun, h.sent[4].acked = 100, 110 }, "was begun after"},
		"a reader misses one":                   {func(h *history) { h.heard["anna"] = slices.Delete(h.heard["anna"], 3, 4) }, "anna: heard change 3"},
		"a reader misses the last one":          {func(h *history) { h.heard["anna"] = h.heard["anna"][:7] }, "anna: heard 3 of the 4"},
		"a reader hears one twice":              {func(h *history) { h.heard["bert"] = slices.Insert(h.heard["bert"], 4, h.heard["bert"][2]) }, "bert: heard change 2"},
		"a reader hears two in the wrong order": {func(h *history) { f := h.heard["bert"]; f[2], f[4] = f[4], f[2] }, "bert: heard change 3"},
		"a reader hears another's":              {func(h *history) { h.heard["bert"][5].id = "id0" }, "bert: heard change 3 (id0)"},
		"a reader hears of nothing":             {func(h *history) { h.heard["bert"] = nil }, "bert: heard 0 of the 4"},
		"a reader hears more than there is":     {func(h *history) { h.heard["anna"] = append(h.heard["anna"], heard{"attic", 5, "id8"}) }, "anna: heard change 5"},
	} {
		h := wholeHistory()
		spoil.by(h)
		if faults := strings.Join(h.faults(), "\n"); !strings.Contains(faults, spoil.finds) {
			t.Errorf("%s: found %q", what, faults)
		}
	}
}
