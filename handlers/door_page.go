package handlers

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"guildhall/views"
)

// atTheDoor draws a page without the house around it, with the one script that it needs.
func (s *Site) atTheDoor(c echo.Context, status int, head views.Head, main templ.Component, script string) error {
	club, err := s.club.Site.Club(c.Request().Context())
	if err != nil {
		return err
	}
	shell := views.Shell{Club: club, Reader: s.readerOf(c, club), Script: script}
	return draw(c, status, views.Bare(shell.With(head), main))
}

// note is one thing to know at the door, and at most one thing to do.
func (s *Site) note(c echo.Context, page views.NotePage) error {
	club, err := s.club.Site.Club(c.Request().Context())
	if err != nil {
		return err
	}
	page.Club = club
	return s.atTheDoor(c, http.StatusOK, page.Head(), views.NoteAtTheDoor(page), "")
}
