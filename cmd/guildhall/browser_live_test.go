package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/clubtest"
	"guildhall/models/store"
	"guildhall/models/stream"
	"guildhall/views"
)

// The program is replaced while people talk: their pages come back to it by themselves.
func TestPagesOutliveARestart(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		rita := s.visit("Rita", s.Regular)
		rita.expects("WebSocket connection to")
		rita.open("/s/questions/chat")
		rita.listens()
		rita.run(`window.here = true; window.lost = 0; new MutationObserver(() => document.documentElement.dataset.live === "lost" && window.lost++).observe(document.documentElement, {attributes: true})`)
		s.restart()
		s.says(s.Paying, "Said meanwhile")
		rita.until("that the line broke", `window.lost > 0`)
		rita.listens()
		rita.sees(said, "Said meanwhile")
		rita.types(box, "Back again\n")
		rita.until("it kept", kept)
		if !value[bool](rita, `window.here === true`) {
			t.Error("the page was loaded anew")
		}
	})
}

// Whoever was away for more than is replayed gets the room drawn anew, with what they are writing
// still there.
func TestALongAbsenceDrawsTheRoomAnew(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		paul := s.visit("Paul", s.Paying)
		paul.expects("ERR_INTERNET_DISCONNECTED", "WebSocket connection to")
		paul.open("/s/questions/chat")
		paul.listens()
		paul.run(`window.here = true`)
		paul.types(box, "Half a sent")
		paul.offline(true)
		paul.sees("#banner", "Connection lost at")
		s.sayMany(s.Regular, stream.MaxReplay+1)
		paul.offline(false)
		paul.listens()
		paul.sees(said, fmt.Sprintf("Number %d.", stream.MaxReplay))
		paul.until("no gap in what is shown", `(() => {
			const seqs = [...document.querySelectorAll("#log article.msg")].map((m) => Number(m.dataset.seq));
			return seqs.length >= 50 && seqs.every((n, i) => i === 0 || n === seqs[i - 1] + 1);
		})()`)
		if got := value[string](paul, `window.here + document.querySelector(".chatbox textarea").value`); got != "trueHalf a sent" {
			t.Errorf("what was being written is %q", got)
		}
		s.says(s.Regular, "And on it goes")
		paul.sees(said, "And on it goes")
	})
}

