package handlers

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
	"guildhall/views"
)

// latest shows the topics of every space that the viewer may read, as the address asks for them.
func (s *Site) latest(c echo.Context) error {
	list := views.Listing{Root: views.LatestAddress, Questions: true}
	of := s.asksOf(c)
	var announced []forum.Listed
	var err error
	if of.Filter == forum.Latest && c.QueryParam("after") == "" {
		if announced, err = s.club.Forum.Announced(c.Request().Context(), viewer(c)); err != nil {
			return err
		}
	}
	if list.Announced, err = s.fillListing(c, &list, of, nil, announced...); err != nil {
		return err
	}
	page := views.LatestPage{Listing: list}
	return s.office(c, http.StatusOK, page.Head, views.Latest(page))
}

// shows is one of the lists by a word of its own.
func shows(f forum.Filter) func(*Site, echo.Context) error {
	return func(_ *Site, c echo.Context) error {
		return c.Redirect(http.StatusSeeOther, views.LatestAddress+"?show="+string(f))
	}
}

// asksOf reads what an address asks of a list.
func (s *Site) asksOf(c echo.Context) forum.Of {
	of := forum.Of{Filter: filterOf(c), Joined: visit(c).Member.JoinedAt}
	if of.Filter == forum.Top {
		of.Period = forum.Month
		if p := forum.Period(c.QueryParam("period")); slices.Contains(forum.Periods, p) {
			of.Period = p
		}
	}
	return of
}

// fillListing fills a list with a page of topics and the counts of its tabs, and makes those that stand
// above it ready to be drawn. spaces are those that its rows stand in; nil: those that are listed for the
// viewer.
func (s *Site) fillListing(c echo.Context, list *views.Listing, of forum.Of, spaces map[id.ID]space.Space, above ...forum.Listed) (first []views.Row, err error) {
	ctx, v := c.Request().Context(), viewer(c)
	after := forum.Cursor(c.QueryParam("after"))
	topics, next, err := s.club.Forum.List(ctx, v, of, after)
	if err != nil {
		return nil, err
	}
	if spaces == nil {
		if spaces, err = s.spaces(ctx, v); err != nil {
			return nil, err
		}
	}
	rows, err := s.rows(ctx, v, append(above, topics...), spaces)
	if err != nil {
		return nil, err
	}
	first, list.Topics = rows[:len(above)], rows[len(above):]
	list.Tends, list.Kept = v.Staff(), map[id.ID]bool{}
	for _, r := range rows {
		list.Kept[r.SpaceID] = v.Keeps(r.SpaceID)
	}
	list.Picks = list.Tends && c.QueryParam("pick") != ""
	list.Filter, list.Period, list.Next, list.Later, list.Guest = of.Filter, of.Period, string(next), after != "", !v.SignedIn()
	list.Counts, err = s.club.Forum.Counts(ctx, v, of)
	return first, err
}

// seenAll notes that the viewer has seen what is new everywhere.
func (s *Site) seenAll(c echo.Context) error {
	err := s.club.Forum.SeenNew(c.Request().Context(), viewer(c), 0)
	return done(c, err, "seen", views.LatestAddress+"?show="+string(forum.Unopened))
}

// seenSpace notes that the viewer has seen what is new in a space.
func (s *Site) seenSpace(c echo.Context) error {
	sp, err := s.into(c)
	if err != nil {
		return err
	}
	err = s.club.Forum.SeenNew(c.Request().Context(), viewer(c), sp.ID)
	return done(c, err, "seen", views.SpaceAddress(sp.Slug)+"?show="+string(forum.Unopened))
}
