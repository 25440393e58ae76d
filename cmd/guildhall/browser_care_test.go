package main

import (
	"fmt"
	"strings"
	"testing"

	"guildhall/views"
)

// A moderator moves posts to a new topic; an old address leads there, readers of both are told, and the log
// takes it back.
func TestPostsAreMovedAndBroughtBack(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		topic := s.Topic(s.Open, "Garden plans")
		s.Reply(s.Regular, topic, "Beans first.")
		s.Reply(s.Regular, topic, "Whose bicycle is that?")
		at := views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug)
		mods, rita := s.visit("Mods", s.Moderator), s.visit("Rita", s.Regular)
		mods.open(at)
		mods.click(`[popovertarget="care"]`)
		mods.run(`document.querySelector('#care a[href$="/split"]').click()`)
		mods.sees("main h1", "Move posts")
		mods.run(`(() => {
			document.querySelectorAll('input[name="posts"]')[1].click();
			document.querySelector('main input[name="title"]').value = "The bicycle";
			document.querySelector('main input[name="why"]').value = "One thing at a time.";
		})()`)
		mods.run(`document.querySelector('main form aside .primary').click()`)
		mods.sees("#topic-title", "The bicycle")
		mods.sees("#posts .deed", "One thing at a time.")

		rita.open(at + "?post=3")
		rita.sees("#topic-title", "The bicycle")
		rita.open(at)
		rita.sees("#posts .deed", "moved 1 post")
		rita.until("one post less", `document.querySelectorAll("#posts .post").length === 2`)

		mods.open(views.TopicLogAddress(s.Open.Slug, topic.ID))
		mods.run(`document.querySelector('form[action$="/undo"] button').click()`)
		mods.sees("#topic-title", "Garden plans")
		mods.until("it back", `document.querySelectorAll("#posts .post").length === 3 && !document.querySelector("#posts .deed")`)
	})
}

// Several topics are ticked, closed after a question, and opened again together.
func TestManyTopicsAreClosedAndOpened(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		for i := range 3 {
			s.Topic(s.Open, fmt.Sprint("Stall ", i+1))
		}
		mods := s.visit("Mods", s.Moderator)
		mods.open(views.SpaceAddress(s.Open.Slug) + "?pick=on")
		mods.run(`[...document.querySelectorAll('input[name="topics"]')].slice(0, 2).forEach((box) => box.click())`)
		mods.sees("[data-ticked]", "2 are ticked")
		mods.run(`document.querySelector("#bulk .primary").click()`)
		mods.sees("main h1", "Close 2 topics?")
		mods.run(`document.querySelector('main input[name="why"]').value = "The fair is over."`)
		mods.run(`document.querySelector("main form .primary").click()`)
		mods.sees("main h1", "2 topics were changed")
		closed := func(n int) {
			t.Helper()
			mods.open(views.SpaceAddress(s.Open.Slug))
			if got := strings.Count(value[string](mods, `document.querySelector("main").innerHTML`), "Closed: "); got != n {
				t.Errorf("%d are closed, and not %d", got, n)
			}
		}
		result := value[string](mods, `location.pathname`)
		closed(2)
		mods.open(result)
		mods.run(`document.querySelector('form[action$="/undo"] button').click()`)
		mods.sees("main .tag", "Undone")
		closed(0)
	})
}
