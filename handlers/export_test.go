package handlers

import (
	"log/slog"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/models"
)

// What tests from outside put rows of their own into the table with, and look into the shell by.
var (
	On     = on
	Of     = viewer
	PathID = pathID
	Redraw = redraw
	Draw   = draw
)

// UpTo is Route.upTo.
func (r Route) UpTo(bytes int64) Route { return r.upTo(bytes) }

// Text is the form that came.
var Text = typed

// NewWith is New with more rows in the table.
func NewWith(club *models.Club, conf Config, rows ...Route) (*Site, error) {
	s, err := New(club, conf)
	if err == nil {
		s.build(append(table(), rows...))
	}
	return s, err
}

// Hung lists what echo was given, for a test that compares it with the table.
func (s *Site) Hung() (all []string) {
	for _, r := range s.echo.Routes() {
		all = append(all, r.Method+" "+r.Path)
	}
	return all
}

// CookieAt says how the cookie is kept at a base URL.
func CookieAt(base string) string {
	kind := cookieFor(&Config{BaseURL: base})
	if kind.secure {
		return kind.name + "; Secure"
	}
	return kind.name
}

// Text is form.text without a limit.
func (f *form) Text(name string) string { return f.text(name, 1<<20) }

// ServerTimes are the time-outs of the server before a request is anybody's.
func ServerTimes() map[string]time.Duration {
	server := (&Site{log: slog.Default()}).server(nil)
	return map[string]time.Duration{"ReadHeaderTimeout": server.ReadHeaderTimeout, "IdleTimeout": server.IdleTimeout}
}

// Enter is Site.enter.
func (s *Site) Enter(c echo.Context, secret string) error { return s.enter(c, secret) }
