package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/founding"
	"guildhall/models/member"
	"guildhall/models/site"
	"guildhall/views"
)

// SetupPath is where a one-time link of that secret leads.
func SetupPath(secret string) string { return "/setup/" + secret }

// setUp is what a one-time link shows: the form that founds the club or, once it is founded, the
// button that signs its first owner in. Looking uses nothing up.
func (s *Site) setUp(c echo.Context) error {
	ctx := c.Request().Context()
	if err := s.club.Founding.Holds(ctx, c.Param("code")); err != nil {
		return err
	}
	club, err := s.club.Site.Club(ctx)
	if errors.Is(err, site.ErrNotFounded) {
		return s.drawFounding(c, http.StatusOK, views.FoundingPage{Club: site.Club{Zone: "UTC"}})
	}
	if err != nil {
		return err
	}
	page := views.OwnerPage{Club: club.Name, Action: SetupPath(c.Param("code"))}
	return draw(c, http.StatusOK, s.bare(c, page.Head(), views.OwnerLink(page)))
}

// useLink founds the club or signs its first owner in, and uses the link up.
func (s *Site) useLink(c echo.Context) error {
	ctx := c.Request().Context()
	_, err := s.club.Site.Club(ctx)
	if errors.Is(err, site.ErrNotFounded) {
		return s.found(c)
	}
	if err != nil {
		return err
	}
	session, err := s.club.Founding.SignIn(ctx, c.Param("code"), from(c, ""))
	return s.asOwner(c, session, err)
}

func (s *Site) found(c echo.Context) error {
	f := typed(c).values
	typed := founding.Setup{
		Name: f.Get("name"), Tagline: f.Get("tagline"), Hue: hue(c), Zone: f.Get("zone"), Space: f.Get("space"),
		Owner: member.Profile{Name: f.Get("owner_name"), Handle: f.Get("handle")},
	}
	session, err := s.club.Founding.Begin(c.Request().Context(), c.Param("code"), typed, from(c, ""))
	if p := fault(c, err); p != nil {
		club := site.Club{Name: typed.Name, Tagline: typed.Tagline, Hue: typed.Hue, Zone: typed.Zone}
		page := views.FoundingPage{Club: club, Name: typed.Owner.Name, Handle: typed.Owner.Handle, Space: typed.Space, Faults: views.FaultsOf(p)}
		return s.drawFounding(c, kinds[p.Kind].status, page)
	}
	return s.asOwner(c, session, err)
}

func (s *Site) drawFounding(c echo.Context, status int, page views.FoundingPage) error {
	page.Action, page.Zones = SetupPath(c.Param("code")), site.Zones(page.Club.Zone)
	return draw(c, status, s.bare(c, page.Head(), views.Founding(page)))
}

// asOwner signs the owner in and shows them where to add a way to come back: the link was used up.
func (s *Site) asOwner(c echo.Context, session string, err error) error {
	if err != nil {
		return err
	}
	if err := s.enter(c, session); err != nil {
		return err
	}
	return seeOther(c, "/settings/ways")
}
