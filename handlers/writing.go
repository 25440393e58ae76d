package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/prose"
	"guildhall/views"
)

// writing is the page on how to write here.
func (s *Site) writing(c echo.Context) error {
	return s.page(c, http.StatusOK, views.WritingHead(), views.Writing())
}

// emoji is the list that the toolbar searches.
func (s *Site) emoji(c echo.Context) error {
	c.Response().Header().Set("Content-Security-Policy", inert)
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", []byte(prose.Emoji))
}
