package prose

import "testing"

// Under a title of its own a text begins a level higher.
func TestAPageBeginsBelowItsTitle(t *testing.T) {
	cooked, err := Page("## What we do\n\n#### And how\n\n## Who we are")
	if want := "<h2>What we do</h2>\n<h3>And how</h3>\n<h2>Who we are</h2>"; err != nil || cooked.HTML != want {
		t.Errorf("%s, not %s: %v", cooked.HTML, want, err)
	}
}
