package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/views"
)

// marks presses a button of the toolbar of a text, be it behind the dots.
func (v *visitor) marks(name string) {
	v.t.Helper()
	v.until("the toolbar", `!document.querySelector("[data-marks]").hidden`)
	v.run(fmt.Sprintf(`document.querySelector('[data-mark=%q]').click()`, name))
}

// finds opens a page again and again until something is true there that another page brings about.
func (v *visitor) finds(path, condition string) {
	v.t.Helper()
	for end := time.Now().Add(patience); ; {
		v.open(path)
		if v.is(condition) {
			return
		}
		if time.Now().After(end) {
			v.t.Fatalf("%s does not find on %s that %s\n%s", v.name, path, condition, v.page())
		}
	}
}

// A topic is written with all there is: begun at a desk with a picture and a mention, gone on with on a
// phone with a poll that its dialog asks for, posted there; who was mentioned hears of it, and votes in
// the poll, whose results nobody sees before.
func TestATopicIsWrittenOnTwoDevicesWithAllThereIs(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		desk, phone := s.visit("Rita at her desk", s.Regular), s.visit("Rita on the way", s.Regular)
		phone.show(hand)
		at := views.NewTopicAddress(s.Open.Slug)
		desk.open(at)
		desk.until("the toolbar", `!document.querySelector("[data-marks]").hidden`)
		desk.run(gives)
		desk.types("[name=title]", "Which evening for the darkroom?")
		desk.types("#text", "We have keys, @pau")
		desk.sees(".completes [role=option]", "Paul")
		desk.presses(kb.Tab)
		desk.run(`shot(640, 200).then((file) => give("paste", file, "#text"))`)
		desk.until("the picture in the text", `/^We have keys, @paul !\[\]\(\/files\/\w{11}\)/.test(document.querySelector("#text").value)`)
		desk.types("[data-attachments] input", "Two colours")
		desk.sees(".composer", "Draft saved")
		phone.finds(at+"?draft=on", `document.querySelector("#text").value.includes("![Two colours](")`)

		phone.open(at)
		phone.sees("[data-begun]", "You began this on")
		phone.follows("[data-go-on]")
		phone.until("the text", `document.querySelector("#text").value.startsWith("We have keys, @paul ![")`)
		phone.until("the title", `document.querySelector("[name=title]").value === "Which evening for the darkroom?"`)
		phone.until("the toolbar", `!document.querySelector("[data-marks]").hidden`)
		phone.click("#text")
		phone.until("the whole window", `document.querySelector(".composer").matches("[data-full]:popover-open")`)
		phone.run(`document.querySelector("#text").setSelectionRange(1e6, 1e6)`)
		phone.marks("poll")
		phone.types("#poll-question", "Which evening?")
		phone.types("#poll-options", "Tuesday")
		phone.click("dialog.insert .primary")
		phone.until("it asks for a second option", `document.querySelector("#poll-options:invalid") && document.querySelector("dialog.insert[open]")`)
		phone.types("#poll-options", "\n- Thursday")
		phone.click("dialog.insert .primary")
		phone.until("the poll in the text", `document.querySelector("#text").value.endsWith("\n\n:::poll Which evening?\n- Tuesday\n- Thursday\none answer\nresults after voting\n:::\n")`)
		phone.follows(".composer .foot .primary")
		phone.sees("h1", "Which evening for the darkroom?")
		phone.until("the picture", shown+` && document.querySelector("#posts .prose img").alt === "Two colours"`)

		paul := s.visit("Paul", s.Paying)
		paul.open("/notifications")
		paul.sees("main", "Which evening for the darkroom?")
		paul.run(`[...document.querySelectorAll("main a.note")].find((a) => a.innerText.includes("Which evening")).click()`)
		paul.sees(".poll legend", "Which evening?")
		paul.listens()
		const counts = `document.querySelector(".poll .n")`
		if paul.is(counts) {
			t.Error("results show before one has voted")
		}
		paul.click(`.poll .choice:nth-of-type(2) input`)
		paul.click(".poll .primary")
		paul.sees(".poll .n", "1")
		paul.sees(".poll", "Change my vote")
		if phone.is(counts) {
			t.Error("who has not voted sees results")
		}
		phone.open(strings.TrimPrefix(value[string](phone, "location.href"), s.url))
		phone.sees(".poll legend", "Which evening?")
		if phone.is(counts) {
			t.Error("who has not voted sees results on a new page")
		}
	})
}

