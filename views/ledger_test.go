package views

import (
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// columns adds up "given" and "worth today" of the ledger on a page, in tenths of a point.
func columns(t *testing.T, drawn string) (sums [2]int64) {
	t.Helper()
	rows := 0
	walk(parse(t, drawn), func(n *html.Node) {
		if n.Data != "tr" || !within(n, "tbody") {
			return
		}
		rows++
		var cells []string
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Data == "td" {
				cells = append(cells, strings.TrimSpace(text(c)))
			}
		}
		for i, cell := range cells[1:] {
			sums[i] += tenthsOf(t, cell)
		}
	})
	if rows == 0 {
		t.Fatal("no ledger on the page")
	}
	return sums
}

func tenthsOf(t *testing.T, cell string) int64 {
	t.Helper()
	if cell == "" {
		return 0
	}
	cell = strings.NewReplacer("−", "-", ",", "").Replace(cell)
	f, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		t.Fatal(err)
	}
	if f < 0 {
		return int64(f*10 - 0.5)
	}
	return int64(f*10 + 0.5)
}
