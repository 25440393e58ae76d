package handlers_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/views"
)

// Without a script the page that is drawn again with a preview says who cannot read it, and the one after
// posting does.
func TestAFormSaysWhoCannotReadIt(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		sp := w.Space("Darkroom", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		topic := w.Topic(sp, "Fixer")
		p := w.Reply(w.Paying, topic, "How old is it?")
		paul := w.as(w.Paying)
		text := "Ask @newt, @suse or @olive."
		forms := map[string]url.Values{
			views.NewTopicAddress(sp.Slug):                               {"title": {"What next"}},
			views.ReplyAddress(sp.Slug, topic.ID):                        {},
			fmt.Sprintf("/s/%s/t/%s/p/%s/edit", sp.Slug, topic.ID, p.ID): {},
		}
		for path, form := range forms {
			form.Set("key", w.Key())
			form.Set("text", text)
			form.Set("preview", "on")
			w.post(path, form, paul).wants(t, http.StatusOK).says(t, "will not be told: @newt, @suse.")
			form.Set("text", "Ask @olive.")
			if a := w.post(path, form, paul).wants(t, http.StatusOK); strings.Contains(a.body, "will not be told") {
				t.Errorf("%s says it of somebody who reads it", path)
			}
			form.Set("text", text)
			form.Del("preview")
			a := w.post(path, form, paul).wants(t, http.StatusSeeOther)
			if !saysUntold(a) {
				t.Errorf("%s says nothing after posting: %q", path, a.Header.Values("Set-Cookie"))
			}
		}
		a := w.post(views.RoomAddress(sp.Slug), url.Values{"key": {w.Key()}, "text": {text}}, paul).wants(t, http.StatusSeeOther)
		if !saysUntold(a) {
			t.Error("the room says nothing")
		}
		open := url.Values{"text": {"Ask @suse."}, "space": {w.Open.Slug}}
		if a := w.post("/preview", open, paul).wants(t, http.StatusOK); strings.Contains(a.body, "told") {
			t.Error("a preview tells of a suspension")
		}
		shut := url.Values{"text": {"Ask @newt."}, "space": {sp.Slug}}
		w.post("/preview", shut, paul).wants(t, http.StatusOK).says(t, "will not be told")
		if a := w.post("/preview", shut, w.as(w.Regular)).wants(t, http.StatusOK); strings.Contains(a.body, "told") {
			t.Error("one before the door is told who else stands there")
		}
	})
}

// saysUntold tells whether the page after an answer will say that somebody was not told.
func saysUntold(a answer) bool {
	return strings.Contains(strings.Join(a.Header.Values("Set-Cookie"), "\n"), "said=untold")
}

// A # becomes a tag that the writer knows of, or a topic that they may read.
func TestAHashBecomesATagOrATopic(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		sp := w.Space("Darkroom", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: w.Patron.ID}}}})
		start := func(in id.ID, title string, tags ...string) {
			clubtest.Must(w.Forum.Start(t.Context(), w.Again(w.Owner), in, forum.Draft{Key: w.Key(), Title: title, Text: "About it.", Tags: tags}))(t)
		}
		start(w.Open.ID, "Garden plans", "garden")
		start(sp.ID, "Garden of stones", "gardeners-only")
		at := views.CompleteAddress(w.Open.Slug) + "?kind=topic&q=gard"
		rita := w.get(at, w.as(w.Regular)).wants(t, http.StatusOK).says(t, `data-insert="[#garden](/tags/garden)"`).says(t, "Garden plans")
		if strings.Contains(rita.body, "gardeners-only") || strings.Contains(rita.body, "stones") {
			t.Errorf("offered is what stands behind a door:\n%s", rita.body)
		}
		w.get(at, w.as(w.Paying)).wants(t, http.StatusOK).says(t, "[#gardeners-only](/tags/gardeners-only)").says(t, "Garden of stones")
	})
}

// What would be refused is said beside the text before it is sent, by script and without.
func TestAPreviewSaysWhatWouldBeRefused(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		topic := w.Topic(w.Open, "Lamps")
		for text, says := range map[string]string{
			strings.Repeat("x", forum.MaxText+1):         "A post has at most",
			"Whom to ask?\n\n:::poll Who?\n- One\n:::\n": "options",
		} {
			form := url.Values{"text": {text}, "key": {"k"}, "preview": {"on"}}
			w.post("/preview", form, w.as(w.Regular)).wants(t, http.StatusOK).says(t, says)
			w.post("/s/questions/t/"+topic.ID.String()+"/reply", form, w.as(w.Regular)).wants(t, http.StatusOK).says(t, says).says(t, text[:20])
		}
		if a := w.post("/preview", url.Values{"text": {"**Fine.**"}}, w.as(w.Regular)).wants(t, http.StatusOK); strings.Contains(a.body, "error") {
			t.Errorf("a text that may be posted has\n%s", a.body)
		}
	})
}
