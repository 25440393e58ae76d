package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"guildhall/models/access"
	"guildhall/models/clubtest"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
	"guildhall/views"
)

// longTopic is one of that many posts, few of which fit on a screen, in a space for talk.
func (s *stage) longTopic(title string, posts int) (space.Space, forum.Topic) {
	s.t.Helper()
	in := clubtest.Must(s.Spaces.Add(s.t.Context(), s.Again(s.Owner), space.Space{
		SectionID: s.Section.ID, Slug: "beds", Name: "Beds", Icon: "i-chat", Kind: space.Talk, Scores: true,
	}))(s.t)
	topic := s.Topic(in, title)
	for n := 2; n <= posts; n++ {
		s.Reply(s.Owner, topic, fmt.Sprintf("%d. %s", n, strings.Repeat("The beans climb whatever stands beside them, be it a stick or a string. ", 8)))
	}
	return in, topic
}

// readTo waits until the club knows that somebody has read a topic up to that post and no further.
func (s *stage) readTo(who access.Viewer, topic id.ID, number int64) {
	s.t.Helper()
	var got int64
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if got = clubtest.Must(s.Forum.Topic(s.t.Context(), s.Again(who), topic))(s.t).ReadNumber; got == number {
			return
		}
	}
	s.t.Fatalf("they have read up to post %d and not %d", got, number)
}

// scrollsTo brings the end of a post to the end of the screen.
func (v *visitor) scrollsTo(number int64) {
	v.t.Helper()
	v.run(fmt.Sprintf(`document.querySelector('#posts [data-number="%d"] > footer').scrollIntoView({block: "end"})`, number))
}

// unread is what a list says of a topic that is new in it.
func unread(title string) string {
	return fmt.Sprintf(`[...document.querySelectorAll("#main .topic")].find((r) => r.innerText.includes(%q))?.querySelector(".count")?.firstChild.textContent.trim()`, title)
}

// Somebody reads to a post on one device and goes on behind it on another. What either has read, or
// marks as unread, the other shows without being loaded anew.
func TestReadingGoesOnOnAnotherDevice(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		in, topic := s.longTopic("Garden plans", 45)
		at := views.TopicAddress(in.Slug, topic.ID, topic.Slug)
		desk := s.visit("Rita, at her desk", s.Regular)
		desk.open("/latest")
		desk.until("a live page", `document.documentElement.dataset.live === "open"`)
		desk.open(at)
		desk.listens()
		desk.scrollsTo(12)
		s.readTo(s.Regular, topic.ID, 12)

		phone := s.visit("Rita, on her way", s.Regular)
		phone.open("/latest")
		phone.until("what is left to read", unread("Garden plans")+` === "33"`)
		phone.follows("#main .topic .title a")
		phone.listens()
		if got := value[string](phone, `location.hash`); got != "#p13" {
			t.Errorf("on the other device they land at %q", got)
		}
		phone.until("the mark of what is new before post 13", `document.querySelector("#new")?.nextElementSibling.dataset.number === "13"`)
		phone.until("post 13 on the screen", `((r) => r.top >= 0 && r.top < innerHeight)(document.querySelector('#posts [data-number="13"]').getBoundingClientRect())`)

		desk.open("/latest")
		desk.until("a live page", `document.documentElement.dataset.live === "open"`)
		desk.run(`window.here = true`) // a page that is loaded anew forgets it
		phone.open(views.PostAddress(in.Slug, topic.ID, topic.Slug, 45))
		phone.listens()
		phone.scrollsTo(45)
		s.readTo(s.Regular, topic.ID, 45)
		desk.until("nothing left to read", `document.querySelector("#main .topic") && !(`+unread("Garden plans")+`)`)

		phone.follows(`#posts [data-number="43"] form[action$="/unread"] button`)
		s.readTo(s.Regular, topic.ID, 42)
		desk.until("three posts to read again", unread("Garden plans")+` === "3"`)
		if !value[bool](desk, `window.here === true`) {
			t.Error("the page at the desk was loaded anew")
		}
	})
}

