package main

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"guildhall/views"
)

// What was begun in one browser is offered in another, and two that go on with it lose nothing.
func TestADraftIsOfferedOnASecondDevice(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		topic := s.Topic(s.Open, "Garden plans")
		at := views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug)
		desk, phone := s.visit("Rita at her desk", s.Regular), s.visit("Rita on the way", s.Regular)
		desk.open(at)
		desk.listens()
		desk.types(reply, "Begun at the desk.")
		desk.sees("#reply", "Draft saved")

		phone.open(at)
		phone.listens()
		phone.sees("[data-begun]", "You began this on")
		if got := value[string](phone, `document.querySelector("#reply textarea").value`); got != "" {
			t.Fatalf("the box holds %q before she said that she goes on", got)
		}
		phone.follows("[data-go-on]")
		phone.listens()
		phone.until("the text", `document.querySelector("#reply textarea").value === "Begun at the desk."`)
		phone.types(reply, " Gone on elsewhere.")
		phone.sees("#reply", "Draft saved")

		desk.types(reply, " And here.")
		desk.sees("[data-other]", "Both texts are kept")
		desk.run(`document.querySelector("[data-other] details").open = true`)
		desk.sees("[data-other] pre", "Gone on elsewhere.")
		desk.run(`[...document.querySelectorAll("[data-other] button")].find((b) => b.innerText.includes("below")).click()`)
		desk.sees("#reply", "Draft saved")
		desk.click("#reply .foot .primary")
		desk.sees("#posts .prose", "And here.")
		desk.sees("#posts .prose", "Gone on elsewhere.")

		phone.open("/drafts")
		phone.sees("main", "Nothing waits here")
	})
}

// Who was overtaken while they wrote is told: as it happens, or once when they post.
func TestSomebodyRepliedMeanwhile(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		topic := s.Topic(s.Open, "Garden plans")
		at := views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug)
		rita, plain := s.visit("Rita", s.Regular), s.visit("Paul without scripts", s.Paying)
		plain.scripts(false)
		plain.open(at)
		rita.open(at)
		rita.listens()
		rita.types(reply, "Sow beans.")
		s.Reply(s.Newcomer, topic, "Sow peas.")
		rita.sees("[data-meanwhile]", "1 new reply while you wrote")
		rita.click("#reply .foot .primary")
		rita.sees("#posts .prose", "Sow beans.")

		plain.expects("409")
		plain.types(reply, "Sow leeks.")
		plain.follows("#reply .foot .primary")
		plain.sees(".notice.bad", "2 new replies since you began")
		plain.sees("#posts .prose", "Sow peas.")
		plain.sees("#reply .foot .primary", "Post anyway")
		plain.follows("#reply .foot .primary")
		plain.sees("#posts .prose", "Sow leeks.")
	})
}

// What a post said before is a link away, with what changed in it.
func TestAHistoryShowsWhatChanged(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		topic := s.Topic(s.Open, "Garden plans")
		s.Reply(s.Regular, topic, "Sow beans first.")
		rita, paul := s.visit("Rita", s.Regular), s.visit("Paul", s.Paying)
		rita.open(views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug))
		rita.follows(`#posts [data-number="2"] a[href$="/edit"]`)
		rita.run(`document.querySelector("#text").value = "Sow peas first."`)
		rita.types("#reason", "Beans come later")
		rita.follows("#reply .foot .primary")
		rita.sees("#posts", "Sow peas first.")

		paul.open(views.PostAddress(s.Open.Slug, topic.ID, topic.Slug, 2))
		paul.follows(`#posts [data-number="2"] a[href$="/history"]`)
		paul.sees(".diff del", "beans")
		paul.sees(".diff ins", "peas")
		paul.sees("main", "Beans come later")
		paul.follows(`.version:not([aria-current])`)
		paul.sees(".diff", "Sow beans first.")
	})
}

// Somebody is mentioned by the keyboard alone, and only who may read there is offered.
func TestAMentionIsCompletedByKeyboard(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		topic := s.Topic(s.Open, "Garden plans")
		rita := s.visit("Rita", s.Regular)
		rita.open(views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug))
		rita.listens()
		rita.types(reply, "Ask @p")
		rita.sees(".completes [role=option]", "Paul")
		rita.until("a combobox", `document.activeElement.getAttribute("aria-activedescendant") === document.querySelector('.completes [aria-selected="true"]').id`)
		if rita.is(`document.querySelector(".completes").innerText.includes("Suse")`) {
			t.Error("one who is kept out is offered")
		}
		rita.presses(kb.Tab)
		rita.until("the handle", `document.querySelector("#reply textarea").value === "Ask @paul "`)
		rita.types(reply, "about @")
		rita.until("offers", `!document.querySelector(".completes").hidden`)
		rita.presses(kb.Escape)
		rita.until("none", `document.querySelector(".completes").hidden`)
		rita.types(reply, "nobody :smile")
		rita.sees(".completes [role=option]", "smile")
		rita.presses(kb.Tab)
		rita.presses(kb.Enter, "ctrl")
		rita.until("the mention", `document.querySelector('#posts [data-number="2"] a.mention[href="/m/paul"]')`)
		rita.sees(`#posts [data-number="2"] .prose`, "@nobody")

		rita.open("/s/questions/new")
		rita.types("[name=title]", "My garden has plans")
		rita.sees("[data-similar] a", "Garden plans")
	})
}
