package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	previews "guildhall/models/preview"
	"guildhall/views"
)

// managePreviews shows of which pages outside cards are made.
func (s *Site) managePreviews(c echo.Context) error {
	rules, err := s.club.Previews.Rules(c.Request().Context())
	if err != nil {
		return err
	}
	return s.drawPreviews(c, http.StatusOK, views.PreviewsPage{Rules: rules})
}

// changePreviews saves it.
func (s *Site) changePreviews(c echo.Context) error {
	rules := previews.Rules{Enabled: typed(c).on("enabled"), Hosts: typed(c).values.Get("hosts")}
	err := s.club.Previews.Change(c.Request().Context(), viewer(c), rules)
	if p := fault(c, err); p != nil {
		return s.drawPreviews(c, kinds[p.Kind].status, views.PreviewsPage{Rules: rules, Faults: views.FaultsOf(p)})
	}
	return done(c, err, "saved", views.ManagePreviewsAddress)
}

func (s *Site) drawPreviews(c echo.Context, status int, page views.PreviewsPage) error {
	return s.page(c, status, page.Head(), views.ManagePreviews(page))
}

// dropPostCard takes the card of a page outside from a post.
func (s *Site) dropPostCard(c echo.Context) error {
	_, p, t, err := s.postAt(c)
	if err != nil {
		return err
	}
	if _, err := s.club.Forum.DropCard(c.Request().Context(), viewer(c), p.ID, parseID(typed(c).values.Get("card"))); err != nil {
		return err
	}
	say(c, "card-gone")
	return s.toTopic(c, t, p.Number)
}

// dropMessageCard takes one from a message.
func (s *Site) dropMessageCard(c echo.Context) error {
	sp, m, err := s.messageAt(c)
	if err != nil {
		return err
	}
	if _, err := s.club.Chat.DropCard(c.Request().Context(), viewer(c), m.ID, parseID(typed(c).values.Get("card"))); err != nil {
		return err
	}
	return seeOther(c, views.RoomAt(sp, m.RoomID)+"#"+m.DOMID())
}
