package handlers

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/handlers/signin"
	"guildhall/models/mailer"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/views"
)

// providers are those whose keys the settings have.
func (c *Config) providers() (signin.Providers, error) {
	client := func(k Key) signin.Client { return signin.Client{ID: k.ID, Secret: string(k.Secret)} }
	return signin.Open(signin.Conf{
		Base: c.BaseURL, Transport: c.Elsewhere,
		Google: client(c.Google), GitHub: client(c.GitHub), Discord: client(c.Discord), Facebook: client(c.Facebook), Microsoft: client(c.Microsoft),
		Apple:  signin.AppleClient{ID: c.Apple.ID, Team: c.Apple.Team, KeyID: c.Apple.KeyID, Key: string(c.Apple.Key)},
		Issuer: signin.Issuer{Name: c.OIDC.Name, Address: c.OIDC.Issuer, Client: signin.Client{ID: c.OIDC.ID, Secret: string(c.OIDC.Secret)}},
	})
}

// Mailer is what the club's letters go out by: a mail server or, on a developer's machine without
// one, the log. Where it is nil the club sends none, and offers no links.
func (c *Config) Mailer() (*mailer.Mailer, error) {
	switch {
	case c.SMTP != "":
		return mailer.Open(string(c.SMTP), c.MailFrom)
	case c.Dev && c.Log != nil:
		return mailer.ToLog(c.Log), nil
	case c.Dev:
		return mailer.ToLog(slog.Default()), nil
	}
	return nil, nil
}

// mails tells whether links are sent: by a mail server or, on a developer's machine, into the log.
func (s *Site) mails() bool { return s.conf.SMTP != "" || s.conf.Dev }

// offered are the ways in that the club has at present.
func (s *Site) offered() member.Offered {
	return member.Offered{Providers: s.providers.Realms(), Mail: s.mails()}
}

// house is where passkeys are at home; it does not stand where the base URL has no host name.
func (s *Site) house(c echo.Context) (member.House, error) {
	club, err := s.club.Site.Club(c.Request().Context())
	if err != nil {
		return member.House{}, err
	}
	house, err := member.NewHouse(club.Name, s.conf.BaseURL)
	if err != nil {
		return house, problem.Missing("Passkeys cannot be used at this address.")
	}
	return house, nil
}

// Why somebody is at the door again. The address carries a word of ours and never a text.
var troubles = map[string]string{
	"denied": "%s was not allowed to say who you are, so nothing happened. Try again, or take another way.",
	"failed": "%s did not say who you are just now. Try again in a moment, or take another way.",
	"begun":  "That sign-in was begun in another browser, is finished, or took too long. Begin again.",
	"taken":  "That account of %s opens another member here already. Sign in with it and remove it there first.",
	"out":    "You were signed out meanwhile. Sign in, then try again.",
}

// trouble is the sentence that the address asks for, if it is one of ours.
func (s *Site) trouble(c echo.Context) string {
	name := "The other side"
	if p := s.providers.Find(c.QueryParam("by")); p != nil {
		name = p.Name
	}
	return strings.ReplaceAll(troubles[c.QueryParam("trouble")], "%s", name)
}

// signIn is the one door: for those who come back, and for those who join.
func (s *Site) signIn(c echo.Context) error {
	back := ownPath(c.QueryParam("return"))
	if viewer(c).SignedIn() {
		return seeOther(c, back)
	}
	return s.drawSignIn(c, http.StatusOK, views.SignInPage{Return: back, Trouble: s.trouble(c)})
}

func (s *Site) drawSignIn(c echo.Context, status int, page views.SignInPage) error {
	ctx := c.Request().Context()
	club, err := s.club.Site.Club(ctx)
	if err != nil {
		return err
	}
	_, noHouse := s.house(c)
	page.Club, page.Ways, page.Mail, page.Passkeys = club, s.ways(), s.mails(), noHouse == nil
	if s.conf.Dev {
		oldest, err := s.club.Members.Oldest(ctx, castSize)
		if err != nil {
			return err
		}
		for _, n := range oldest {
			page.Cast = append(page.Cast, views.Person{ID: n.ID, Handle: n.Handle, Name: n.Name, Picture: n.Picture})
		}
	}
	return s.atTheDoor(c, status, page.Head(), views.SignIn(page), views.PasskeyScript())
}

// castSize is how many members a developer may be with one click.
const castSize = 12

func (s *Site) ways() (ways []views.Way) {
	for _, p := range s.providers {
		ways = append(ways, views.Way{Key: p.Key, Name: p.Name, Icon: p.Icon})
	}
	return ways
}

// arrived ends a way in: with a login session, at the first-visit page, or with a way added.
func (s *Site) arrived(c echo.Context, out member.Outcome) error {
	switch {
	case out.Session != "":
		if err := s.enter(c, out.Session); err != nil {
			return err
		}
		s.drop(c, arriving)
		return seeOther(c, ownPath(out.ReturnTo))
	case out.Arrival != "":
		s.hand(c, arriving, out.Arrival)
		return seeOther(c, "/welcome")
	}
	say(c, "way-added")
	return seeOther(c, ownPath(out.ReturnTo))
}

// back leads to the door again, with a word for what went wrong.
func (s *Site) back(c echo.Context, trouble, by, to string) error {
	q := url.Values{"trouble": {trouble}}
	if by != "" {
		q.Set("by", by)
	}
	if to != "/" && to != "" {
		q.Set("return", to)
	}
	return seeOther(c, "/sign-in?"+q.Encode())
}

// refused tells whether err says to people that they may not.
func refused(err error) bool { return problem.Is(err, problem.KindRefused) }

// sureOfWays asks staff who hold a passkey for it before their ways in change. Who holds none yet
// could not be asked, and may add one.
func (s *Site) sureOfWays(c echo.Context) error {
	err := s.club.Members.Sure(c.Request().Context(), visit(c))
	if errors.Is(err, member.ErrAsk) || problem.Of(err) == nil {
		return err
	}
	return nil
}
