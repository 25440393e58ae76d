package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"guildhall/views"
)

const reply = "#reply textarea"

// posts is what stands in a topic, in its order.
const posts = `[...document.querySelectorAll("#posts .post .prose")].map((p) => p.innerText.trim()).join("|")`

// A reply appears where it stands in every page that shows the topic, once, and brings each reader
// the tools that are theirs.
func TestRepliesAppearInAnOpenTopic(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		topic := s.Topic(s.Open, "Garden plans")
		at := views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug)
		rita, olive := s.visit("Rita", s.Regular), s.visit("Olive", s.Owner)
		for _, v := range []*visitor{rita, olive} {
			v.open(at)
			v.listens()
			v.run(`window.here = true`) // a page that is loaded anew forgets it
		}
		rita.types(reply, "Start with **beans**.")
		olive.sees("#typing", "Rita is replying")
		rita.run(`document.querySelector("#reply textarea").focus()`)
		rita.presses(kb.Enter, "ctrl")
		olive.sees("#posts .prose strong", "beans")
		const both = "About Garden plans.|Start with beans."
		for _, v := range []*visitor{rita, olive} {
			v.until("each post once", posts+" === "+fmt.Sprintf("%q", both))
		}
		rita.until("an empty box", `document.querySelector("#reply textarea").value === ""`)
		rita.until("tools of their own", `document.querySelector('#posts [data-number="2"] a[href$="/edit"]')`)
		for _, v := range []*visitor{rita, olive} {
			v.sees("#topic-meta", "1 reply")
		}
		olive.until("the askers' tool", `document.querySelector('#posts [data-number="2"] form[action$="/accept"]')`)

		olive.run(`document.querySelector('#posts [data-number="2"] .picker [data-kind]').click()`)
		rita.sees(`#posts [data-number="2"] .reactions`, "1")
		olive.until("it pressed", `document.querySelector('#posts [data-number="2"] > footer form.reactions > button[aria-pressed="true"]')`)
		rita.sees(".toasts", "+")

		rita.types(reply, "And peas.")
		rita.click("#reply .foot .primary")
		olive.sees("#posts .prose", "And peas.")
		olive.run(`document.querySelector('#posts [data-number="2"] form[action$="/accept"] button').click()`)
		rita.until("the answer marked", `document.querySelector('#posts [data-number="2"].answer')`)
		if !value[bool](rita, `window.here === true`) {
			t.Error("Rita's page was loaded anew")
		}
	})
}

// A selection is quoted in the box that is open, with its source.
func TestASelectionIsQuoted(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		topic := s.Topic(s.Open, "Garden plans")
		s.Reply(s.Regular, topic, "Beans first, and peas after them.")
		paul := s.visit("Paul", s.Paying)
		paul.open(views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug))
		paul.listens()
		paul.run(`(() => {
			const words = document.querySelector('#posts [data-number="2"] .prose p').firstChild;
			getSelection().setBaseAndExtent(words, 0, words, "Beans first".length);
			document.querySelector('#posts [data-number="2"] [data-reply]').click();
		})()`)
		paul.until("the quote", `document.querySelector("#reply textarea").value.includes("post 2")`)
		got := value[string](paul, `document.querySelector("#reply textarea").value.split("\n").slice(1).join("/")`)
		if got != ">/> Beans first//" {
			t.Errorf("it quotes %q", got)
		}
	})
}

// What was begun is there again after the page was left, until it is posted.
func TestADraftIsKept(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		topic := s.Topic(s.Open, "Garden plans")
		at := views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug)
		rita := s.visit("Rita", s.Regular)
		rita.open(at)
		rita.listens()
		rita.types(reply, "I was about to say")
		rita.sees("#reply", "Draft saved")
		rita.open("/s/questions")
		rita.open(at)
		rita.sees("[data-begun]", "You began this on")
		rita.follows("[data-begun] a")
		if got := value[string](rita, `document.querySelector("#reply textarea").value`); got != "I was about to say" {
			t.Fatalf("the box holds %q", got)
		}
		rita.click("#reply .foot .primary")
		rita.sees("#posts .prose", "I was about to say")
		rita.open(at)
		rita.listens()
		if got := value[string](rita, `document.querySelector("#reply textarea").value`); got != "" {
			t.Errorf("after posting it holds %q", got)
		}

		rita.open("/s/questions/new")
		rita.until("the toolbar", `!document.querySelector("[data-marks]").hidden`)
		rita.types("[name=title]", "How do beans climb?")
		rita.types("#text", "Mine do not.")
		rita.click(".composer .primary")
		rita.sees("h1", "How do beans climb?")
		rita.listens()
		rita.open("/s/questions/new")
		rita.until("the toolbar", `!document.querySelector("[data-marks]").hidden`)
		if got := value[string](rita, `document.querySelector("#text").value`); got != "" {
			t.Errorf("the form of a topic that was posted holds %q", got)
		}
	})
}

// Everything works by plain forms where no script runs.
func TestItWorksWithoutScripts(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		rita := s.visit("Rita", s.Regular)
		rita.scripts(false)
		rita.open("/s/questions/new")
		rita.types("[name=title]", "How do beans climb?")
		rita.types("#text", "Mine do not.")
		rita.follows(".composer .primary")
		rita.sees("h1", "How do beans climb?")
		rita.types(reply, "They do now.")
		rita.follows("#reply .foot .primary")
		rita.sees("#posts .prose", "They do now.")

		rita.open("/s/questions/chat")
		rita.types(box, "Hello by post")
		rita.follows(".chatbox .primary")
		rita.sees(said, "Hello by post")

		s.says(s.Paying, "Thank me")
		rita.open("/s/questions/chat")
		rita.click("#log article:last-of-type .body") // under a finger, the tools come with the first touch
		rita.follows(`#log .acts [data-kind="thanks"]`)
		rita.sees("#log .reactions", "1")
		if value[bool](rita, `document.documentElement.dataset.live !== undefined`) {
			t.Error("a script ran")
		}
	})
}
