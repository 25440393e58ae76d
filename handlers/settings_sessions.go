package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/views"
)

const sessionsAddress = "/settings/sessions"

// sessions lists where a member is signed in.
func (s *Site) sessions(c echo.Context) error {
	all, err := s.club.Members.Sessions(c.Request().Context(), viewer(c))
	if err != nil {
		return err
	}
	page := views.SessionsPage{Sessions: all, This: visit(c).Session, Names: map[string]string{}}
	for _, p := range s.providers {
		page.Names[p.Realm] = p.Name
	}
	return s.page(c, http.StatusOK, page.Head(), views.SessionsSettings(page))
}

// endOther ends one login session of a member.
func (s *Site) endOther(c echo.Context) error {
	if err := s.club.Members.Revoke(c.Request().Context(), viewer(c), pathID(c, "session")); err != nil {
		return err
	}
	say(c, "signed-out")
	return seeOther(c, sessionsAddress)
}

// endOthers ends all of a member's login sessions but this one.
func (s *Site) endOthers(c echo.Context) error {
	if err := s.club.Members.RevokeOthers(c.Request().Context(), viewer(c), visit(c).Session.ID); err != nil {
		return err
	}
	say(c, "signed-out")
	return seeOther(c, sessionsAddress)
}
