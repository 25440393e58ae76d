package main

import (
	"fmt"
	"strings"
	"testing"

	"guildhall/handlers/signin/elsewhere"
	"guildhall/models/clubtest"
)

// The loop that the club is for: somebody comes in, stands before a closed door that says how far
// away they are, takes part, is thanked for it, and the door opens while they look at it.
func TestTheLoop(t *testing.T) {
	browser := launch(t)
	clubtest.Databases(t, func(t *testing.T, url string) {
		h := openSociety(t, browser, url)
		ada, bert := h.friend(0), h.friend(1)

		ada.open(quietRoom)
		ada.sees(".door", "Familiar face, at 30 points")
		ada.click(`.door a[href^="/sign-in"]`)
		ada.comesIn("ada_b", "Ada Byron", "Europe/Lisbon")
		ada.isAt(h.url, quietRoom)
		ada.pointsAtTheDoor(1)

		bert.open("/sign-in?return=/s/questions")
		bert.comesIn("bert", "Bert Winter", "Europe/Berlin")
		bert.isAt(h.url, "/s/questions")

		question := ada.asks("How long do I wash fibre paper?", "Tap water, ten degrees.")
		ada.stays()
		bert.answers(question, "An hour, or half of that with **hypo clear**.")
		ada.sees("#posts .prose strong", "hypo clear")
		ada.stayed()
		bert.isCheered("Straight in")

		theyTalk(ada, bert)

		question = bert.asks("Which developer for old film?", "It was exposed in 1998.")
		bert.stays()
		ada.answers(question, "Rodinal, and be generous.")
		bert.sees("#posts .prose", "Rodinal")
		bert.stayed()
		theDoorOpens(ada, bert)

		ada.enters(".sidebar", quietRoom)
		ada.sees("main", "Every good conversation here")
		bert.open(quietRoom) // which is as closed to him as it was
		bert.sees(".door", "points to go")

		ada.wasRefused(quietRoom, quietRoom, quietRoom, quietRoom, quietRoom+"/chat")
		bert.wasRefused(quietRoom)
	})
}

// theyTalk lets two people meet in a room, where each hears the other at once.
func theyTalk(ada, bert *friend) {
	ada.t.Helper()
	for _, p := range []*friend{ada, bert} {
		p.leavesCheers()
		p.open("/s/questions")
		p.enters("main", "/s/questions/chat")
		p.listens()
		p.stays()
	}
	ada.types(box, "Is anybody here?\n")
	bert.sees(said, "Is anybody here?")
	bert.types(box, "I am\n")
	ada.sees(said, "I am")
	ada.types(box, "Thank you for that\n")
	for _, p := range []*friend{ada, bert} {
		p.until("all of it in its order", order+` === "Is anybody here?|I am|Thank you for that"`)
		p.stayed()
	}
}

// theDoorOpens has Ada wait before the door while Bert, on the page where he asked, accepts what she
// answered.
func theDoorOpens(ada, bert *friend) {
	ada.t.Helper()
	ada.leavesCheers()
	bert.leavesCheers()
	ada.pointsAtTheDoor(10)
	ada.open(quietRoom + "/chat") // which is behind the same door
	ada.sees(".door", "20 points to go.")
	ada.until("a lock beside its name", `document.querySelector('.sidebar a.locked[href="`+quietRoom+`"]')`)
	ada.hearsNews()
	ada.stays()

	bert.click(`#posts [data-number="2"] form[action$="/accept"] button`)
	bert.until("the answer marked", `document.querySelector('#posts [data-number="2"].answer')`)

	ada.sees("#toasts", "+25, answer accepted")
	if said := ada.isCheered("You are a Familiar face, Ada", "Good answer"); !strings.Contains(said, "The door to Quiet room is open") {
		ada.t.Errorf("it is not said which door is open, but:\n%s", said)
	}
	ada.until("no lock beside its name", `document.querySelector('.sidebar a[href="`+quietRoom+`"]:not(.locked)')`)
	ada.sees(".sidebar .me", "Familiar face")
	ada.lost("main", "points to go")
	ada.listens()
	ada.types(box, "So this is the quiet room.\n")
	ada.sees(said, "So this is the quiet room.")
	ada.stayed()
}

// asks begins a topic in the open space, and gives where it stands.
func (p *friend) asks(title, text string) (at string) {
	p.t.Helper()
	p.open("/s/questions")
	p.enters("main", "/s/questions/new")
	p.until("the toolbar", `!document.querySelector("[data-marks]").hidden`)
	p.types("[name=title]", title)
	p.types("#text", text)
	p.click(".composer .primary")
	p.sees("#topic-title", title)
	p.listens()
	return value[string](p.visitor, `location.pathname`)
}

// answers finds a question in the list, and replies to it.
func (p *friend) answers(question, text string) {
	p.t.Helper()
	p.leavesCheers()
	p.open("/s/questions")
	p.enters("main .topic", question)
	p.listens()
	p.types(reply, text)
	p.click("#reply .foot .primary")
	p.until("the reply", `document.querySelector('#posts [data-number="2"]')`)
}

// pointsAtTheDoor holds how far away the door says they are to the score on their own page, and that
// to what they did so far: a visit is 1, a topic 5, a reply 3, a message ½.
func (p *friend) pointsAtTheDoor(want int) {
	p.t.Helper()
	p.open("/standing/me")
	score := value[int](p.visitor, `Number(document.querySelector(".mcard [data-score]").innerText)`)
	p.open(quietRoom)
	p.sees(".door .keys", fmt.Sprintf("%d of 30", score))
	p.sees(".door .keys", fmt.Sprintf("%d points to go.", 30-score))
	if score != want {
		p.t.Errorf("%s's score is %d, want %d", p.name, score, want)
	}
}

// comesIn goes through the issuer's own page, and says on the first visit who they are here.
func (p *friend) comesIn(handle, name, zone string) {
	p.t.Helper()
	p.isAt(p.h.url, "/sign-in")
	p.click(`form[action="/auth/oidc"] button`)
	p.isAt(p.h.issuer, "/authorize")
	p.click(fmt.Sprintf(`input[value=%q]`, p.Subject))
	p.click("form button")

	p.isAt(p.h.url, "/welcome")
	p.sees("main", "You came with Keyring as "+p.Address)
	p.sees(".rules-box", "Be kind, be specific")
	p.until("the name that the issuer said", fmt.Sprintf(`document.querySelector("#name").value === %q`, p.Name))
	p.fills("#name", name)
	p.fills("#handle", handle)
	p.chooses("#zone", zone)
	p.click("#agreed")
	p.click(`form[action="/welcome"] button.primary`)
	p.until("themselves", fmt.Sprintf(`document.body.dataset.handle === %q && document.body.dataset.zone === %q`, handle, zone))
	p.sees(".sidebar .me", name)
}

var friends = []elsewhere.Person{
	{Subject: "20815", Name: "A. Byron", Login: "adab", Address: "ada@example.org"},
	{Subject: "20816", Name: "Bert", Login: "bert", Address: "bert@example.org"},
}
