package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/notify"
)

// A mail program posts to the link without any cookie, and letters of that sort end. A look at the
// page ends nothing.
func TestOneClickEndsLetters(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, newt := t.Context(), w.Newcomer
		clubtest.OK(t, w.Bell.EndLinks(ctx, newt))
		address := "/unsubscribe/" + clubtest.Must(w.Bell.Token(ctx, notify.Farewell{Member: newt.ID, What: notify.Replied}))(t)
		wants := func() bool {
			return clubtest.Must(w.Bell.Wishes(ctx, newt.ID))(t)[newt.ID].Wants(notify.Replied, notify.ByMail)
		}
		if page := w.get(address); page.StatusCode != http.StatusOK || !strings.Contains(page.body, "Somebody replies in a topic of yours") || !wants() {
			t.Errorf("a look: %d, and it holds: %v", page.StatusCode, wants())
		}
		for range 2 {
			if done := w.post(address, url.Values{"List-Unsubscribe": {"One-Click"}}, bare); done.StatusCode != http.StatusOK || wants() {
				t.Errorf("a click: %d, and it holds: %v", done.StatusCode, wants())
			}
		}
		clubtest.OK(t, w.Bell.EndLinks(ctx, newt))
		if gone := w.post(address, url.Values{"List-Unsubscribe": {"One-Click"}}, bare); gone.StatusCode != http.StatusNotFound {
			t.Errorf("an ended link: %d", gone.StatusCode)
		}
	})
}

// bare is a request of a program that is no browser.
func bare(r *http.Request) {
	r.Header.Del("Origin")
	r.Header.Del("Sec-Fetch-Site")
	r.Header.Del("Cookie")
}

// What belongs together stands as one, is filtered, and is marked as read as one.
func TestNotificationsStandTogether(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		topic := clubtest.Must(w.Forum.Start(ctx, w.Again(w.Newcomer), w.Open.ID, forum.Draft{Key: w.Key(), Title: "Of grain", Text: "Which film?"}))(t)
		w.Reply(w.Regular, topic, "One.")
		w.Clock.Turn(time.Minute)
		w.Reply(w.Paying, topic, "Two.")
		w.Reply(w.Owner, topic, "Three.")
		w.Reply(w.Owner, topic, "And you, @newt?")
		as := w.as(w.Newcomer)
		before := clubtest.Must(w.Bell.Unread(ctx, w.Again(w.Newcomer)))(t)
		page := w.get("/notifications?show=replies", as).body
		if !strings.Contains(page, "Olive and 2 others") || strings.Count(page, "note-row") != 1 {
			t.Errorf("the page has %d rows, or does not say who they are of", strings.Count(page, "note-row"))
		}
		if only := w.get("/notifications?show=mentions", as).body; strings.Count(only, "note-row") != 1 || !strings.Contains(only, "mentioned you") {
			t.Error("a filter shows something else")
		}
		if none := w.get("/notifications?show=thanks", as).body; !strings.Contains(none, "Nothing of this sort") {
			t.Error("an empty filter does not say so")
		}
		rows, _, err := w.Bell.Filed(ctx, w.Again(w.Newcomer), notify.Shown{Under: notify.Replies}, "", 10)
		clubtest.OK(t, err)
		w.post("/notifications/"+rows[0].ID.String()+"/read", nil, as)
		if n := clubtest.Must(w.Bell.Unread(ctx, w.Again(w.Newcomer)))(t); n != before-3 {
			t.Errorf("%d are unread after those that stand as one were read", n)
		}
		if unread := w.get("/notifications?show=unread", as).body; strings.Contains(unread, "replied in") || !strings.Contains(unread, "mentioned you") {
			t.Error("what was read is shown as unread")
		}
	})
}

// What is chosen on the page holds, and what cannot be is shown again with what is wrong.
func TestHowOneIsToldIsChosen(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, as := t.Context(), w.as(w.Newcomer)
		form := url.Values{"kind": {notify.Replied, notify.Reacted}, "on." + notify.Reacted: {"bell", "mail"}, "pause": {"0"}, "digest": {notify.Daily}}
		w.post("/settings/notifications", form, as)
		wishes := clubtest.Must(w.Bell.Wishes(ctx, w.Newcomer.ID))(t)[w.Newcomer.ID]
		if wishes.Wants(notify.Replied, notify.OnBell) || !wishes.Wants(notify.Reacted, notify.ByMail) || !wishes.Wants(notify.Mentioned, notify.ByMail) || wishes.Pause != 0 || wishes.Digest != notify.Daily {
			t.Errorf("kept %+v", wishes)
		}
		form.Set("pause", "soon")
		if again := w.post("/settings/notifications", form, as); again.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(again.body, `value="soon"`) {
			t.Errorf("refused with %d", again.StatusCode)
		}
		w.post("/settings/notifications/quiet", url.Values{"day-4": {"on"}, "from-4": {"22:00"}, "until-4": {"07:30"}}, as)
		w.post("/settings/notifications/rest", url.Values{"pause_for": {"8"}}, as)
		wishes = clubtest.Must(w.Bell.Wishes(ctx, w.Newcomer.ID))(t)[w.Newcomer.ID]
		if len(wishes.Hours) != 1 || wishes.Hours[0] != (notify.Hours{Weekday: time.Friday, Starts: 1320, Ends: 450}) || !wishes.PausedUntil.Equal(w.Clock.Now().Add(8*time.Hour)) {
			t.Errorf("kept %+v", wishes)
		}
	})
}
