package main

import (
	"fmt"
	"testing"

	"guildhall/views"
)

// A vote is counted on every page that shows the answer, and orders the next one; and a reader goes to
// a day, which lies among what was written around it.
func TestVotesAndDaysInATopic(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		topic := s.Topic(s.Open, "Garden plans")
		s.Reply(s.Moderator, topic, "The lesser answer.")
		s.Reply(s.Regular, topic, "The better answer.")
		at := views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug)
		paul, rita := s.visit("Paul", s.Paying), s.visit("Rita", s.Regular)
		for _, v := range []*visitor{paul, rita} {
			v.open(at)
			v.listens()
		}
		const vote = `document.querySelector('#posts [data-number="3"] button[data-kind="vote"]')`
		paul.run(vote + ".click()")
		rita.sees(`#posts [data-number="3"] [data-kind="vote"]`, "1")
		paul.until("the vote counted and pressed", vote+`?.getAttribute("aria-pressed") === "true" && `+vote+`.innerText.includes("1")`)
		if value[bool](rita, `!!document.querySelector('#posts [data-number="3"] button[data-kind="vote"]')`) {
			t.Error("an author may vote for their own")
		}
		paul.open(at)
		paul.until("the better answer first", posts+" === "+fmt.Sprintf("%q", "About Garden plans.|The better answer.|The lesser answer."))

		paul.run(`document.querySelector(".jumps").open = true`)
		paul.run(`(day => { day.value = day.min; day.form.requestSubmit() })(document.querySelector("#jump-at"))`)
		paul.until("the first post of that day, in the order of time", `location.hash === "#p1" && location.search.includes("order=oldest")`)
		paul.until("what was written around it", posts+" === "+fmt.Sprintf("%q", "About Garden plans.|The lesser answer.|The better answer."))
	})
}
