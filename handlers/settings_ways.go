package handlers

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/views"
)

const waysAddress = "/settings/ways"

// waysIn lists how a member signs in.
func (s *Site) waysIn(c echo.Context) error {
	return s.drawWays(c, http.StatusOK, views.WaysPage{Trouble: s.trouble(c)})
}

func (s *Site) drawWays(c echo.Context, status int, page views.WaysPage) (err error) {
	ctx, v := c.Request().Context(), viewer(c)
	if page.Identities, err = s.club.Members.Identities(ctx, v); err != nil {
		return err
	}
	if page.Addresses, err = s.club.Members.Addresses(ctx, v); err != nil {
		return err
	}
	if page.Passkeys, err = s.club.Members.Passkeys(ctx, v); err != nil {
		return err
	}
	_, noHouse := s.house(c)
	page.Ways, page.Mail, page.CanKey, page.Realms = s.ways(), s.mails(), noHouse == nil, map[string]views.Way{}
	for i, p := range s.providers {
		page.Realms[p.Realm] = page.Ways[i]
	}
	return s.page(c, status, page.Head(), views.WaysSettings(page))
}

// addAddress mails a link that adds an address to a member's account.
func (s *Site) addAddress(c echo.Context) error {
	if !s.mails() {
		return errNoMail
	}
	if err := s.sureOfWays(c); err != nil {
		return s.askFirst(c, err)
	}
	email := typed(c).text("email", 1000)
	err := s.club.Members.AddAddress(c.Request().Context(), viewer(c), email, waysAddress)
	if p := problem.Of(err); p != nil && !wantsJSON(c) {
		return s.drawWays(c, kinds[p.Kind].status, views.WaysPage{Email: email, Faults: views.Faults{"email": p.Text}})
	}
	if err != nil {
		return err
	}
	say(c, "mailed")
	return seeOther(c, waysAddress)
}

// removal is an operation of the models that takes one way in away.
type removal func(*member.Members, context.Context, access.Viewer, id.ID, member.Offered) error

// removed makes a handler of a removal.
func removed(remove removal) func(*Site, echo.Context) error {
	return func(s *Site, c echo.Context) error {
		if err := s.sureOfWays(c); err != nil {
			return s.askFirst(c, err)
		}
		err := remove(s.club.Members, c.Request().Context(), viewer(c), pathID(c, "way"), s.offered())
		return s.waysChanged(c, err, "way-removed")
	}
}

// renamePasskey gives a passkey another name.
func (s *Site) renamePasskey(c echo.Context) error {
	err := s.club.Members.RenamePasskey(c.Request().Context(), viewer(c), pathID(c, "way"), typed(c).text("name", 500))
	return s.waysChanged(c, err, "saved")
}

// waysChanged leads back to the ways in, or draws them with what could not be done.
func (s *Site) waysChanged(c echo.Context, err error, word string) error {
	if p := problem.Of(err); p != nil && returns(p) && !wantsJSON(c) {
		return s.drawWays(c, kinds[p.Kind].status, views.WaysPage{Trouble: p.Text})
	}
	if err != nil {
		return err
	}
	say(c, word)
	return seeOther(c, waysAddress)
}
