package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/static"
)

var served = static.Handler()

// static answers for sheets, scripts, fonts and icons, and alone packs what it sends: pages hold
// secrets beside what strangers typed, and a packed size would tell of both.
func (s *Site) static(c echo.Context) error {
	served.ServeHTTP(c.Response(), c.Request())
	return nil
}

// picture answers for a member's picture, which is as public as the name beside it.
func (s *Site) picture(c echo.Context) error {
	p, err := s.club.Members.PictureOf(c.Request().Context(), c.Param("hash"))
	if err != nil {
		return err
	}
	h := c.Response().Header()
	keep(h)
	h.Set("ETag", `"`+p.Hash+`"`)
	if c.Request().Header.Get("If-None-Match") == `"`+p.Hash+`"` {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(http.StatusOK, p.Mime, p.Body)
}
