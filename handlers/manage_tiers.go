package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/views"
)

// manageTiers lists the tiers.
func (s *Site) manageTiers(c echo.Context) error {
	tiers, err := s.club.Access.Tiers(c.Request().Context())
	if err != nil {
		return err
	}
	page := views.TiersPage{Tiers: tiers}
	return s.office(c, http.StatusOK, page.Head, views.ManageTiers(page))
}

// newTier is the form for another one.
func (s *Site) newTier(c echo.Context) error {
	return s.drawTier(c, http.StatusOK, views.TierPage{Tier: access.Tier{Ticket: 1}})
}

// manageTier is the form of one.
func (s *Site) manageTier(c echo.Context) error {
	tier, err := s.club.Access.Tier(c.Request().Context(), pathID(c, "tier"))
	if err != nil {
		return err
	}
	return s.drawTier(c, http.StatusOK, views.TierPage{Tier: tier})
}

// saveTier adds a tier, or changes the one of the address.
func (s *Site) saveTier(c echo.Context) error {
	f := typed(c).values
	tier := access.Tier{ID: pathID(c, "tier"), Name: f.Get("name"), Words: f.Get("words"), Terms: f.Get("terms"), Perks: f.Get("perks")}
	tier.Ticket, _ = strconv.Atoi(f.Get("ticket")) // what is no number is no ticket either
	_, err := s.club.Access.SaveTier(c.Request().Context(), viewer(c), tier)
	if p := fault(c, err); p != nil {
		return s.drawTier(c, kinds[p.Kind].status, views.TierPage{Tier: tier, Faults: views.FaultsOf(p)})
	}
	return done(c, err, "saved", views.ManageTiersAddress)
}

// moveTier puts a tier one place up or down.
func (s *Site) moveTier(c echo.Context) error {
	err := s.club.Access.MoveTier(c.Request().Context(), viewer(c), pathID(c, "tier"), upwards(c))
	return done(c, err, "saved", views.ManageTiersAddress)
}

func (s *Site) drawTier(c echo.Context, status int, page views.TierPage) error {
	return s.office(c, status, page.Head, views.ManageTier(page))
}

// upwards tells which of the two buttons that move something was pressed.
func upwards(c echo.Context) bool { return typed(c).values.Get("up") == "true" }
