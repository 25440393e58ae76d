package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/views"
)

// block lets a member hear nothing more of another.
func (s *Site) block(c echo.Context) error {
	ctx := c.Request().Context()
	m, err := s.club.Members.ByHandle(ctx, c.Param("handle"))
	if err == nil {
		err = s.club.Bell.Block(ctx, viewer(c), m.ID)
	}
	return done(c, err, "blocked", views.MemberAddress(m.Handle))
}

// unblock ends that, from the other's page or from the list.
func (s *Site) unblock(c echo.Context) error {
	ctx := c.Request().Context()
	m, err := s.club.Members.ByHandle(ctx, c.Param("handle"))
	if err == nil {
		err = s.club.Bell.Unblock(ctx, viewer(c), m.ID)
	}
	if typed(c).values.Get("from") == "list" {
		return done(c, err, "unblocked", views.BlockedAddress)
	}
	return done(c, err, "unblocked", views.MemberAddress(m.Handle))
}

// blocked lists whom a member blocks.
func (s *Site) blocked(c echo.Context) error {
	ctx := c.Request().Context()
	after := notify.Cursor(c.QueryParam("after"))
	blocks, next, err := s.club.Bell.Blocking(ctx, viewer(c), after)
	if err != nil {
		return err
	}
	ids := make([]id.ID, len(blocks))
	for i, b := range blocks {
		ids[i] = b.BlockedID
	}
	people, err := s.people(ctx, ids)
	if err != nil {
		return err
	}
	page := views.BlockedPage{Next: string(next), Later: after != ""}
	for _, b := range blocks {
		page.Blocks = append(page.Blocks, views.Blocked{Person: people[b.BlockedID], Since: b.Since})
	}
	return s.page(c, http.StatusOK, page.Head(), views.BlockedSettings(page))
}
