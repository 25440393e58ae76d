package main

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"guildhall/models/clubtest"
	"guildhall/models/site"
	"guildhall/views"
)

// The box to write in stays in sight whatever stands above the room.
func TestARoomFitsUnderAnAnnouncement(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	announces(t, s)
	rita := s.visit("Rita", s.Regular)
	for _, in := range []light{day, hand} {
		rita.show(in)
		rita.open("/s/questions/chat")
		rita.sees(".announcement", "closed on Monday") // the premise
		rita.until("the box in sight, above the tabs, in "+in.name, `(() => {
			const tabs = document.querySelector(".tabbar").getBoundingClientRect();
			const floor = tabs.height ? tabs.top : innerHeight;
			const page = document.scrollingElement;
			return page.scrollHeight <= page.clientHeight && document.querySelector(".chatbox").getBoundingClientRect().bottom <= floor;
		})()`)
	}
}

// The filters of a search stand beside what was found, and are a sheet in a hand: what was found comes first.
func TestFiltersOpenAsASheetInAHand(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	s.Topic(s.Open, "Garden plans")
	rita := s.visit("Rita", s.Regular)
	const shown = `document.querySelector("#filters .facet").checkVisibility()`
	rita.show(day)
	rita.open("/search?q=garden")
	rita.until("the filters beside it", shown+` && !document.querySelector(".filters-open").checkVisibility()`)

	rita.show(hand)
	rita.open("/search?q=garden")
	rita.until("no filters yet", `!`+shown)
	rita.click(".filters-open")
	rita.until("the filters", shown)
	rita.follows("#filters .facet nav a")
	rita.until("what was found, narrowed down", `location.search.includes("in%3A") && !`+shown)
}

// A menu that opens under its button is in the window, wherever the button stands.
func TestMenusOpenInTheWindow(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	topic := s.Topic(s.Open, "Garden plans")
	rita := s.visit("Rita", s.Regular)
	for _, in := range []light{day, hand, slim} {
		rita.show(in)
		for _, at := range []string{"/s/questions", views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug)} {
			rita.open(at)
			rita.click("[data-follow] summary")
			rita.until("the menu in the window, "+in.name+" at "+at, `(() => {
				const menu = document.querySelector("[data-follow] form").getBoundingClientRect();
				const main = document.querySelector("main").getBoundingClientRect();
				return menu.width > 200 && menu.left >= main.left && menu.right <= main.right;
			})()`)
		}
	}
}

// Whoever signs out is told so.
func TestSigningOutIsSaid(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	rita := s.visit("Rita", s.Regular)
	rita.open("/settings")
	rita.follows(`form[action="/sign-out"] button`)
	rita.sees(".toasts", "You are signed out.")
}

// A panel opens below the button that opens it, and hides neither it nor the bar.
func TestPanelsOpenBelowTheirButton(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	announces(t, s)
	topic := s.Topic(s.Open, "Garden plans")
	olive := s.visit("Olive", s.Owner)
	for _, in := range []light{day, hand} {
		olive.show(in)
		olive.open(views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug))
		olive.sees(".announcement", "closed on Monday") // the premise
		for _, panel := range []string{"bell", "care"} {
			olive.click(`[popovertarget="` + panel + `"]`)
			olive.until(panel+" below its button, "+in.name, `(() => {
				const button = document.querySelector('[popovertarget="`+panel+`"]').getBoundingClientRect();
				const panel = document.querySelector("#`+panel+`:popover-open")?.getBoundingClientRect();
				return panel && panel.top >= button.bottom && panel.left >= 0 && panel.right <= innerWidth;
			})()`)
			olive.presses(kb.Escape)
		}
	}
}

func announces(t *testing.T, s *stage) {
	t.Helper()
	clubtest.Must(s.Site.SaveBanner(t.Context(), s.Access, s.Owner, site.Banner{
		Source: "The club is closed on Monday, and on Tuesday until the floor is dry.", Kind: site.Calm, Audience: site.ToAll,
	}))(t)
}
