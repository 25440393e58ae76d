package handlers

import (
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/site"
	"guildhall/static"
	"guildhall/views"
)

// manifest describes the club as an app that can be put on a home screen.
func (s *Site) manifest(c echo.Context) error {
	club, err := s.club.Site.Club(c.Request().Context())
	if err != nil {
		club = site.Club{Name: "Guildhall", Hue: views.Bottle} // not founded yet
	}
	icon := func(name, sizes, purpose string) map[string]string {
		return map[string]string{"src": static.Path("icons/" + name), "sizes": sizes, "type": "image/png", "purpose": purpose}
	}
	body, err := json.Marshal(map[string]any{
		"id": "/", "name": club.Name, "short_name": club.Name, "description": club.Tagline, "lang": "en",
		"start_url": "/", "scope": "/", "display": "standalone", "background_color": "#f7f5ef", "theme_color": views.Wall(club.Hue),
		"icons": []map[string]string{icon("app-192.png", "192x192", "any"), icon("app-512.png", "512x512", "any"), icon("app-maskable.png", "512x512", "maskable")},
	})
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "application/manifest+json", body)
}

// worker is the script that shows what is pushed, and says so where there is no connection. Browsers
// ask for it again by themselves; its address is at the root, as that is how far it reaches.
func (s *Site) worker(c echo.Context) error {
	return c.Blob(http.StatusOK, "text/javascript; charset=utf-8", static.Worker())
}

// offline is what the worker keeps for when there is no connection: alike for everybody.
func (s *Site) offline(c echo.Context) error {
	return draw(c, http.StatusOK, s.bare(c, views.OfflineHead(), views.Offline()))
}
