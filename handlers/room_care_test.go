package handlers_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/views"
)

// The form of how things are done in a room: a moderator's leaves alone what only owners say, and what cannot be
// stands there with a word beside it.
func TestHowThingsAreDoneInARoom(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at, mod, owner := views.RoomCareAddress(w.Open.Slug), w.as(w.Moderator), w.as(w.Owner)
		w.get(at, w.as(w.Regular)).wants(t, http.StatusForbidden)
		if strings.Contains(w.get(at, mod).wants(t, http.StatusOK).body, `name="keep_days"`) {
			t.Error("a moderator is asked how long messages are kept")
		}
		w.get(at, owner).wants(t, http.StatusOK).says(t, `name="keep_days"`)
		w.post(at, form("topic", "Weather", "seconds", "0", "keep_days", "a year"), owner).wants(t, http.StatusUnprocessableEntity).says(t, "Messages are kept for").says(t, `value="a year"`).says(t, `value="Weather"`)
		w.post(at, form("topic", "Weather", "seconds", "0", "keep_days", "30"), owner).wants(t, http.StatusUnprocessableEntity).says(t, `name="sure"`)
		w.post(at, form("topic", "Weather", "seconds", "0", "keep_days", "30", "sure", "on"), owner).wants(t, http.StatusSeeOther)
		w.post(at, form("topic", "Rain", "seconds", "60"), mod).wants(t, http.StatusUnprocessableEntity).says(t, "Say why the room goes slowly")
		w.post(at, form("topic", "Rain", "seconds", "60", "slow_why", "It pours.", "why", "Too fast."), mod).wants(t, http.StatusSeeOther)
		r := clubtest.Must(w.Chat.Room(t.Context(), w.Again(w.Owner), w.Open.ID))(t)
		if r.KeepDays != 30 || r.Topic != "Rain" || r.SlowSeconds != 60 {
			t.Errorf("it is %+v", r)
		}
		w.get(views.RoomAddress(w.Open.Slug), w.as(w.Regular)).wants(t, http.StatusOK).says(t, "Messages are kept here for 30 days.").says(t, "Rain").says(t, "It pours.")
		w.get(views.SpaceLogAddress(w.Open.Slug), mod).wants(t, http.StatusOK).says(t, "said how long messages of the chat are kept").says(t, "30 days")
	})
}

// In a direct room all leads where its people can go: to the room, or to the list of such.
func TestADirectRoomByForms(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		rita, paul := w.as(w.Regular), w.as(w.Paying)
		at := w.post("/rooms", form("to", "@paul, @newt", "name", "Harbour"), rita).wants(t, http.StatusSeeOther).Header.Get("Location")
		w.post(at, form("key", w.Key(), "text", "Shall we meet?"), paul).wants(t, http.StatusSeeOther)
		said := regexp.MustCompile(`id="message-(\w{11})"`).FindStringSubmatch(w.get(at, rita).wants(t, http.StatusOK).body)
		if said == nil {
			t.Fatal("what was said is not shown")
		}
		message := at + "/m/" + said[1]
		w.post(message+"/unread", form(), rita).to(t, "/rooms")
		w.post(message+"/bookmark", form("on", "true"), rita).wants(t, http.StatusSeeOther)
		one := regexp.MustCompile(`/bookmarks/\w{11}`).FindString(w.get("/bookmarks", rita).wants(t, http.StatusOK).says(t, "Shall we meet?").body)
		w.get(one, rita).wants(t, http.StatusOK).says(t, "Harbour")
		w.post(at+"/people", form("to", "@nobody-of-that-name"), rita).wants(t, http.StatusUnprocessableEntity).says(t, `value="Harbour"`)
		for _, path := range []string{at, at + "/people", at + "/threads", at + "/pins", message, message + "/thread", message + "/history", message + "/forward", message + "/report"} {
			w.get(path, w.as(w.Owner)).wants(t, http.StatusNotFound)
			w.get(path, paul).wants(t, http.StatusOK)
		}
	})
}
