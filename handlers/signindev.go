package handlers

import (
	"github.com/labstack/echo/v4"

	"guildhall/models/member"
)

// signInDev lets a developer be any member with one click. Its row stands in the table with --dev
// alone, and that refuses a public address.
func (s *Site) signInDev(c echo.Context) error {
	f := typed(c)
	secret, err := s.club.Members.SignInDev(c.Request().Context(), f.text("handle", 60), from(c, member.Dev))
	if err != nil {
		return err
	}
	if err := s.enter(c, secret); err != nil {
		return err
	}
	return seeOther(c, ownPath(f.text("return", 2000)))
}

// from is where a sign-in comes from, as the member's list of sessions shows it.
func from(c echo.Context, method string) member.From {
	return member.From{Method: method, Agent: clean(c.Request().UserAgent()), IP: about(c).from.String()}
}
