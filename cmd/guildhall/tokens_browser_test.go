package main

import (
	"testing"

	"guildhall/models/clubtest"
)

// A member makes a token and takes it along by one click; without scripts it stands there to be taken.
func TestATokenInABrowser(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	rita := s.visit("rita", s.Regular)
	for _, scripts := range []bool{true, false} {
		rita.scripts(scripts)
		rita.open("/settings/tokens")
		rita.types("#name", "My laptop")
		rita.click(`input[value="posts:read"]`)
		rita.click("form.card button")
		rita.sees("main", "It is shown this once")
		rita.until("the token", `document.querySelector("#token").readOnly && document.querySelector("#token").value.startsWith("gh_")`)
		if scripts {
			rita.until("a button", `document.querySelector("#token + button") !== null`)
			rita.click("#token + button")
			rita.sees("#token + button", "Copied")
		}
	}
	rita.scripts(true)
	rita.sees("main", "My laptop")
	rita.click("details.confirm summary")
	rita.click("details.confirm[open] button")
	rita.sees("#toasts", "Revoked.")
	rita.sees("main", "Revoked")
}
