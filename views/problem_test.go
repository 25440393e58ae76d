package views

import (
	"net/http"
	"strings"
	"testing"
)

// A page that is not there leads on to what somebody may have meant; one that is closed does not.
func TestALostPageLeadsOn(t *testing.T) {
	for status, leads := range map[int]bool{http.StatusNotFound: true, http.StatusForbidden: false} {
		page := render(t, Problem(ProblemPage{Status: status, Text: "There is nothing here."}))
		for _, to := range []string{SearchRoot, LatestAddress, "/"} {
			if got := strings.Contains(page, `href="`+to+`"`); got != (leads || to == "/") {
				t.Errorf("%d leads to %s: %t", status, to, got)
			}
		}
	}
}
