package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/views"
)

// membership shows the tiers side by side, the viewer's own among them, and how they came by it.
func (s *Site) membership(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	tiers, err := s.club.Access.Tiers(ctx)
	if err != nil {
		return err
	}
	page := views.MembershipPage{Guest: !v.SignedIn()}
	for _, t := range tiers {
		page.Tiers = append(page.Tiers, views.Cabin{Tier: t, Yours: v.SignedIn() && t.ID == v.Tier().ID})
	}
	if page.Zone, err = s.zone(c); err != nil {
		return err
	}
	if v.SignedIn() {
		if page.Grants, err = s.granted(ctx, v, v.ID, tiers); err != nil {
			return err
		}
	}
	return s.page(c, http.StatusOK, page.Head(), views.Membership(page))
}