// A player loads nothing before somebody asks for it, and then from its own host alone.
func TestAPlayerWaitsForAClick(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	topic := s.Topic(s.Open, "How to agitate")
	s.Reply(s.Regular, topic, "https://youtu.be/dQw4w9WgXcQ")
	paul := s.visit("Paul", s.Paying)
	ctx, stop := paul.limited()
	defer stop()
	_, err := chromedp.Call(ctx, blockAddresses, blocked{URLs: []string{"*youtube-nocookie.com*"}}) // the test asks nobody outside
	paul.do("keep to this machine", err)
	paul.expects("youtube-nocookie")
	paul.open(views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug))
	paul.settles()
	paul.until("the player's card", `document.querySelector('#posts .player [data-player^="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"]')`)
	const elsewhere = `performance.getEntriesByType("resource").map((e) => e.name).filter((name) => new URL(name).origin !== location.origin).join(" ")`
	if got := value[string](paul, elsewhere); got != "" {
		t.Errorf("before a click the page asked for %s", got)
	}
	if paul.is(`document.querySelector("iframe, video, audio")`) {
		t.Error("something is loaded before a click")
	}
	paul.click("#posts [data-player]")
	paul.until("the player", `document.querySelector('#posts .player iframe[src^="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"]')`)
	if paul.is(`document.querySelector("#posts [data-player]")`) {
		t.Error("the button stays beside the player")
	}
}

// The newer command, of patterns, is not there in every browser.
var blockAddresses = cdp.Command[blocked, cdp.Empty]{Method: "Network.setBlockedURLs"}

type blocked struct {
	URLs []string `json:"urls"`
}

// What is selected is quoted by a key, and by the button beside it, with its marks; what was hidden stays so.
func TestASelectionIsQuotedByKeyAndByHand(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	topic := s.Topic(s.Open, "Garden plans")
	s.Reply(s.Regular, topic, "Sow **beans** first, then ||the surprise|| and `peas`.\n\n- one\n- two")
	paul := s.visit("Paul", s.Paying)
	paul.open(views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug))
	paul.listens()
	const begins = `document.querySelector('#posts [data-number="2"] .prose p')`
	selects := func(script string) { paul.run(`(() => { const p = ` + begins + `; ` + script + ` })()`) }
	quotes := func(want string) {
		t.Helper()
		paul.until("the quote of "+want, fmt.Sprintf(`document.querySelector("#reply textarea").value.endsWith(%q) && document.querySelector("#reply textarea").value.startsWith("> [Rita](/m/rita), [post 2](")`, "):\n>\n"+want+"\n\n"))
		paul.run(`document.querySelector("#reply textarea").value = ""; document.activeElement.blur()`)
	}
	selects(`getSelection().setBaseAndExtent(p, 0, p, 2)`)
	paul.presses("q")
	quotes("> Sow **beans**")

	selects(`getSelection().selectAllChildren(p)`)
	paul.until("a button beside it", `document.querySelector(".quoter")?.offsetParent`)
	paul.click(".quoter")
	quotes("> Sow **beans** first, then ||the surprise|| and `peas`.")
	paul.until("no button without a selection", `document.querySelector(".quoter").hidden`)

	selects(`getSelection().selectAllChildren(p.nextElementSibling)`)
	paul.until("a button beside it", `!document.querySelector(".quoter").hidden`)
	paul.click(".quoter")
	quotes("> - one\n> - two")

	paul.run(`getSelection().removeAllRanges()`)
	paul.presses("q")
	paul.until("the box", `document.activeElement.matches("#reply textarea") && !document.activeElement.value.includes(">")`)
}

