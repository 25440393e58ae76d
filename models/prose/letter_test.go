package prose_test

import (
	"testing"

	"guildhall/models/prose"
)

func TestALetterSaysWhatAPostSays(t *testing.T) {
	for from, want := range map[string]string{
		"<p>One <em>and</em> the\nsame.</p><p>Two</p>":                                             "One and the same.\n\nTwo",
		"<ul><li>a</li><li>b</li></ul><hr><p>c<br>d</p>":                                           "– a\n\n– b\n\nc d",
		`<blockquote class="quote"><p>Theirs <img alt="x"> <b>all</b></p></blockquote><p>Mine</p>`: "Mine",
		`<blockquote><p>A saying</p></blockquote>`:                                                 "A saying",
		`<p>It was <span class="spoiler">the <b>butler</b></span>, of course.</p>`:                 "It was […], of course.",
		`<details class="spoiler"><summary>More</summary><p>secret</p></details><p>after</p>`:      "after",
		`<p><img src="/files/x" alt="A boat"></p><table><tr><td>1</td><td>2</td></tr></table>`:     "A boat\n\n1 2",
		`<p class="spoiler">never ends`:                                                            "",
		"":                                                                                         "",
	} {
		if got := prose.Letter(from); got != want {
			t.Errorf("%s: %q, not %q", from, got, want)
		}
	}
}
