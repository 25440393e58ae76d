package handlers_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/views"
)

// Somebody else's post is removed by its form for a reason, which comes back with what is wrong with it; the log
// has the reason, and the way back.
func TestTheFormOfARemoval(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		topic := w.Topic(w.Open, "Garden plans")
		post := w.Reply(w.Regular, topic, "Off the point.")
		mod, at := w.as(w.Moderator), root(w.Open, topic)+"/p/"+post.ID.String()
		w.get(at+"/edit", mod).wants(t, http.StatusOK).says(t, `name="reason"`).says(t, "Its author is told")
		w.post(at+"/remove", form("reason", " "), mod).wants(t, http.StatusUnprocessableEntity).says(t, "Say why")
		long := strings.Repeat("x", forum.MaxWhy+1)
		w.post(at+"/remove", form("reason", long), mod).wants(t, http.StatusUnprocessableEntity).says(t, long)
		w.post(at+"/remove", form("reason", "About something else."), mod).wants(t, http.StatusSeeOther)
		w.get("/notifications", w.as(w.Regular)).wants(t, http.StatusOK).says(t, "removed your post in").says(t, "About something else.")
		w.get(views.TopicLogAddress(w.Open.Slug, topic.ID), mod).wants(t, http.StatusOK).says(t, "removed a post").says(t, "About something else.").says(t, "/undo")
		w.get(views.SpaceLogAddress(w.Open.Slug), mod).wants(t, http.StatusOK).says(t, "About something else.")
		w.get(views.TopicLogAddress(w.Open.Slug, topic.ID), w.as(w.Regular)).wants(t, http.StatusForbidden)
		own := w.Reply(w.Regular, topic, "Mine.")
		w.post(root(w.Open, topic)+"/p/"+own.ID.String()+"/remove", form(), w.as(w.Regular)).wants(t, http.StatusSeeOther)
	})
}

// A change that comes up the line says with what it was begun: over what somebody else wrote meanwhile it is refused.
func TestAnEditOverTheLineSaysFromWhat(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		topic := w.Topic(w.Open, "Garden plans")
		post := w.Reply(w.Regular, topic, "Sow beans.")
		from := post.Wording()
		clubtest.Must(w.Forum.EditBecause(t.Context(), w.Again(w.Moderator), post.ID, "Sow peas.", "Peas it is"))(t)
		p := w.opens(t, w.Regular, topic.ID)
		edits := func(ref, from string) heard {
			t.Helper()
			clubtest.OK(t, p.WriteJSON(map[string]any{"op": "edit", "ref": ref, "id": post.ID.String(), "text": "Sow beans in May.", "from": from}))
			var answer heard
			p.until(func(f heard) bool { answer = f; return f.Ref == ref })
			return answer
		}
		if a := edits("late", from); a.Type != "error" {
			t.Fatalf("answered %+v", a)
		}
		now, _, err := w.Forum.Post(t.Context(), w.Again(w.Regular), post.ID)
		clubtest.OK(t, err)
		if now.Source != "Sow peas." {
			t.Fatalf("it says %q", now.Source)
		}
		if a := edits("again", now.Wording()); a.Type != "ack" {
			t.Fatalf("answered %+v", a)
		}
	})
}

// Of those whom one text mentions ten are told: the eleventh is named to who writes, in the preview, and a word says
// so after posting.
func TestMentionsPastTheTenthAreSaid(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var names []string
		for i := range 11 {
			names = append(names, fmt.Sprintf("@member%02d", i))
		}
		text, rita := strings.Join(names, " "), w.as(w.Regular)
		w.post("/preview", form("text", text, "space", w.Open.Slug), rita).wants(t, http.StatusOK).says(t, "These will not be: @member10.")
		a := w.post(views.NewTopicAddress(w.Open.Slug), form("key", w.Key(), "title", "Whom to ask", "text", text), rita).wants(t, http.StatusSeeOther)
		w.get(a.Header.Get("Location"), rita, header("Cookie", "said=too-many")).says(t, "ten are told")
		if !strings.Contains(strings.Join(a.Header.Values("Set-Cookie"), " "), "said=too-many") {
			t.Error("nothing is said of it after posting")
		}
	})
}
