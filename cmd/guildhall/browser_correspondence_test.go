package main

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// A letter is begun at a desk and gone on with on a phone, waits, and is delivered; who it is for finds it in
// their letterbox and answers it with its words.
func TestALetterIsWrittenAndAnswered(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		desk, phone := s.visit("Rita at her desk", s.Regular), s.visit("Rita on the way", s.Regular)
		phone.show(hand)
		desk.open("/letters/new")
		desk.until("the toolbar", `!document.querySelector("[data-marks]").hidden`)
		desk.types("[name=readers]", "pau")
		desk.sees("#readers-offered [role=option]", "Paul @paul")
		desk.presses(kb.ArrowDown)
		desk.presses(kb.Enter)
		desk.until("whom it is for", `document.querySelector("[name=readers]").value === "paul, "`)
		desk.types("[name=title]", "The bench by the harbour")
		desk.types("#text", "Dear Paul, they have mended it.")
		desk.sees(".composer", "Draft saved")

		phone.finds("/letters?in=drafts", `document.querySelector("main").innerText.includes("The bench by the harbour")`)
		phone.follows(`main a[href$="draft=on#text"]`)
		phone.until("all of it", `document.querySelector("#text").value === "Dear Paul, they have mended it." && document.querySelector("[name=readers]").value.startsWith("paul")`)
		phone.follows(".composer .foot .primary")
		phone.sees("h1", "The bench by the harbour")
		phone.sees(".sheet.waits", "Until then it is yours alone")

		paul := s.visit("Paul", s.Paying)
		paul.open("/letters")
		if paul.is(`document.querySelector(".envelope")`) {
			t.Error("it is there before it is delivered")
		}
		phone.follows(`.sheet form[action$="/send"] button`)
		phone.until("that it is delivered", `document.querySelector(".sheet") && !document.querySelector(".sheet.waits")`)

		paul.open("/letters")
		paul.sees(".envelope.unread", "The bench by the harbour")
		paul.follows(".envelope h2 a")
		paul.sees(".sheet .prose", "they have mended it")
		paul.follows(`.sheet a[href*="quote="]`)
		paul.until("its words", `document.querySelector("#text").value.startsWith("> Dear Paul, they have mended it.")`)
		paul.until("the toolbar", `!document.querySelector("[data-marks]").hidden`)
		paul.run(`document.querySelector("#text").setSelectionRange(1e6, 1e6)`)
		paul.types("#text", "I was almost sorry.")
		paul.follows(".composer .foot .primary")
		paul.sees(".sheet.waits blockquote", "they have mended it")
		paul.follows(`.sheet form[action$="/send"] button`)
		paul.until("that it is delivered", `document.querySelectorAll(".sheet").length === 2 && !document.querySelector(".sheet.waits")`)

		desk.open("/letters")
		desk.sees(".envelope.unread", "I was almost sorry.")
	})
}
