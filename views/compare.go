package views

import "strings"

// Change is a stretch of a text beside an earlier one: what stands in both, what came, what went.
type Change struct {
	Kind string // "", "ins" or "del"
	Text string
}

// mostCompared is how many lines of each text are laid side by side; the rest of longer ones is
// shown as replaced.
const mostCompared = 600

// Compare lays two texts side by side, line by line.
func Compare(before, after string) (all []Change) {
	a, b := lines(before), lines(after)
	if len(a) > mostCompared || len(b) > mostCompared {
		return []Change{{"del", before}, {"ins", after}}
	}
	common := shared(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			all = follow(all, Change{"", a[i]})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			all = follow(all, Change{"del", a[i]})
			i++
		default:
			all = follow(all, Change{"ins", b[j]})
			j++
		}
	}
	return all
}

// lines are the lines of a text that say something.
func lines(text string) (all []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, " \n"); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// shared counts, for each pair of places, how many lines the rests of both texts have in common.
func shared(a, b []string) [][]int {
	n := make([][]int, len(a)+1)
	for i := range n {
		n[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if n[i][j] = max(n[i+1][j], n[i][j+1]); a[i] == b[j] {
				n[i][j] = n[i+1][j+1] + 1
			}
		}
	}
	return n
}

// follow adds a line, to the stretch before it if that is of the same kind.
func follow(all []Change, c Change) []Change {
	if n := len(all); n > 0 && all[n-1].Kind == c.Kind {
		all[n-1].Text += "\n" + c.Text
		return all
	}
	return append(all, c)
}

// unchanged tells whether nothing came and nothing went.
func unchanged(all []Change) bool { return len(all) == 0 || len(all) == 1 && all[0].Kind == "" }
