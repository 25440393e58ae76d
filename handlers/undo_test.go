package handlers_test

import (
	"net/http"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/views"
)

// TestAnUndoThatTheRulesRefuse says why; a line that never was is not there.
func TestAnUndoThatTheRulesRefuse(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, as := t.Context(), w.as(w.Moderator)
		topic := w.Topic(w.Open, "About one")
		clubtest.Must(w.Forum.Retag(ctx, w.Again(w.Moderator), topic.ID, []string{"film"}))(t)
		clubtest.OK(t, w.Forum.SetTagRule(ctx, w.Again(w.Owner), w.Open.ID, 1, nil))
		lines, _, err := w.Forum.Log(ctx, w.Again(w.Moderator), topic, "")
		clubtest.OK(t, err)
		if len(lines) == 0 {
			t.Fatal("nothing is logged")
		}
		if _, err := w.Forum.Undo(ctx, w.Again(w.Moderator), lines[0].ID); !problem.Is(err, problem.KindInvalid) {
			t.Fatalf("the rules have no word on it: %v", err)
		}
		w.post(views.UndoAddress(lines[0].ID), nil, as).wants(t, http.StatusConflict).says(t, "this space asks for one")
		w.post(views.UndoAddress(id.ID(4711)), nil, as).wants(t, http.StatusNotFound)
	})
}
