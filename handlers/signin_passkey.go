package handlers

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/views"
)

// answered is what passkey.js posts when the authenticator has answered.
type answered struct {
	Credential json.RawMessage `json:"credential"`
	Return     string          `json:"return"`
	Name       string          `json:"name"`
}

// begins is how a ceremony of a passkey begins: with a challenge for the browser that asks.
func (s *Site) begins(c echo.Context, begin func(house member.House, browser string) ([]byte, error)) error {
	house, err := s.house(c)
	if err != nil {
		return err
	}
	options, err := begin(house, s.lend(c, ours))
	if err != nil {
		return err
	}
	return c.JSONBlob(http.StatusOK, options)
}

// ends is how one ends: with an answer, and the address to go on to.
func (s *Site) ends(c echo.Context, end func(house member.House, browser string, a answered) (to string, err error)) error {
	house, err := s.house(c)
	if err != nil {
		return err
	}
	var a answered
	if err := readJSON(c, &a); err != nil {
		return err
	}
	to, err := end(house, s.held(c, ours), a)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]string{"location": to})
}

func readJSON(c echo.Context, into any) error {
	raw, err := io.ReadAll(c.Request().Body)
	if over := (*http.MaxBytesError)(nil); errors.As(err, &over) {
		return errTooLarge
	}
	if err != nil || json.Unmarshal(raw, into) != nil {
		return problem.Invalid("", "That did not arrive whole. Try again.")
	}
	return nil
}

// beginPasskey and endPasskey sign somebody in with a passkey.
func (s *Site) beginPasskey(c echo.Context) error {
	return s.begins(c, func(house member.House, browser string) ([]byte, error) {
		return s.club.Members.BeginPasskeySignIn(c.Request().Context(), house, browser)
	})
}

func (s *Site) endPasskey(c echo.Context) error {
	return s.ends(c, func(house member.House, browser string, a answered) (string, error) {
		out, err := s.club.Members.FinishPasskeySignIn(c.Request().Context(), house, browser, a.Credential, from(c, "passkey"))
		if err != nil {
			return "", err
		}
		return ownPath(a.Return), s.enter(c, out.Session)
	})
}

// again is the page that asks a member for a passkey before keys, money and rights are touched.
func (s *Site) again(c echo.Context) error {
	club, err := s.club.Site.Club(c.Request().Context())
	if err != nil {
		return err
	}
	page := views.AskPage{Club: club, Return: ownPath(c.QueryParam("return"))}
	return s.atTheDoor(c, http.StatusOK, page.Head(), views.Ask(page), views.PasskeyScript())
}

// beginAgain and endAgain ask for it. The session goes on under a new secret.
func (s *Site) beginAgain(c echo.Context) error {
	return s.begins(c, func(house member.House, browser string) ([]byte, error) {
		return s.club.Members.BeginAsking(c.Request().Context(), house, visit(c), browser)
	})
}

func (s *Site) endAgain(c echo.Context) error {
	return s.ends(c, func(house member.House, browser string, a answered) (string, error) {
		secret, err := s.club.Members.FinishAsking(c.Request().Context(), house, visit(c), browser, a.Credential)
		if err != nil {
			return "", err
		}
		s.rotate(c, secret)
		return ownPath(a.Return), nil
	})
}

// askFirst leads a member to the page that asks for a passkey, if that is what err wants.
func (s *Site) askFirst(c echo.Context, err error) error {
	to := "/sign-in/again?" + url.Values{"return": {waysAddress}}.Encode()
	switch {
	case !errors.Is(err, member.ErrAsk):
		return err
	case wantsJSON(c):
		return c.JSON(http.StatusOK, map[string]string{"location": to})
	}
	return seeOther(c, to)
}

// beginAdding and endAdding add a passkey to the member who looks.
func (s *Site) beginAdding(c echo.Context) error {
	if err := s.sureOfWays(c); err != nil {
		return s.askFirst(c, err)
	}
	return s.begins(c, func(house member.House, browser string) ([]byte, error) {
		return s.club.Members.BeginPasskey(c.Request().Context(), house, visit(c), browser)
	})
}

func (s *Site) endAdding(c echo.Context) error {
	if err := s.sureOfWays(c); err != nil {
		return s.askFirst(c, err)
	}
	return s.ends(c, func(house member.House, browser string, a answered) (string, error) {
		_, err := s.club.Members.FinishPasskey(c.Request().Context(), house, visit(c), browser, clean(a.Name), a.Credential)
		if err == nil {
			say(c, "way-added")
		}
		return waysAddress, err
	})
}
