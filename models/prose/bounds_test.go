package prose

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// fill repeats a pattern to n bytes.
func fill(pattern string, n int) string { return strings.Repeat(pattern, n/len(pattern)) }

// greedy are the texts that cost a Markdown parser most for their size. Without bounds the
// one of lists takes a minute and the one of empty cells 280 MB; here a failure would be a
// test that never ends, or a page beyond the size and depth that TestGreedyTextsStaySmall allows.
func greedy(n int) map[string]string {
	half := n/2 - 1
	return map[string]string{
		"quotes":               fill(">", n),
		"quotes and lines":     fill(">", half) + "\n" + fill(">\n", half),
		"quotes, lazy lines":   fill(">", half) + "a\n" + fill("a\n", half),
		"quotes again":         fill(fill("> ", 80)+"\n\n", n),
		"lists":                fill("- ", n),
		"lists and blanks":     fill("- ", half) + "a\n" + fill("\n", half),
		"lists and lines":      fill("- ", half) + "a\n" + fill("a\n", half),
		"lists and deep lines": fill("- ", half) + "a\n" + fill(fill(" ", 1000)+"a\n", half),
		"lists, then a word":   fill("- ", n-1) + "x",
		"numbered lists":       fill("1. ", n),
		"lists of lists":       fill("- a\n1. b\n* c\n+ d\n", n),
		"lists in quotes":      fill("> - ", n),
		"tasks":                fill("- [ ] a\n", n),
		"stars":                fill("*", n),
		"stars that open":      fill("*a **b ", n),
		"stars that close":     fill("a* b** ", n),
		"styles in styles":     fill("*a **b ", half) + fill("c** d* ", half),
		"styles that cross":    fill("*a_b ", half) + fill("c_ d* ", half),
		"styles unmatched":     fill("*a ", half) + fill("a_ ", half),
		"styles glued":         fill("*_~~a", n),
		"brackets":             fill("[", half) + fill("]", half),
		"brackets open":        fill("[a](", n),
		"angle brackets open":  fill("[a](<b", n),
		"titles open":          fill("[a](b (", n),
		"images in images":     fill("![", half) + fill("](a)", half),
		"links in images":      fill("![[a](b)](c)", n),
		"references, long":     "[a]: https://a.example/" + fill("&", 1900) + "\n\n" + fill("[a]", n-2000),
		"references, wordless": "[a]: https://a.example/" + fill("&", 1900) + "\n\n" + fill("[][a]", n-2000),
		"pictures by name":     "[a]: /files/" + fill("a", 1900) + "\n\n" + fill("![a]", n-2000),
		"definitions":          fill("[a]: b\n", n),
		"definitions open":     fill("[a]: <b\n", n),
		"tags":                 fill("<a b='", n),
		"backticks":            backticks(n),
		"code that never ends": fill("\\``", half) + fill("a\n", half),
		"titles and lines":     fill("[", half/16) + fill("](b (", half/3) + fill("\na", half),
		"ampersands":           fill("&", n),
		"entities":             fill("&a;", n),
		"backslashes":          fill(`\`, n),
		"cells, empty":         fill("|a", 1000) + "\n" + fill("|-", 1000) + "\n" + fill("a\n", n-2002),
		"cells, wide":          fill("a|", n/3) + "\n" + fill("-|", n/3) + "\n" + fill("a\n", n/3-2),
		"cells, many tables":   fill("|a|b|c|d|\n|-|-|-|-|\na\na\n\n", n),
		"cells, escaped":       "|a|\n|-|\n" + fill("|`\\|`|\n", n-8),
		"addresses":            fill("http://a.example ", n),
		"addresses open":       fill("~www.1", n),
		"addresses nearly":     fill("(http://", n),
		"address of brackets":  " http://a.example/" + fill("(", half) + fill(")", half-20),
		"e-mail addresses":     fill(" a@a.", n),
		"mentions":             fill("@ab ", n),
		"mentions nearly":      fill("@_", n),
		"underscores, then @":  fill("_", half) + fill("_@ab", half),
		"tabs":                 fill("-\t", n),
		"blanks":               fill(" ", n-1) + "a",
		"fences":               fill("```\n", n),
		"headings":             fill("#\n", n),
		"rules":                fill("* * ", n),
		"lines":                fill("a\n", n),
	}
}

func backticks(n int) string {
	var out strings.Builder
	for i := 1; out.Len()+i+2 < n; i++ {
		out.WriteString(fill("`", i) + "a ")
	}
	return out.String()
}

func TestGreedyTextsStaySmall(t *testing.T) {
	for _, recipe := range []struct {
		cook  func(string) (Cooked, error)
		limit int
	}{{Post, MaxPost}, {Message, MaxMessage}} {
		for name, source := range greedy(recipe.limit) {
			cooked, err := recipe.cook(source)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if len(cooked.HTML) > 30*recipe.limit+10*maxExpanded {
				t.Errorf("%s: %d bytes became %d", name, len(source), len(cooked.HTML))
			}
			if found := flaws(cooked.HTML); len(found) > 0 {
				t.Errorf("%s: %.200q", name, found)
			}
		}
	}
}

// The bounds are needed: without them the parser makes of one of these texts what the tests
// above refuse.
func TestParserAloneHasNoBounds(t *testing.T) {
	var out bytes.Buffer
	bare := goldmark.New(goldmark.WithExtensions(extension.GFM))
	if err := bare.Convert([]byte(greedy(MaxMessage)["cells, wide"]), &out); err != nil {
		t.Fatal(err)
	}
	if out.Len() < 30*MaxMessage {
		t.Errorf("only %d bytes", out.Len())
	}
	out.Reset()
	if err := bare.Convert([]byte(greedy(MaxMessage)["quotes"]), &out); err != nil {
		t.Fatal(err)
	}
	if found := flaws(out.String()); len(found) == 0 {
		t.Error("the quotes are not too deep")
	}
}

// What people write stays far from the bounds.
func TestBoundsSpareHonestTexts(t *testing.T) {
	nested := strings.Builder{}
	for depth := range 10 {
		nested.WriteString(strings.Repeat("  ", depth) + "- a\n")
	}
	for name, c := range map[string]struct {
		source, element string
		count           int
	}{
		"ten lists deep":     {nested.String(), "<ul>", 10},
		"ten quotes deep":    {fill("> ", 20) + "a", "<blockquote>", 10},
		"a quote after ten":  {fill("> ", 20) + "a\n\nb\n\n> c", "<blockquote>", 11},
		"a thousand bold":    {fill("**a** ", 6_000), "<strong>", 1_000},
		"a thousand links":   {fill("[a](/b)\n", 8_000), "<a href", 1_000},
		"a table of 1,000":   {"|a|b|\n|-|-|\n" + fill("|1|2|\n", 2_994), "<td>", 998},
		"a hundred tables":   {fill("|a|b|\n|-|-|\n|1|2|\n\n", 1_900), "<table", 100},
		"ten styles deep":    {fill("_a **b ", 35) + "c" + fill("**_", 15), "<em>", 5},
		"a used definition":  {fill("[a] ", 400) + "\n\n[a]: https://a.example/" + fill("b", 100), "<a href", 100},
		"a quote in a quote": {Quote("june", "June", "/t/a", 2, Quote("kofi", "Kofi", "/t/a", 1, "a")), `class="quote"`, 2},
	} {
		cooked, err := Post(c.source)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(cooked.HTML, c.element); n != c.count {
			t.Errorf("%s: %d of %s and not %d", name, n, c.element, c.count)
		}
	}
}

func BenchmarkGreedy(b *testing.B) {
	texts := greedy(MaxPost)
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		b.Run(fmt.Sprint(name), func(b *testing.B) {
			for b.Loop() {
				if _, err := Post(texts[name]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
