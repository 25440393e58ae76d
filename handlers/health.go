package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// healthz says that the program runs; readyz whether it is to be sent requests.
func (s *Site) healthz(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

func (s *Site) readyz(c echo.Context) error {
	if s.leaving.Load() {
		return c.String(http.StatusServiceUnavailable, "closing\n")
	}
	ctx, stop := context.WithTimeout(c.Request().Context(), 2*time.Second)
	defer stop()
	if err := s.club.Ready(ctx); err != nil {
		s.log.Error("the database does not answer", "error", err)
		return c.String(http.StatusServiceUnavailable, "the database does not answer\n")
	}
	return c.String(http.StatusOK, "ready\n")
}
