package handlers_test

import (
	"net/http"
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
		w.post(at, form("topic", "Weather", "seconds", "0", "keep_days", "30"), owner).wants(t, http.StatusSeeOther)
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