// What is marked as read in one tab is read in the others.
func TestTheBellAgreesAcrossTabs(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		clubtest.OK(t, s.Bell.Read(t.Context(), s.Again(s.Regular), 0))
		for _, title := range []string{"Garden plans", "Orchard plans"} {
			s.Reply(s.Owner, s.Topic(s.Open, title), "What do you say, @rita?")
		}
		rita := s.visit("Rita", s.Regular)
		beside := rita.tab()
		const label = `document.querySelector('[popovertarget="bell"]').getAttribute("aria-label")`
		for _, v := range []*visitor{rita, beside} {
			v.open("/notifications")
			v.until("two unread", label+` === "Notifications, 2 unread"`)
			v.until("a live page", `document.documentElement.dataset.live === "open"`)
		}
		beside.run(`window.here = true`)
		rita.follows(`#main form[action="/notifications/read"] button`)
		rita.until("an empty bell", label+` === "Notifications"`)
		beside.until("an empty bell", label+` === "Notifications"`)
		if !value[bool](beside, `window.here === true`) {
			t.Error("the other tab was loaded anew")
		}
	})
}

// tab opens another tab of the same browser, with the same cookies.
func (v *visitor) tab() *visitor {
	v.t.Helper()
	ctx, leave := chromedp.NewContext(v.ctx)
	v.t.Cleanup(leave)
	other := &visitor{t: v.t, s: v.s, name: v.name + ", in another tab", ctx: ctx}
	other.do("open a tab", chromedp.Do(ctx))
	go other.mind(chromedp.Console(ctx))
	return other
}

// The field in the bar offers what there is for whoever types, and leads there by keyboard alone.
func TestSearchOffersWhatOneTypes(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		topic := s.Topic(s.Open, "Garden plans")
		patrons := s.Space("Glasshouse", map[access.Verb]access.Lock{access.Read: {{{Kind: access.TierKey, Ref: s.Patron.ID}}}})
		s.Topic(patrons, "Garden of patrons")
		const field, offered = "form[data-suggest] input", "form[data-suggest] [role=option]"
		rita, olive := s.visit("Rita", s.Regular), s.visit("Olive", s.Owner)
		for _, v := range []*visitor{rita, olive} {
			v.open("/")
			v.until("a combobox", fmt.Sprintf(`document.querySelector(%q).getAttribute("role") === "combobox"`, field))
			v.types(field, "gard")
			v.sees(offered, "Garden plans")
		}
		olive.sees(offered, "Garden of patrons")
		rita.lost(offered, "Garden of patrons")
		olive.presses(kb.Escape)
		olive.until("nothing offered", fmt.Sprintf(`!document.querySelector(%q) && document.querySelector(%q).getAttribute("aria-expanded") === "false"`, offered, field))
		rita.presses(kb.ArrowDown)
		rita.until("the first chosen", fmt.Sprintf(`((a) => a?.innerText.includes("Garden plans") && a.id === document.querySelector(%q).getAttribute("aria-activedescendant"))(document.querySelector('form[data-suggest] [aria-selected="true"]'))`, field))
		rita.presses(kb.Enter)
		rita.until("the topic", fmt.Sprintf(`location.pathname === %q`, views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug)))
	})
}

// In a hand there is no field in the bar: that of the page of search offers as much.
func TestSearchOffersInAHandToo(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		topic := s.Topic(s.Open, "Garden plans")
		rita := s.visit("Rita", s.Regular)
		rita.do("hold it in a hand", chromedp.Do(rita.ctx, chromedp.EmulateViewport(390, 844)))
		rita.open("/search")
		rita.types("#q", "gard")
		rita.sees("#suggestions-here [role=option]", "Garden plans")
		rita.presses(kb.ArrowDown)
		rita.presses(kb.Enter)
		rita.until("the topic", fmt.Sprintf(`location.pathname === %q`, views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug)))
	})
}

// A message is kept without leaving the room, and its bookmark leads to it, however far up it stands.
func TestAMessageIsKeptAndFoundAgain(t *testing.T) {
	eachStage(t, func(t *testing.T, s *stage) {
		s.says(s.Paying, "Beans like company")
		for n := range 40 {
			s.says(s.Owner, fmt.Sprintf("And %d more", n))
		}
		rita := s.visit("Rita", s.Regular)
		rita.open("/s/questions/chat")
		rita.listens()
		rita.run(`window.here = true`)
		rita.run(`document.querySelector("#log article form[data-bookmark] button").click()`)
		rita.until("it pressed", `document.querySelector('#log article form[data-bookmark] button[aria-pressed="true"]')`)
		if !value[bool](rita, `window.here === true`) {
			t.Error("the page was loaded anew")
		}
		rita.open("/bookmarks")
		rita.sees("#main li", "Beans like company")
		rita.follows("#main li h2 a")
		rita.listens()
		rita.until("the message in focus", `document.activeElement.innerText.includes("Beans like company")`)
		rita.until("it on the screen", `((r) => r.top >= 0 && r.bottom <= innerHeight)(document.activeElement.getBoundingClientRect())`)
	})
}
