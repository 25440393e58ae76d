package handlers

import (
	"github.com/labstack/echo/v4"

	"guildhall/models/access"
)

// door answers for a space that is closed to whoever asks.
func (s *Site) door(c echo.Context, shut *access.Shut) error {
	return s.problemPage(c, replyTo(shut))
}
