package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/problem"
	"guildhall/views"
)

// feedKeys lists the private feeds of a member.
func (s *Site) feedKeys(c echo.Context) error {
	return s.drawFeedKeys(c, http.StatusOK, views.FeedsPage{})
}

func (s *Site) drawFeedKeys(c echo.Context, status int, page views.FeedsPage) (err error) {
	ctx := c.Request().Context()
	if page.All, err = s.club.Members.Feeds(ctx, viewer(c)); err != nil {
		return err
	}
	page.Now = s.club.Now(ctx)
	if err := s.club.Members.Sure(ctx, visit(c)); err != nil {
		if page.Unsure, page.Again, err = unsure(err, views.FeedsAddress); err != nil {
			return err
		}
	}
	if page.Spaces, err = s.tokenSpaces(c); err != nil {
		return err
	}
	return s.page(c, status, page.Head(), views.Feeds(page))
}

// makeFeed makes a private feed, and shows its address this once.
func (s *Site) makeFeed(c echo.Context) error {
	ctx, f := c.Request().Context(), typed(c)
	page := views.FeedsPage{Name: f.text("name", 500), Space: f.id("space")}
	if err := s.club.Members.Sure(ctx, visit(c)); err != nil {
		return err
	}
	err := f.Err()
	var secret string
	if err == nil {
		_, secret, err = s.club.Members.IssueFeed(ctx, viewer(c), page.Name, page.Space)
	}
	if p := problem.Of(err); p != nil && returns(p) && !wantsJSON(c) {
		page.Faults = views.FaultsOf(p)
		return s.drawFeedKeys(c, kinds[p.Kind].status, page)
	}
	if err != nil {
		return err
	}
	at := "/latest.atom"
	if page.Space != 0 {
		sp, err := s.club.Spaces.Get(ctx, viewer(c), page.Space)
		if err != nil {
			return err
		}
		at = views.SpaceAddress(sp.Slug) + ".atom"
	}
	return s.drawFeedKeys(c, http.StatusCreated, views.FeedsPage{Secret: s.conf.BaseURL + "/feed/" + secret + at})
}

// endFeed ends a private feed.
func (s *Site) endFeed(c echo.Context) error {
	if err := s.club.Members.RevokeToken(c.Request().Context(), viewer(c), pathID(c, "issued")); err != nil {
		return err
	}
	say(c, "revoked")
	return seeOther(c, views.FeedsAddress)
}
