package main

import (
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
)

// Whoever stands before one door reads there how far it is by now, and hears of another that opened.
func TestADoorKnowsWhatIsEarned(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		opensAt := func(kind access.KeyKind, n int64) map[access.Verb]access.Lock {
			return map[access.Verb]access.Lock{access.Read: {{{Kind: kind, Amount: n}}}}
		}
		s.Space("Attic", opensAt(access.StatusKey, 2))
		s.Space("Cellar", opensAt(access.StatusKey, 6))
		s.Space("Shed", opensAt(access.ScoreKey, 60))
		newt, elsewhere := s.visit("newt", s.Newcomer), s.visit("newt elsewhere", s.Newcomer)
		for v, at := range map[*visitor]string{newt: "/s/cellar", elsewhere: "/s/shed"} {
			v.expects("the server responded with a status of 403")
			v.open(at)
			v.sees(".door .keys", "points to go.")
			v.hearsNews()
			v.run(`window.stays = true`)
		}
		s.Earn(s.Newcomer.ID, 50)
		newt.sees("dialog.cheer[open] h2", "Good answer")
		newt.click("dialog.cheer[open] button")
		newt.sees("dialog.cheer[open]", "The door to Attic is open")
		newt.until("no lock on the attic", `document.querySelector('.sidebar a[href="/s/attic"]:not(.locked)')`)
		newt.until("a lock on the cellar", `document.querySelector('.sidebar a.locked[href="/s/cellar"]')`)
		newt.sees(".door .keys", "51 of 1,000")
		newt.sees(".door .keys", "949 points to go.")

		s.Earn(s.Newcomer.ID, 60) // which is no status, but a number that a lock names
		elsewhere.until("the shed without its door", `!document.querySelector("main .door") && document.querySelector("main h1").innerText === "Shed"`)
		for _, v := range []*visitor{newt, elsewhere} {
			if !v.is(`window.stays`) {
				t.Errorf("%s: the page was loaded anew", v.name)
			}
		}
	})
}

// A page that is left in the very moment in which something was earned hands the cheer on. Once
// somebody answered, it is over.
func TestACheerIsNotLostWithItsPage(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	newt := s.visit("newt", s.Newcomer)
	newt.open("/")
	newt.hearsNews()
	s.Earn(s.Newcomer.ID, 20) // by an accepted answer, the first
	newt.sees("dialog.cheer[open] h2", "Good answer")
	newt.open("/s/questions")
	newt.sees("dialog.cheer[open] h2", "Good answer")
	newt.click("dialog.cheer[open] a")
	newt.until("their own page", `location.pathname === "/m/newt" && document.readyState === "complete"`)
	newt.hearsNews()
	if newt.is(`document.querySelector("dialog.cheer")`) {
		t.Error("what was answered is cheered again")
	}
}
