package handlers_test

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/problem"
)

var hiddenFrom = regexp.MustCompile(`name="from" value="([0-9a-f]{16})"`)

// begunWith is the wording that a form of a post was drawn with.
func begunWith(t *testing.T, page answer) string {
	t.Helper()
	found := hiddenFrom.FindStringSubmatch(page.body)
	if found == nil {
		t.Fatalf("the form does not say what it was begun with:\n%s", page.body)
	}
	return found[1]
}

// Two who edit a wiki at once: the second is shown what the first wrote, with their own text kept, and
// decides.
func TestNobodyWritesOverAnotherUnseen(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		topic := w.Topic(w.Open, "Garden plans")
		post := w.Reply(w.Regular, topic, "Sow beans in May.")
		clubtest.Must(w.Forum.MakeWiki(t.Context(), w.Again(w.Owner), post.ID, true))(t)
		at := root(w.Open, topic) + "/p/" + post.ID.String() + "/edit"
		rita, newt := w.as(w.Regular), w.as(w.Newcomer)
		from := begunWith(t, w.get(at, rita).wants(t, http.StatusOK))
		if same := begunWith(t, w.get(at, newt).wants(t, http.StatusOK)); same != from {
			t.Fatalf("two forms of one text were begun with %s and %s", from, same)
		}
		w.post(at, form("text", "Sow beans in June.", "key", "k1", "from", from), rita).wants(t, http.StatusSeeOther)

		late := w.post(at, form("text", "Sow peas in May.", "reason", "Peas it is", "key", "k2", "from", from), newt).wants(t, http.StatusConflict)
		late.says(t, "Somebody changed this post while you wrote.").says(t, ">Sow peas in May.</textarea>").says(t, "Save anyway").says(t, `value="Peas it is"`)
		late.says(t, "[taken out: </span>beans").says(t, "[added: </span>peas").says(t, "[taken out: </span>June")
		now := func(want string) {
			t.Helper()
			p, _, err := w.Forum.Post(t.Context(), w.Again(w.Regular), post.ID)
			clubtest.OK(t, err)
			if p.Source != want {
				t.Fatalf("it says %q, not %q", p.Source, want)
			}
		}
		now("Sow beans in June.")
		w.post(at, form("text", "Sow peas in May.", "key", "k2", "from", begunWith(t, late)), newt).wants(t, http.StatusSeeOther)
		now("Sow peas in May.")

		t.Run("with what stands there already", func(t *testing.T) {
			w.post(at, form("text", "Sow peas in May.", "key", "k3", "from", from), rita).wants(t, http.StatusSeeOther)
		})
		t.Run("from a draft that is older than the change", func(t *testing.T) {
			drafts := root(w.Open, topic) + "/p/" + post.ID.String() + "/draft"
			w.post(drafts, form("text", "Sow lentils.", "key", "k4"), rita, header("Accept", "application/json")).wants(t, http.StatusOK)
			w.Clock.Turn(1e9)
			clubtest.Must(w.Forum.Edit(t.Context(), w.Again(w.Newcomer), post.ID, "Sow peas in April."))(t)
			goesOn := w.get(at+"?draft=on", rita).wants(t, http.StatusOK).says(t, "Sow lentils.")
			if hiddenFrom.MatchString(goesOn.body) {
				t.Error("a draft that is older is taken for one of what it says now")
			}
			w.post(at, url.Values{"text": {"Sow lentils."}, "key": {"k4"}, "from": {"changed"}}, rita).wants(t, http.StatusConflict).says(t, "Sow lentils.")
			now("Sow peas in April.")
		})
		t.Run("by a program", func(t *testing.T) {
			_, err := w.Forum.EditFrom(t.Context(), w.Again(w.Regular), post.ID, forum.Change{Text: "Sow nothing.", From: from})
			if !problem.Is(err, problem.KindConflict) {
				t.Errorf("%v, and no conflict", err)
			}
			now("Sow peas in April.")
			for _, who := range []access.Viewer{w.Guest, w.Suspended} {
				if _, err := w.Forum.EditFrom(t.Context(), w.Again(who), post.ID, forum.Change{Text: "Sow nothing.", From: from}); problem.Is(err, problem.KindConflict) || err == nil {
					t.Errorf("who may not edit it is told that it changed: %v", err)
				}
			}
		})
	})
}