// The preview is open again on the next page, goes along as one scrolls, and the whole window is there for
// the asking.
func TestThePreviewIsRememberedAndTheWindowGiven(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	topic := s.Topic(s.Open, "Garden plans")
	at := views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug)
	rita := s.visit("Rita", s.Regular)
	rita.open(at)
	rita.listens()
	rita.run(`document.querySelector("#text").value = "One **bold** line.\n\n".repeat(80)`)
	rita.types(reply, "Last.")
	rita.presses("P", "ctrl", "shift")
	rita.sees("#reply .preview strong", "bold")
	rita.until("both at their ends", `(() => { const ends = (e) => e.scrollHeight > e.clientHeight && e.scrollTop + e.clientHeight > e.scrollHeight - 4;
		const box = document.querySelector("#text");
		box.dispatchEvent(new Event("wheel"));
		box.scrollTop = box.scrollHeight;
		return ends(box) && ends(document.querySelector("#reply .preview")); })()`)
	rita.presses(kb.F11, "shift")
	rita.until("the whole window", `(() => { const r = document.querySelector("#reply").getBoundingClientRect(); return r.top === 0 && r.left === 0 && r.width === innerWidth && r.height === innerHeight; })()`)
	rita.looks("whole")
	rita.click("#text")
	rita.presses(kb.Escape)
	rita.until("its place in the page", `!document.querySelector("#reply").hasAttribute("popover") && document.querySelector("#text").value.endsWith("Last.")`)

	rita.open("/s/questions/new")
	rita.until("the preview", `document.querySelector(".composer").dataset.preview === "on" && document.querySelector("[data-preview-button]").getAttribute("aria-pressed") === "true"`)
	rita.click("[data-preview-button]")
	rita.open(at)
	rita.until("no preview", `!document.querySelector("[data-marks]").hidden && document.querySelector("#reply").dataset.preview === "off"`)

	rita.run(`document.querySelector("#text").value = "x".repeat(31_990)`)
	rita.types(reply, "ab")
	rita.sees("[data-left]", "8 bytes left")
	rita.types(reply, "0123456789")
	rita.sees("[data-left].error", "2 too many: at most 32,000 bytes.")
}

// In a room there are an emoji picker and marks too, and who cannot read it is named to whom mentions them.
func TestARoomHasMarksAndNamesWhoCannotRead(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	darkroom := s.Space("Darkroom", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: s.Patron.ID}}}})
	olive := s.visit("Olive", s.Owner)
	olive.open(views.RoomAddress(darkroom.Slug))
	olive.listens()
	olive.types(box, "Well done, @newt")
	olive.click(`.chatbox [data-mark="emoji"]`)
	olive.types("dialog.insert input", "tada")
	olive.until("it found", `document.querySelector('dialog.insert .emoji button')?.title === "tada"`)
	olive.click("dialog.insert .emoji button")
	olive.until("the emoji", `document.querySelector(".chatbox textarea").value === "Well done, @newt:tada:"`)
	olive.run(`document.querySelector(".chatbox textarea").setSelectionRange(0, 4)`)
	olive.click(".chatbox .more summary")
	olive.click(`.chatbox [data-mark="bold"]`)
	olive.until("bold, and the menu closed", `document.querySelector(".chatbox textarea").value.startsWith("**Well** done") && !document.querySelector(".chatbox .more").open`)
	olive.looks("chatbox-marks")
	olive.expects("/discard") // the message may have ended the draft by then
	olive.run(`document.querySelector(".chatbox").requestSubmit()`)
	olive.sees("#log strong", "Well")
	olive.sees(".toasts", "Cannot read this, and was not told: @newt.")
}

// A # becomes a tag or a topic while one writes.
func TestAHashIsCompleted(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	topic := s.Topic(s.Open, "Garden plans")
	clubtest.Must(s.Forum.Retag(t.Context(), s.Again(s.Owner), topic.ID, []string{"garden"}))(t)
	rita := s.visit("Rita", s.Regular)
	rita.open(views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug))
	rita.listens()
	rita.types(reply, "More of #gar")
	rita.sees(".completes [role=option]", "Garden plans")
	rita.sees(".completes [role=option]", "tag")
	rita.presses(kb.Tab)
	rita.until("the tag", `document.querySelector("#text").value === "More of [#garden](/tags/garden) "`)
	rita.presses(kb.Enter, "ctrl")
	rita.until("a link to it", `document.querySelector('#posts [data-number="2"] .prose a[href="/tags/garden"]')`)
}
