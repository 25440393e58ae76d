package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"guildhall/models/access"
	"guildhall/models/clubtest"
)

const (
	box  = ".chatbox textarea"
	said = "#log article.msg .body"
)

// order is what stands in a log, in its order, with what only waits marked.
const order = `[...document.querySelectorAll("#log article.msg")].map((m) => m.querySelector(".body").innerText.trim() + (m.classList.contains("pending") ? " (waiting)" : "")).join("|")`

// kept is when nothing of one's own waits to be acknowledged.
const kept = `!document.querySelector("#log [data-key]")`

// Two people talk. One loses the network while both go on writing: nothing is missing afterwards,
// nothing stands twice, and both read the same in the same order.
func TestTwoPeopleTalkAndOneIsCutOff(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		rita, paul := s.visit("Rita", s.Regular), s.visit("Paul", s.Paying)
		for _, v := range []*visitor{rita, paul} {
			v.open("/s/questions/chat")
			v.listens()
		}
		rita.types(box, "Is anybody here?\n")
		paul.sees(said, "Is anybody here?")
		paul.types(box, "Just me")
		rita.sees("#typing", "Paul is typing")
		paul.types(box, ".\n")
		rita.sees(said, "Just me.")
		rita.lost("#typing", "Paul")
		rita.lost("#log", "Waiting to send")
		rita.until("both of them here", `document.querySelector("#here-count").innerText.includes("2 here")`)

		paul.expects("ERR_INTERNET_DISCONNECTED", "WebSocket connection to")
		paul.offline(true)
		paul.sees("#banner", "Connection lost at")
		paul.types(box, "Can you hear me?\n")
		paul.sees("#log", "Waiting to send")
		for i := range 3 {
			rita.types(box, fmt.Sprintf("Line %d\n", i))
			rita.sees(said, fmt.Sprintf("Line %d", i))
			rita.until("it kept", kept)
		}
		if got := value[string](paul, order); got != "Is anybody here?|Just me.|Can you hear me? (waiting)" {
			t.Fatalf("Paul, offline, reads %q", got)
		}
		paul.offline(false)
		paul.listens()
		rita.sees(said, "Can you hear me?")
		const whole = "Is anybody here?|Just me.|Line 0|Line 1|Line 2|Can you hear me?"
		for _, v := range []*visitor{rita, paul} {
			v.until("the same room", order+" === "+fmt.Sprintf("%q", whole))
		}
		paul.until("no banner", `document.querySelector("#banner").hidden`)

		paul.open("/s/questions/chat")
		if got := value[string](paul, order); got != whole {
			t.Errorf("the room holds %q", got)
		}
	})
}

// The answer to a message is lost on the way: it is sent again under its key and stands once.
func TestAMessageWhoseAnswerIsLostStandsOnce(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		rita, paul := s.visit("Rita", s.Regular), s.visit("Paul", s.Paying)
		for _, v := range []*visitor{rita, paul} {
			v.open("/s/questions/chat")
			v.listens()
		}
		rita.run(`(() => {
			const send = WebSocket.prototype.send;
			window.sends = 0;
			WebSocket.prototype.send = function (frame) {
				send.call(this, frame);
				if (JSON.parse(frame).op !== "send" || window.sends++) return;
				queueMicrotask(() => dispatchEvent(new Event("offline"))); // before an answer can be read
				setTimeout(() => dispatchEvent(new Event("online")), 300);
			};
		})()`)
		rita.types(box, "Once and no more\n")
		rita.until("a second sending", `window.sends >= 2`)
		rita.until("nothing that waits", kept)
		paul.sees(said, "Once and no more")
		paul.types(box, "Heard you\n")
		for _, v := range []*visitor{rita, paul} {
			v.sees(said, "Heard you")
			if got := value[string](v, order); got != "Once and no more|Heard you" {
				t.Errorf("%s reads %q", v.name, got)
			}
		}
	})
}

// Every connection breaks at once, and the page is loaded anew with something unsent in it.
func TestTheLineComesBackAndAReloadLosesNothing(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		rita, paul := s.visit("Rita", s.Regular), s.visit("Paul", s.Paying)
		for _, v := range []*visitor{rita, paul} {
			v.open("/s/questions/chat")
			v.listens()
			v.run(`window.lost = 0; new MutationObserver(() => document.documentElement.dataset.live === "lost" && window.lost++).observe(document.documentElement, {attributes: true})`)
		}
		s.lines.cut()
		for _, v := range []*visitor{rita, paul} {
			v.until("that the line broke", `window.lost > 0`)
			v.listens()
		}
		paul.types(box, "Still here\n")
		rita.sees(said, "Still here")

		rita.run(`WebSocket.prototype.send = function () {}`) // what is sent goes nowhere
		rita.types(box, "Do not lose this\n")
		rita.sees("#log", "Waiting to send")
		rita.open("/s/questions/chat")
		paul.sees(said, "Do not lose this")
		rita.until("it once", order+` === "Still here|Do not lose this"`)
	})
}

// What is said can be changed, thanked for and taken back, and both sides see it at once.
func TestMessagesAreChangedInPlace(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		rita, paul := s.visit("Rita", s.Regular), s.visit("Paul", s.Paying)
		for _, v := range []*visitor{rita, paul} {
			v.open("/s/questions/chat")
			v.listens()
		}
		rita.types(box, "Helo **there**\n")
		paul.sees(said+" strong", "there")
		paul.run(`document.querySelector('#log .acts [data-kind="wave"]').click()`)
		rita.sees("#log .reactions", "1")
		paul.until("their own reaction", `document.querySelector('#log form.reactions [data-kind="wave"]')?.getAttribute("aria-pressed") === "true"`)
		paul.run(`document.querySelector('#log form.reactions [data-kind="wave"]').click()`)
		rita.until("it taken back", `!document.querySelector("#log .reactions")`)

		rita.types(box, kb.ArrowUp)
		rita.until("the source", `document.querySelector(".inline-edit textarea")?.value === "Helo **there**"`)
		rita.run(`document.querySelector(".inline-edit textarea").value = "Hello **there**"`)
		rita.click(".inline-edit .btn.primary")
		paul.sees(said, "Hello there")
		paul.sees(said, "(edited)")
		rita.until("the editor away", `!document.querySelector(".inline-edit")`)

		rita.run(`document.querySelector("#log a[data-edit]").click()`)
		rita.click(".inline-edit .danger")
		rita.sees(".inline-edit .danger", "for everybody")
		rita.click(".inline-edit .danger")
		paul.sees(said, "This message was removed.")
		rita.sees(said, "This message was removed.")
	})
}

// A member whose right to the room ends stands before its door, without touching anything.
func TestAClosedRoomShowsItsDoor(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		g := s.Give(s.Paying, s.Patron, 0)
		s.Space("Patrons", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: s.Patron.ID}}}})
		paul := s.visit("Paul", s.Paying)
		paul.expects("403")
		paul.open("/s/patrons/chat")
		paul.listens()
		clubtest.OK(t, s.Access.Withdraw(t.Context(), s.Again(s.Owner), g.ID, "It was a mistake."))
		paul.until("a door", `document.querySelector("main .door") && !document.querySelector("#log")`)
	})
}
