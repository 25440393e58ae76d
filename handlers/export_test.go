package handlers

import (
	"guildhall/models"
)

// What tests from outside put rows of their own into the table with, and look into the shell by.
var (
	On     = on
	Of     = viewer
	PathID = pathID
)

// UpTo is Route.upTo.
func (r Route) UpTo(bytes int64) Route { return r.upTo(bytes) }

// Text is what was typed under name.
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

// Line makes line the site's hub.
func (s *Site) Line(line liveLine) { s.live = line }

// CookieAt says how the cookie is kept at a base URL.
func CookieAt(base string) string {
	kind := cookieFor(&Config{BaseURL: base})
	if kind.secure {
		return kind.name + "; Secure"
	}
	return kind.name
}
