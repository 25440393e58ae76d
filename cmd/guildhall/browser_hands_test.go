package main

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/views"
)

// Keys do what is done to the post that was chosen: keep it with a note and a reminder, answer it, go to another
// one; the toolbar is one stop; and Ctrl and Enter post from anywhere in the form.
func TestThePostAtHand(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	topic := s.Topic(s.Open, "Garden plans")
	s.Reply(s.Paying, topic, "Beans first.")
	rita := s.visit("Rita", s.Regular)
	rita.open(views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug))
	rita.listens()
	rita.until("the toolbar", `!document.querySelector("#reply [data-marks]").hidden`)
	rita.presses("j")
	rita.presses("j")
	rita.until("the second post", `document.activeElement.dataset.number === "2"`)
	rita.presses("b")
	rita.until("the dialog", `document.querySelector("dialog[open] #bookmark-form textarea")`)
	rita.looks("bookmark-note")
	rita.types("dialog #bookmark-form textarea", "Ask again in spring")
	rita.run(`document.querySelector("dialog select").value = "at", document.querySelector("dialog [type=datetime-local]").value = "2001-01-01T09:00"`)
	rita.expects("422")
	rita.run(`document.querySelector("dialog form").requestSubmit()`)
	rita.until("what is wrong, with what was typed", `document.querySelector("dialog .error") && document.querySelector("dialog textarea").value === "Ask again in spring"`)
	rita.looks("bookmark-refused")
	rita.run(`document.querySelector("dialog select").value = "tomorrow", document.querySelector("dialog form").requestSubmit()`)
	rita.until("it closed, and the post kept", `!document.querySelector("dialog") && document.querySelector('#posts [data-number="2"] form[data-bookmark] button[aria-pressed="true"]')`)
	rita.run(`document.querySelector('#posts [data-number="2"]').focus()`)
	rita.presses("r")
	rita.until("it is answered", `document.querySelector("#reply textarea").value.includes("Beans first.")`)
	rita.types(reply, "So they were.")
	rita.presses(kb.Escape)
	rita.presses("#")
	rita.until("the number of a post", `document.activeElement.id === "jump-to"`)
	rita.run(`document.querySelector("#reply [data-mark=bold]").focus()`)
	rita.presses(kb.ArrowRight)
	rita.until("the next button", `document.activeElement.dataset.mark === "italic" && document.activeElement.tabIndex === 0 && document.querySelector("#reply [data-mark=bold]").tabIndex === -1`)
	rita.presses(kb.Home)
	rita.until("the first button", `document.activeElement.dataset.mark === "bold"`)
	rita.run(`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true }))`)
	rita.until("it is posted", `document.querySelector('#posts [data-number="3"]')`)
	rita.open("/bookmarks")
	rita.sees("main", "Ask again in spring")
}

// A saved reply is written where the caret stands; and a page of the club is written with a picture, with
// completion, and with a draft that is there again.
func TestWritingAsWhoLooksAfterIt(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	topic := s.Topic(s.Open, "Garden plans")
	clubtest.Must(s.Forum.SaveReply(t.Context(), s.Again(s.Moderator), forum.SavedReply{SpaceID: s.Open.ID, Name: "Welcome", Text: "Welcome to {space}."}))(t)
	mod := s.visit("Mods", s.Moderator)
	mod.open(views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug))
	mod.listens()
	mod.types(reply, "Before and after")
	mod.run(`document.querySelector("#reply textarea").setSelectionRange(7, 7)`)
	mod.click("#reply [data-saved]")
	mod.until("the list", `document.querySelector("dialog[open] [data-insert]")`)
	mod.looks("saved-replies")
	mod.click("dialog [data-insert]")
	mod.until("it stands at the caret", `document.querySelector("#reply textarea").value === "Before Welcome to `+s.Open.Name+`.and after"`)

	olive := s.visit("Olive", s.Owner)
	olive.open(views.NewPageAddress)
	olive.until("the toolbar", `!document.querySelector("[data-marks]").hidden`)
	olive.run(gives)
	olive.types("[name=title]", "Who we are")
	olive.types("[name=slug]", "who")
	olive.types("#text", "Write to @new")
	olive.sees(".completes [role=option]", "newt")
	olive.looks("completion")
	olive.presses(kb.Tab)
	olive.run(`shot(640, 200).then((file) => give("paste", file, "#text"))`)
	olive.until("the picture in the text", `/^Write to @newt !\[\]\(\/files\/\w{11}\)/.test(document.querySelector("#text").value)`)
	olive.sees(".composer", "Draft saved")
	olive.finds(views.NewPageAddress+"?draft=on", `document.querySelector("#text").value.startsWith("Write to @newt ![") && document.querySelector("[name=slug]").value === "who"`)
}
