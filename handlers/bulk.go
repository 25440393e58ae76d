package handlers

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// bulk asks again what is to be done to several topics, and does it once that was answered.
func (s *Site) bulk(c echo.Context) error {
	sp, err := s.tended(c)
	if err != nil {
		return err
	}
	f := typed(c)
	keys := slices.Sorted(maps.Keys(chosen(c, "topics")))
	page := views.BulkPage{Space: sp, Do: forum.Deed(f.values.Get("do")), To: f.values.Get("space"), Why: f.values.Get("why"), Tags: f.values.Get("tags")}
	page.Until, page.Pace, page.From = f.values.Get("until"), f.values.Get("seconds"), withDefault(strings.TrimSuffix(ownPath(f.values.Get("from")), "/"), views.LatestAddress)
	if !f.on("sure") || len(keys) == 0 {
		return s.drawBulk(c, http.StatusOK, page, keys)
	}
	order, err := s.ofBulk(c, page)
	var did forum.Bulk
	if err == nil {
		did, err = s.club.Forum.ActAll(c.Request().Context(), viewer(c), keys, order)
	}
	if p := fault(c, err); p != nil {
		page.Faults = views.FaultsOf(p)
		return s.drawBulk(c, kinds[p.Kind].status, page, keys)
	}
	if err != nil {
		return err
	}
	return seeOther(c, views.BulkDoneAddress(sp.Slug, did.Batch, int64(did.Left)))
}

// ofBulk is the order that was typed.
func (s *Site) ofBulk(c echo.Context, page views.BulkPage) (order forum.Command, err error) {
	order = forum.Command{Do: page.Do, Why: page.Why}
	switch order.Do {
	case forum.ToMove:
		to, err := s.club.Spaces.BySlug(c.Request().Context(), viewer(c), page.To)
		order.To = to.ID
		return order, err
	case forum.ToTag, forum.ToUntag:
		order.Tags, err = typedTags(c)
	case forum.ToPin:
		order.Until, err = s.dayEnds(c, "until")
	case forum.ToSlow:
		slow, err := slowed(s, c)
		order.Seconds = slow.Seconds
		return order, err
	}
	return order, err
}

// tended is the space of the address, for those who keep it; none where the address names none, and then
// each topic is asked for its own.
func (s *Site) tended(c echo.Context) (space.Space, error) {
	if c.Param("space") == "" {
		return space.Space{}, nil
	}
	return s.keptSpace(c)
}

// keptSpace is the space of the address, for those who keep it.
func (s *Site) keptSpace(c echo.Context) (space.Space, error) {
	sp, err := s.into(c)
	if err == nil && !viewer(c).Keeps(sp.ID) {
		err = problem.Refused("Only the moderators of this space can do that.")
	}
	return sp, err
}

// drawBulk lists what was ticked, of what the reader looks after.
func (s *Site) drawBulk(c echo.Context, status int, page views.BulkPage, keys []id.ID) (err error) {
	if page.Topics, err = s.club.Forum.Ticked(c.Request().Context(), viewer(c), keys); err != nil {
		return err
	}
	if page.Moves, err = s.moves(c, page.Space); err != nil {
		return err
	}
	return s.office(c, status, page.Head, views.Bulk(page))
}

// bulkDone says what came of it.
func (s *Site) bulkDone(c echo.Context) error {
	sp, err := s.tended(c)
	if err != nil {
		return err
	}
	page := views.BulkDone{Space: sp, Batch: pathID(c, "batch")}
	if page.Lines, err = s.club.Forum.Batch(c.Request().Context(), viewer(c), page.Batch); err != nil {
		return err
	}
	if n, err := strconv.ParseInt(c.QueryParam("left"), 10, 64); err == nil {
		page.Left = min(max(n, 0), forum.MaxBulk)
	}
	return s.office(c, http.StatusOK, page.Head, views.BulkResult(page))
}

// undoBulk takes back what was done at once.
func (s *Site) undoBulk(c echo.Context) error {
	sp, err := s.tended(c)
	if err != nil {
		return err
	}
	did, err := s.club.Forum.UndoAll(c.Request().Context(), viewer(c), pathID(c, "batch"))
	return done(c, err, "undone", views.BulkDoneAddress(sp.Slug, did.Batch, 0))
}
