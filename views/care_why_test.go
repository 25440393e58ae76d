package views

import (
	"strings"
	"testing"
)

// Whoever gives a reason that goes to whose topic it is reads so before they write it.
func TestAReasonSaysWhoReadsIt(t *testing.T) {
	for form, owner := range map[string]bool{"hide": true, "title": true, "close": true, "merge": true, "slow": false, "unlist": false} {
		if hint := (CarePage{}).why(form).Hint; strings.Contains(hint, "Whose topic it is") != owner {
			t.Errorf("%s says %q", form, hint)
		}
	}
}
