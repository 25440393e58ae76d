package leaks_test

import (
	"strings"
)

// The words of a letter from the author to mel, and of its title. Nobody else reads them: neither owners nor
// moderators do, nor a token of hers.
const (
	letterText  = "zqsealedtextvx"
	letterTitle = "zqsealedtitlevx"
)

// readsLetters tells whether a part is one of those between whom the letter went.
func readsLetters(p part) bool { return p.handle == "mel" && !p.token }

// corresponds has the author write the letter, and delivers it; another waits.
func (w *world) corresponds() {
	w.t.Helper()
	to := w.people[author].post(w.t, "/letters/new/"+w.db.NewID().String(), "key", w.key(), "readers", "mel", "title", "About "+letterTitle, "text", "It says "+letterText)
	w.thread = idIn(w.t, to, `/letters/(\w{11})`)
	w.read(&w.letter, "select id from letters where thread_id = ?", w.thread)
	w.people[author].post(w.t, "/letters/waiting/"+w.letter.String()+"/send")
}

// unsealed looks for the letter in what somebody was sent, be it who it is for: a mailbox knows who wrote alone.
func (m *matrix) unsealed(surface, came string) {
	for _, word := range []string{letterText, letterTitle} {
		if strings.Contains(strings.ToLower(came), word) {
			m.finds(&m.leaks, "%s (%s) tells a mailbox of a letter: %s", word, surface, around([]byte(came), strings.Index(strings.ToLower(came), word)))
		}
	}
}
