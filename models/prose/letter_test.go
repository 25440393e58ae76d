package prose_test

import (
	"strings"
	"testing"

	"guildhall/models/prose"
)

func TestALetterSaysWhatAPostSays(t *testing.T) {
	for from, want := range map[string]string{
		"<p>One <em>and</em> the\nsame.</p><p>Two</p>":                                             "One and the same.\n\nTwo",
		"<ul><li>a</li><li>b</li></ul><hr><p>c<br>d</p>":                                           "– a\n\n– b\n\nc d",
		`<blockquote class="quote"><p>Theirs <img alt="x"> <b>all</b></p></blockquote><p>Mine</p>`: "Mine",
		`<blockquote><p>A saying</p></blockquote>`:                                                 "A saying",
		`<p>It was <span class="spoiler">the <b>butler</b></span>, of course.</p>`:                 "It was (hidden), of course.",
		`<details class="spoiler"><summary>More</summary><p>secret</p></details><p>after</p>`:      "(hidden)\n\nafter",
		`<p><img src="/files/x" alt="A boat"></p><table><tr><td>1</td><td>2</td></tr></table>`:     "A boat\n\n1 2",
		`<details class="spoiler">never ends`:                                                      "(hidden)",
		"":                                                                                         "",
	} {
		if got := prose.Letter(from); got != want {
			t.Errorf("%s: %q, not %q", from, got, want)
		}
	}
}

// What is written as hidden is in no letter.
func TestALetterKeepsWhatIsHidden(t *testing.T) {
	for _, source := range []string{"Know this: ||zq7butler|| did it.", ":::spoiler The end\nzq7butler\n:::"} {
		cooked, err := prose.Post(source)
		if err != nil {
			t.Fatal(err)
		}
		if said := prose.Letter(cooked.HTML); !strings.Contains(cooked.HTML, "zq7") || strings.Contains(said, "zq7") || !strings.Contains(said, "(hidden)") {
			t.Errorf("%s: %q", cooked.HTML, said)
		}
	}
}
