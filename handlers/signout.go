package handlers

import "github.com/labstack/echo/v4"

// signOut ends the login session of this browser, and has it drop what it kept of ours.
func (s *Site) signOut(c echo.Context) error {
	if err := s.endSession(c); err != nil {
		return err
	}
	s.setCookie(c, "", -1)
	c.Response().Header().Set("Clear-Site-Data", `"cache", "storage"`)
	say(c, "went")
	return seeOther(c, "/")
}
