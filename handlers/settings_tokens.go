package handlers

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

const tokensAddress = "/settings/tokens"

// tokens lists a member's tokens.
func (s *Site) tokens(c echo.Context) error {
	return s.drawTokens(c, http.StatusOK, views.TokensPage{})
}

func (s *Site) drawTokens(c echo.Context, status int, page views.TokensPage) (err error) {
	ctx, v := c.Request().Context(), viewer(c)
	if page.All, err = s.club.Members.Tokens(ctx, v); err != nil {
		return err
	}
	page.Now = s.club.Now(ctx)
	if err := s.club.Members.Sure(ctx, visit(c)); err != nil {
		if page.Unsure, page.Again, err = unsure(err, tokensAddress); err != nil {
			return err
		}
	}
	if page.Spaces, err = s.tokenSpaces(c); err != nil {
		return err
	}
	return s.page(c, status, page.Head(), views.Tokens(page))
}

// unsure says what staff do before they make a token: add a passkey, or use it.
func unsure(err error, back string) (why, where string, _ error) {
	switch p := problem.Of(err); {
	case errors.Is(err, member.ErrAsk):
		return p.Text, "/sign-in/again?return=" + back, nil
	case p != nil:
		return p.Text, "/settings/ways", nil
	}
	return "", "", err
}

// tokenSpaces are those that a token can be for: open to the member by keys of their own.
func (s *Site) tokenSpaces(c echo.Context) (open []space.Space, err error) {
	ctx := c.Request().Context()
	v := viewer(c).Narrowed(0, s.club.Now(ctx))
	all, err := s.club.Spaces.Seen(ctx, v)
	for _, sp := range all {
		if v.CanEnter(sp.ID) == nil {
			open = append(open, sp)
		}
	}
	return open, err
}

// makeToken makes a token, and shows it this once.
func (s *Site) makeToken(c echo.Context) error {
	f := typed(c)
	page := views.TokensPage{Days: f.text("days", 10), Draft: member.TokenDraft{Name: f.text("name", 500), Space: f.id("space")}}
	for _, scope := range f.texts("scopes", 40) {
		page.Draft.Scopes = append(page.Draft.Scopes, Scope(scope))
	}
	page.Draft.Days, _ = strconv.Atoi(page.Days) // what is no number is 0, which is refused
	if err := s.club.Members.Sure(c.Request().Context(), visit(c)); err != nil {
		return err
	}
	err := f.Err()
	var secret string
	if err == nil {
		_, secret, err = s.club.Members.IssueToken(c.Request().Context(), viewer(c), page.Draft)
	}
	if p := problem.Of(err); p != nil && returns(p) && !wantsJSON(c) {
		page.Faults = views.FaultsOf(p)
		return s.drawTokens(c, kinds[p.Kind].status, page)
	}
	if err != nil {
		return err
	}
	return s.drawTokens(c, http.StatusCreated, views.TokensPage{Secret: secret, Try: s.try(secret)})
}

// try is a command that asks with a token.
func (s *Site) try(secret string) string {
	return `curl -H "Authorization: Bearer ` + secret + `" ` + s.conf.BaseURL + apiRoot + "me"
}

// revokeToken ends a token.
func (s *Site) revokeToken(c echo.Context) error {
	if err := s.club.Members.RevokeToken(c.Request().Context(), viewer(c), pathID(c, "issued")); err != nil {
		return err
	}
	say(c, "revoked")
	return seeOther(c, tokensAddress)
}
