package main

import (
	"fmt"
	"net/http"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/id"
	"guildhall/models/preview"
	"guildhall/models/queue"
	"guildhall/views"
)

// asks does what waits of the previews, as the program does beside its pages.
func (s *stage) asks() {
	t := s.t
	t.Helper()
	for {
		job, ok, err := s.Queue.Take(t.Context(), []queue.Kind{preview.Ask})
		clubtest.OK(t, err)
		if !ok {
			return
		}
		var page id.ID
		clubtest.OK(t, job.Read(&page))
		clubtest.OK(t, s.Previews.Fetch(t.Context(), page))
		clubtest.OK(t, s.Queue.Finish(t.Context(), job))
	}
}

// The card of a link comes to open pages when the page was asked for. Its author takes it away there and
// then, and it goes from the pages of others; those are offered no way to.
func TestACardComesAndGoesInAnOpenTopic(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		at := s.Outside.Host("benches.test-site.org", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, "<title>Old benches</title>")
		}))
		topic := s.Topic(s.Open, "Where to sit")
		rita, paul := s.visit("Rita", s.Regular), s.visit("Paul", s.Paying)
		for _, v := range []*visitor{rita, paul} {
			v.open(views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug))
			v.listens()
			v.run(`window.here = true`) // a page that is loaded anew forgets it
		}
		rita.types(reply, at+"/park")
		rita.click("#reply .foot .primary")
		paul.sees("#posts .prose", at+"/park")
		s.asks()
		for _, v := range []*visitor{rita, paul} {
			v.sees("#posts .linkcard b", "Old benches")
		}
		const cross = `#posts .linkcard button[aria-label="Remove the preview of Old benches"]`
		rita.until("a way to take it away", fmt.Sprintf("document.querySelectorAll(`%s`).length === 1", cross))
		if paul.is(fmt.Sprintf("document.querySelector(`%s`)", cross)) || paul.is(`document.querySelector("#posts form[data-drop]")`) {
			t.Error("somebody else is offered to take it away")
		}
		rita.click(cross)
		for _, v := range []*visitor{rita, paul} {
			v.until("no card", `!document.querySelector("#posts .linkcard") && window.here === true`)
		}
	})
}
