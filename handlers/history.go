package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"guildhall/models/diff"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/views"
)

// history shows what a post said before, and what the version that the address names changed.
func (s *Site) history(c echo.Context) error {
	n, _ := strconv.Atoi(c.QueryParam("version")) // the latest where it names none
	page, err := s.historyPage(c, n)
	if err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.History(page))
}

func (s *Site) historyPage(c echo.Context, number int) (page views.HistoryPage, err error) {
	sp, p, t, err := s.postAt(c)
	if err != nil {
		return page, err
	}
	_, all, err := s.club.Forum.History(c.Request().Context(), viewer(c), p.ID)
	if err != nil {
		return page, err
	}
	page = views.HistoryPage{Posted: views.Posted{Post: p, Topic: t.Topic, In: sp}, Versions: all, Keeps: viewer(c).Keeps(t.SpaceID)}
	page.Chosen, page.Before = len(all)-1, -1
	for i, v := range all {
		if v.Number == number {
			page.Chosen = i
		}
	}
	page.Before = before(all, page.Chosen, page.Keeps)
	page.Parts = parts(all, page.Chosen, page.Before)
	page.People, err = s.people(c.Request().Context(), authors(all, func(v forum.Version) id.ID { return v.ByID }))
	return page, err
}

// before is the last version that the reader may read before the chosen one; -1 for none.
func before(all []forum.Version, chosen int, keeps bool) int {
	for i := chosen - 1; i >= 0; i-- {
		if keeps || !all[i].Hidden() {
			return i
		}
	}
	return -1
}

// parts are the words of a version, apart by what it changed of the one before.
func parts(all []forum.Version, chosen, before int) []diff.Part {
	if before < 0 {
		return []diff.Part{{Op: diff.Same, Text: all[chosen].Source}}
	}
	return diff.Words(all[before].Source, all[chosen].Source)
}

// hideVersion takes a version out of sight, or brings it back. What cannot be taken comes back in the
// page, with what was typed.
func (s *Site) hideVersion(c echo.Context) error {
	_, p, _, err := s.postAt(c)
	if err != nil {
		return err
	}
	f := typed(c)
	n := int(f.number("version"))
	_, err = s.club.Forum.HideVersion(c.Request().Context(), viewer(c), p.ID, n, f.values.Get("reason"), f.on("hidden"))
	if wrong := problem.Of(err); wrong != nil && wrong.Field != "" && !wantsJSON(c) {
		page, err := s.historyPage(c, n)
		if err != nil {
			return err
		}
		page.Why, page.Faults = f.values.Get("reason"), views.FaultsOf(wrong)
		return s.page(c, kinds[wrong.Kind].status, page.Head(), views.History(page))
	}
	if err != nil {
		return err
	}
	return done(c, nil, "saved", c.Request().URL.Path+"?version="+strconv.Itoa(n))
}
