package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/id"
	"guildhall/models/safety"
	"guildhall/models/space"
	"guildhall/views"
)

// review is the queue of what was reported where the reader moderates; of all of it, for owners.
func (s *Site) review(c echo.Context) error {
	return s.drawReview(c, http.StatusOK, views.Judged{})
}

func (s *Site) drawReview(c echo.Context, status int, refused views.Judged) error {
	ctx, v := c.Request().Context(), viewer(c)
	after := safety.Cursor(c.QueryParam("after"))
	waiting, next, err := s.club.Safety.Queue(ctx, v, after)
	if err != nil {
		return err
	}
	page := views.ReviewPage{Next: string(next), Later: after != "", Refused: refused, Owner: v.Owner()}
	if page.Waiting, err = s.club.Safety.Waiting(ctx, v); err != nil {
		return err
	}
	if page.Matters, err = s.matters(c, waiting); err != nil {
		return err
	}
	return s.page(c, status, page.Head(), views.Review(page))
}

// matters names the people and the spaces of what was reported.
func (s *Site) matters(c echo.Context, waiting []safety.Reported) ([]views.Matter, error) {
	ctx := c.Request().Context()
	var ids []id.ID
	for _, r := range waiting {
		if ids = append(ids, r.ByID); r.Author() != 0 {
			ids = append(ids, r.Author())
		}
		for _, f := range r.Flags {
			ids = append(ids, f.ByID)
		}
	}
	people, err := s.people(ctx, ids)
	if err != nil {
		return nil, err
	}
	var spaces map[id.ID]space.Space
	if spaces, err = s.spaces(ctx, viewer(c)); err != nil {
		return nil, err
	}
	matters := make([]views.Matter, len(waiting))
	for i, r := range waiting {
		matters[i] = views.Matter{Reported: r, Author: people[r.Author()], In: spaces[r.Space], By: people}
	}
	return matters, nil
}

// openLetter lets an owner read a letter that was reported, and writes that down.
func (s *Site) openLetter(c echo.Context) error {
	err := s.club.Safety.Open(c.Request().Context(), viewer(c), pathID(c, "flag"))
	if err != nil {
		return err
	}
	return seeOther(c, views.ReviewAddress)
}

// decide ends what waits about one thing.
func (s *Site) decide(c echo.Context) error {
	f := typed(c).values
	d := safety.Verdict{Decision: f.Get("decision"), Reason: f.Get("reason")}
	err := s.club.Safety.Decide(c.Request().Context(), viewer(c), pathID(c, "flag"), d)
	if p := fault(c, err); p != nil && p.Field == "reason" {
		return s.drawReview(c, kinds[p.Kind].status, views.Judged{Flag: pathID(c, "flag"), Decision: d.Decision, Reason: d.Reason, Text: p.Text})
	}
	return done(c, err, "decided", views.ReviewAddress)
}
