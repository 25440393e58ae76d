package main

import (
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/site"
)

// The box to write in stays in sight whatever stands above the room.
func TestARoomFitsUnderAnAnnouncement(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	clubtest.Must(s.Site.SaveBanner(t.Context(), s.Access, s.Owner, site.Banner{
		Source: "The club is closed on Monday, and on Tuesday until the floor is dry.", Kind: site.Calm, Audience: site.ToAll,
	}))(t)
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
