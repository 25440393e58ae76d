package leaks_test

import (
	"bytes"

	"guildhall/models/id"
)

// few is a room without a space, of two who do not look: what is said in it reaches nobody of the cast, not
// the owner either.
type few struct{ room, message, file id.ID }

// confides lets two of the club talk in a room of their own, with a file, a mention of those who look and a draft. One of
// them is seen to read it: that the others do not is then worth something.
func (w *world) confides() {
	w.t.Helper()
	pia, by := w.comes("pia"), w.people[author]
	room := pia.post(w.t, "/rooms", "to", "@"+author, "name", "About "+canary(among, "name"))
	w.few.room = idIn(w.t, room, `/rooms/(\w{11})`)
	w.few.file = w.uploads("pia", canary(among, "file")+".txt", []byte("It holds "+canary(among, "file")))
	at := "/rooms/" + w.few.room.String()
	pia.post(w.t, at, "key", w.key(), "text", "@mel @ona @mia "+canary(among, "message")+" [the file](/files/"+w.few.file.String()+")")
	by.post(w.t, at, "key", w.key(), "text", "About about: "+canary(among, "answer"))
	w.read(&w.few.message, "select min(id) from messages where room_id = ?", w.few.room)
	said := at + "/m/" + w.few.message.String()
	by.post(w.t, said+"/react", "on", "thanks")
	by.post(w.t, said+"/bookmark", "on", "true")
	for path, word := range map[string]string{at: "message", "/rooms": "answer", "/search?q=" + canary(among, "message"): "message", "/bookmarks": "message", "/files/" + w.few.file.String(): "file"} {
		if a := by.get(w.t, path); !bytes.Contains(a.body, []byte(canary(among, word))) {
			w.t.Errorf("%s does not read at %s what was said to them", author, path)
		}
	}
}
