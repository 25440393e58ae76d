package main

import (
	"fmt"
	"testing"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/views"
)

// numbered fills the open space's room and returns what was said.
func (s *stage) numbered(n int) []chat.Message {
	s.t.Helper()
	s.sayMany(s.Regular, n)
	room := clubtest.Must(s.Chat.Room(s.t.Context(), s.Again(s.Regular), s.Open.ID))(s.t)
	var all []chat.Message
	for after := int64(0); ; {
		run := clubtest.Must(s.Chat.On(s.t.Context(), s.Again(s.Regular), room, after))(s.t)
		if all = append(all, run.Messages...); run.After == 0 {
			return all
		}
		after = run.After
	}
}

// A link to a message opens the room around it, and history comes by itself on both sides while what is
// looked at stays where it is.
func TestARoomScrollsBothWaysFromAMessage(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		all := s.numbered(4 * chat.PageSize)
		at := all[2*chat.PageSize]
		paul := s.visit("Paul", s.Paying)
		paul.open(views.SaidAddress(s.Open.Slug, at.Seq, at.ID))
		paul.listens()
		paul.until("the message in sight", fmt.Sprintf(`(() => {
			const log = document.querySelector("#log").getBoundingClientRect(), it = document.getElementById(%q).getBoundingClientRect();
			return it.top > log.top && it.bottom < log.bottom && document.activeElement.id === %q;
		})()`, at.DOMID(), at.DOMID()))
		const idle = `!document.querySelector("#log [aria-busy]")`
		paul.run(`window.messages = () => [...document.querySelectorAll("#log article.msg")]; window.log = document.querySelector("#log")`)
		for name, end := range map[string]struct{ edge, height, grown string }{
			"earlier": {"0", "messages()[0]", "messages()[0] !== anchor"},
			"later":   {"log.scrollHeight", "messages().at(-1)", "messages().at(-1) !== anchor"},
		} {
			paul.until("nothing on its way", idle)
			paul.run(`window.anchor = ` + end.height + `; log.scrollTop = ` + end.edge + `; window.stood = anchor.getBoundingClientRect().bottom`)
			paul.until(name+" messages", end.grown)
			paul.until(name+" messages without a jump", `Math.abs(anchor.getBoundingClientRect().bottom - stood) < 2`)
		}
		paul.until("the whole room in the end", `(log.scrollTop = log.scrollHeight, log.dataset.last === "true")`)
		paul.until("no gap", `messages().every((m, i, all) => i === 0 || Number(m.dataset.seq) === Number(all[i - 1].dataset.seq) + 1)`)
		s.says(s.Regular, "And on it goes")
		paul.sees(said, "And on it goes")
	})
}

// What came since the last visit begins at a line; where that is further up than the page goes, a link
// leads there.
func TestTheUnreadLineAndTheWayToIt(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		first := s.numbered(2)
		s.reads(s.Paying, first[1].Seq)
		paul := s.visit("Paul", s.Paying)
		s.says(s.Regular, "The first that is new")
		paul.open("/s/questions/chat")
		paul.until("the line above it", `document.querySelector("#new").nextElementSibling.matches("article") && document.querySelector("#new + article").textContent.includes("The first that is new")`)

		all := s.numbered(3 * chat.PageSize)
		s.reads(s.Paying, all[len(all)-1].Seq)
		clubtest.OK(t, s.Chat.UnreadFrom(t.Context(), s.Again(s.Paying), all[10].ID))
		paul.open("/s/questions/chat")
		paul.follows("#news-above")
		paul.until("the line where reading ended, in sight", fmt.Sprintf(`(() => {
			const line = document.querySelector("#new"), log = document.querySelector("#log").getBoundingClientRect();
			const at = line?.getBoundingClientRect();
			return at && line.nextElementSibling.id === %q && at.top >= log.top && at.bottom <= log.bottom;
		})()`, all[10].DOMID()))
	})
}

// reads lets somebody have read the open space's room up to there.
func (s *stage) reads(who access.Viewer, seq int64) {
	s.t.Helper()
	room := clubtest.Must(s.Chat.Room(s.t.Context(), s.Again(who), s.Open.ID))(s.t)
	clubtest.OK(s.t, s.Chat.ReadUpTo(s.t.Context(), s.Again(who), room.ID, seq))
}

// What is unread stands before the name of each tab, and what one of them reads is read in all.
func TestTabsAgreeOnWhatIsUnread(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		first := s.numbered(2)
		s.reads(s.Paying, first[1].Seq)
		paul := s.visit("Paul", s.Paying)
		s.says(s.Regular, "One")
		paul.open("/s/questions")
		paul.until("an open line", `document.documentElement.dataset.live === "open"`)
		paul.until("one unread before the name", `document.title.startsWith("(1) ")`)
		other := paul.tab()
		other.open("/s/questions/chat")
		other.listens()
		other.until("nothing unread where it is read", `!document.title.startsWith("(")`)
		paul.until("nothing unread elsewhere", `!document.title.startsWith("(")`)
	})
}
