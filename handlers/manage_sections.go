package handlers

import (
	"github.com/labstack/echo/v4"

	"guildhall/models/problem"
	"guildhall/views"
)

// addSection makes another section.
func (s *Site) addSection(c echo.Context) error {
	name := typed(c).values.Get("section")
	_, err := s.club.Spaces.AddSection(c.Request().Context(), viewer(c), name)
	if p := fault(c, err); p != nil {
		return s.drawSpaces(c, kinds[p.Kind].status, views.SpacesPage{Typed: name, Faults: views.FaultsOf(p)}, 0)
	}
	return done(c, err, "saved", views.ManageSpacesAddress)
}

// renameSection gives a section another name.
func (s *Site) renameSection(c echo.Context) error {
	section, name := pathID(c, "section"), typed(c).values.Get("section")
	err := s.club.Spaces.RenameSection(c.Request().Context(), viewer(c), section, name)
	if p := fault(c, err); p != nil {
		return s.drawSpaces(c, kinds[p.Kind].status, views.SpacesPage{Typed: name, Faults: views.FaultsOf(p)}, section)
	}
	return done(c, err, "saved", views.ManageSpacesAddress)
}

// moveSection puts a section one place up or down.
func (s *Site) moveSection(c echo.Context) error {
	err := s.club.Spaces.MoveSection(c.Request().Context(), viewer(c), pathID(c, "section"), upwards(c))
	return done(c, err, "saved", views.ManageSpacesAddress)
}

// giveSeat makes somebody a moderator of a space.
func (s *Site) giveSeat(c echo.Context) error {
	sp, err := s.spaceAt(c)
	if err != nil {
		return err
	}
	m, err := s.typedMember(c, "member")
	if err == nil {
		err = s.club.Access.Seat(c.Request().Context(), viewer(c), sp.ID, m.ID)
	}
	if p := fault(c, err); p != nil {
		page := views.SpaceForm{Space: sp, Was: sp.Slug, Typed: typed(c).values.Get("member"), Faults: views.FaultsOf(p)}
		return s.drawSpace(c, kinds[problem.KindInvalid].status, page)
	}
	return done(c, err, "seated", views.ManageSpaceAddress(sp.Slug))
}

// takeSeat ends that.
func (s *Site) takeSeat(c echo.Context) error {
	ctx := c.Request().Context()
	sp, err := s.spaceAt(c)
	if err != nil {
		return err
	}
	m, err := s.club.Members.ByHandle(ctx, typed(c).values.Get("member"))
	if err == nil {
		err = s.club.Access.Unseat(ctx, viewer(c), sp.ID, m.ID)
	}
	return done(c, err, "unseated", views.ManageSpaceAddress(sp.Slug))
}
