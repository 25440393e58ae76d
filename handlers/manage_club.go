package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"guildhall/models/site"
	"guildhall/views"
)

// manageClub shows the club's settings.
func (s *Site) manageClub(c echo.Context) error {
	club, err := s.club.Site.Club(c.Request().Context())
	if err != nil {
		return err
	}
	return s.drawClub(c, http.StatusOK, views.ClubPage{Club: club})
}

// changeClub saves them.
func (s *Site) changeClub(c echo.Context) error {
	f := typed(c).values
	club := site.Club{Name: f.Get("name"), Tagline: f.Get("tagline"), Hue: hue(c), Zone: f.Get("zone")}
	err := s.club.Site.Change(c.Request().Context(), s.club.Access, viewer(c), club)
	if p := fault(c, err); p != nil {
		return s.drawClub(c, kinds[p.Kind].status, views.ClubPage{Club: club, Faults: views.FaultsOf(p)})
	}
	return done(c, err, "saved", views.ManageClubAddress)
}

func (s *Site) drawClub(c echo.Context, status int, page views.ClubPage) error {
	page.Zones = site.Zones(page.Club.Zone)
	return s.page(c, status, page.Head(), views.ManageClub(page))
}

// hue is the chosen colour of the house, or one of the club's own; -1 for none.
func hue(c echo.Context) int {
	f := typed(c).values
	chosen := f.Get("hue")
	if chosen == "own" {
		chosen = f.Get("hue_own")
	}
	degrees, err := strconv.Atoi(chosen)
	if err != nil {
		return -1
	}
	return degrees
}