// sayMany fills the open space's room in one commit.
func (s *stage) sayMany(who access.Viewer, n int) {
	s.t.Helper()
	room := clubtest.Must(s.Chat.Room(s.t.Context(), s.Again(who), s.Open.ID))(s.t)
	who = s.Again(who)
	s.Write(func(tx *store.Tx) error {
		for i := range n {
			if _, err := s.Chat.Send(tx.Context(), who, room.ID, chat.Draft{Key: s.Key(), Text: fmt.Sprintf("Number %d.", i)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// What was said before comes as one scrolls up: in order, each once, and nothing that is read moves.
func TestHistoryComesAsOneScrollsUp(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		s.sayMany(s.Regular, 2*chat.PageSize+20)
		paul := s.visit("Paul", s.Paying)
		paul.open("/s/questions/chat")
		paul.listens()
		paul.until("the end of it", `(() => { const l = document.querySelector("#log"); return l.scrollTop > 0 && l.scrollHeight - l.scrollTop - l.clientHeight < 48; })()`)
		paul.run(`(() => {
			const log = document.querySelector("#log");
			window.mark = document.querySelectorAll("#log article")[3];
			log.scrollTop = window.mark.offsetTop - log.offsetTop;
			window.top0 = window.mark.getBoundingClientRect().top;
		})()`)
		paul.until("older messages", `document.querySelectorAll("#log article.msg").length >= 100`)
		if moved := value[float64](paul, `Math.abs(window.mark.getBoundingClientRect().top - window.top0)`); moved > 2 {
			t.Errorf("what was read moved by %v pixels", moved)
		}
		s.says(s.Regular, "News from below")
		paul.sees("#jump", "1 new")
		paul.run(`document.querySelector("#log").scrollTop = 0`)
		paul.until("all of it", `!document.querySelector("#earlier")`)
		paul.until("each once and in order", `(() => {
			const seqs = [...document.querySelectorAll("#log article.msg")].map((m) => Number(m.dataset.seq));
			return seqs[0] === 1 && seqs.every((n, i) => i === 0 || n === seqs[i - 1] + 1);
		})()`)
		if days := value[int](paul, `document.querySelectorAll("#log .day").length`); days != 1 {
			t.Errorf("%d days are marked", days)
		}
		paul.click("#jump")
		paul.until("no news left", `document.querySelector("#jump").hidden`)
	})
}

// Where a room goes slowly, whoever spoke sees how long they wait, and until then the button waits with them.
func TestASlowRoomCountsDown(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		room := clubtest.Must(s.Chat.Room(t.Context(), s.Again(s.Moderator), s.Open.ID))(t)
		clubtest.OK(t, s.Chat.Govern(t.Context(), s.Again(s.Moderator), room.ID, chat.Rules{SlowSeconds: 60, SlowWhy: "One at a time."}))
		rita := s.visit("Rita", s.Regular)
		rita.open("/s/questions/chat")
		rita.listens()
		rita.sees("#slow", "One at a time.")
		rita.types(".chatbox textarea", "Hello.")
		rita.presses(kb.Enter)
		rita.sees("#log article", "Hello.")
		rita.sees("#slow [role=timer]", "You can speak again in")
		rita.until("a button that waits", `document.querySelector(".chatbox .primary").disabled`)
	})
}

// A member rises while their page is open: the number, the bell, the door and the moment itself come
// without loading anything.
func TestARiseIsSeenAsItHappens(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		s.Space("Darkroom", map[access.Verb]access.Lock{access.Read: {{{Kind: access.StatusKey, Amount: 3}}}})
		newt := s.visit("Newt", s.Newcomer)
		newt.open("/s/questions")
		newt.until("a live page", `document.documentElement.dataset.live === "open"`)
		newt.run(`window.here = true`)
		newt.sees(".sidebar a.locked", "Darkroom")
		s.Earn(s.Newcomer.ID, 110)
		newt.sees(".toasts", "answer accepted")
		newt.sees("dialog.cheer", "Carry on")
		newt.until("the door open in the sidebar", `!document.querySelector(".sidebar a.locked") && document.querySelector('.sidebar a[href="/s/darkroom"]')`)
		newt.until("the bell", `document.querySelector(".bell .count")`)
		for newt.is(`document.querySelector("dialog.cheer")`) {
			newt.presses(kb.Escape)
		}
		if !newt.is(`window.here === true`) {
			t.Error("the page was loaded anew")
		}
	})
}

// Keys do what their list says, and nothing inside a field.
func TestKeysAndToolbar(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	topic := s.Topic(s.Open, "Garden plans")
	s.Reply(s.Regular, topic, "Beans first.")
	paul := s.visit("Paul", s.Paying)
	paul.open(views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug))
	paul.listens()
	paul.presses("?")
	paul.sees("dialog.keys-sheet", "Quote what is selected")
	paul.presses(kb.Escape)
	paul.until("it closed", `!document.querySelector("dialog.keys-sheet")`)
	paul.presses("j")
	paul.presses("j")
	paul.until("the second post", `document.activeElement.dataset.number === "2"`)
	paul.presses("l")
	paul.sees(`[data-number="2"] .reactions`, "1")

	paul.types(reply, "strong j?")
	paul.run(`document.querySelector("#reply textarea").setSelectionRange(0, 6)`)
	paul.click(`[data-mark="bold"]`)
	paul.click("[data-preview-button]")
	paul.sees("#reply .preview strong", "strong")
	if got := value[string](paul, `document.querySelector("#reply textarea").value`); got != "**strong** j?" {
		t.Errorf("the toolbar wrote %q", got)
	}
}
