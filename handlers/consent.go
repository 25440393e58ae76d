package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"guildhall/models/diff"
	"guildhall/models/problem"
	"guildhall/views"
)

// askRules asks a member to agree to the rules as they stand, and shows what changed.
func (s *Site) askRules(c echo.Context) error {
	return s.drawAsk(c, http.StatusOK, views.AgreePage{Return: ownPath(c.QueryParam("return"))})
}

func (s *Site) drawAsk(c echo.Context, status int, page views.AgreePage) (err error) {
	if page.Asking, err = s.club.Site.Asking(c.Request().Context(), viewer(c)); err != nil {
		return err
	}
	if page.Before != nil {
		page.Changes = diff.Words(page.Before.Source, page.Now.Source)
	}
	return s.page(c, status, page.Head(), views.AgreeToRules(page))
}

// agree keeps that a member agreed to the version that they were shown.
func (s *Site) agree(c echo.Context) error {
	back := ownPath(typed(c).text("return", 500))
	version, _ := strconv.Atoi(typed(c).values.Get("version")) // what is no number is no version either
	err := s.club.Site.Agree(c.Request().Context(), s.club.Access, viewer(c), version)
	if p := problem.Of(err); p != nil && p.Kind == problem.KindConflict && !wantsJSON(c) {
		return s.drawAsk(c, kinds[p.Kind].status, views.AgreePage{Return: back, Fault: p.Text})
	}
	return done(c, err, "agreed", withDefault(back, "/"))
}

// ownAgreements lists what a member agreed to.
func (s *Site) ownAgreements(c echo.Context) error {
	all, err := s.club.Site.Consents(c.Request().Context(), viewer(c))
	if err != nil {
		return err
	}
	page := views.OwnAgreements{All: all}
	return s.page(c, http.StatusOK, page.Head(), views.RulesSettings(page))
}

// keysPage lists the keys, for whoever has no script to open the sheet with.
func (s *Site) keysPage(c echo.Context) error {
	return s.page(c, http.StatusOK, views.KeysHead(), views.KeysPage(viewer(c).SignedIn()))
}

// keysSettings is where a member says whether single keys do something.
func (s *Site) keysSettings(c echo.Context) error {
	page := views.KeysSettings{On: visit(c).Member.SingleKeys}
	return s.page(c, http.StatusOK, page.Head(), views.KeysForm(page))
}

// saveKeys keeps it.
func (s *Site) saveKeys(c echo.Context) error {
	err := s.club.Members.UseKeys(c.Request().Context(), viewer(c), typed(c).on("keys"))
	return done(c, err, "saved", views.KeysSettingsAddress)
}
