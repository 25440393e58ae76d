package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/member"
)

// cookieKind is how the login session is kept in a browser. The __Host- prefix has the browser
// refuse it from anywhere but this very host over a connection it trusts: https, or its own machine.
type cookieKind struct {
	name   string
	secure bool
}

func cookieFor(conf *Config) cookieKind {
	if conf.https() || loopback(conf.host()) {
		return cookieKind{"__Host-guildhall", true}
	}
	return cookieKind{"guildhall", false}
}

// secretLength is that of what member.Secret makes.
const secretLength = 43

// secret is that of the login session which a request carries; anything that never was one is none.
func (s *Site) secret(r *http.Request) string {
	cookie, err := r.Cookie(s.cookie.name)
	if err != nil || len(cookie.Value) != secretLength {
		return ""
	}
	return cookie.Value
}

func (s *Site) setCookie(c echo.Context, secret string, seconds int) {
	c.SetCookie(&http.Cookie{
		Name: s.cookie.name, Value: secret, Path: "/", MaxAge: seconds,
		Secure: s.cookie.secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// enter hands the browser the secret of a login session that was just established or rotated. The
// session that it held before ends: nobody signs in over another and leaves that one open.
func (s *Site) enter(c echo.Context, secret string) error {
	if err := s.endSession(c); err != nil {
		return err
	}
	s.setCookie(c, secret, int(member.Longest.Seconds()))
	return nil
}

// rotate hands the browser the new secret of the session that it has.
func (s *Site) rotate(c echo.Context, secret string) {
	s.setCookie(c, secret, int(member.Longest.Seconds()))
}

func (s *Site) endSession(c echo.Context) error {
	secret := s.secret(c.Request())
	if secret == "" {
		return nil
	}
	return s.club.Members.SignOut(c.Request().Context(), secret)
}

// along is the cookie by which a browser says that its pages tell, over the live line, what of a topic was
// really on the screen. It lasts a day, and pages set it anew as long as their line stands.
const along = "guildhall-reads"

// tellsAlong tells whether the page that is asked for will say itself how far its reader got. From any
// other, what it shows counts as read.
func tellsAlong(c echo.Context) bool {
	cookie, err := c.Cookie(along)
	return err == nil && cookie.Value == "1"
}
