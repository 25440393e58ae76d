package handlers

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/id"
	"guildhall/models/standing"
	"guildhall/views"
)

// boardTop is how many members a board shows.
const boardTop = 25

// board is a leaderboard, with the rules by which one earns.
func (s *Site) board(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	page := views.BoardPage{Over: views.ThisMonth, On: visit(c).Member.OnBoards}
	var err error
	switch views.Period(c.QueryParam("over")) {
	case views.AllTime:
		page.Over = views.AllTime
		page.Board, err = s.club.Standing.AllTime(ctx, v, boardTop)
	case views.ThisWeek:
		page.Over = views.ThisWeek
		page.Board, err = s.club.Standing.Week(ctx, v, 0, boardTop)
	default:
		page.Board, err = s.club.Standing.Month(ctx, v, 0, boardTop)
	}
	if err != nil {
		return err
	}
	if err := s.fillBoard(c, &page); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Board(page))
}

func (s *Site) fillBoard(c echo.Context, page *views.BoardPage) (err error) {
	ctx, v := c.Request().Context(), viewer(c)
	ids := []id.ID{v.ID}
	for _, t := range page.Top {
		ids = append(ids, t.Member)
	}
	if page.People, err = s.people(ctx, ids); err != nil {
		return err
	}
	page.Me = page.People[v.ID]
	if page.Card, err = s.club.Standing.Of(ctx, v.ID); err != nil {
		return err
	}
	if page.Ladder, err = s.club.Standing.Ladder(ctx); err != nil {
		return err
	}
	weights, err := s.club.Standing.Weights(ctx)
	for _, w := range weights {
		page.Rules = append(page.Rules, ruleOf(w))
	}
	return err
}

func ruleOf(w standing.Weight) views.Rule {
	k, _ := standing.FindKind(w.Kind)
	r := views.Rule{What: k.One, Points: standing.Tenths(w.Weight).String()}
	switch {
	case w.PerDay > 0 && w.PerGiver > 0:
		r.Limit = fmt.Sprintf("at most %d a day, and %d from one person", w.PerDay, w.PerGiver)
	case w.PerDay > 0:
		r.Limit = fmt.Sprintf("at most %d a day", w.PerDay)
	case w.PerGiver > 0:
		r.Limit = fmt.Sprintf("at most %d a day from one person", w.PerGiver)
	}
	return r
}
