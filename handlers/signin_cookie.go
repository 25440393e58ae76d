package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/models/member"
)

// brief is a cookie that lasts as long as one way in takes.
type brief struct {
	name string
	age  time.Duration
	site http.SameSite
}

var (
	// ours binds a journey, or a ceremony of a passkey, to the browser that began it.
	ours = brief{"browser", member.Patience, http.SameSiteLaxMode}
	// far does the same where the provider comes back by a POST from its own site.
	far = brief{"far", member.Patience, http.SameSiteNoneMode}
	// arriving names somebody who proved who they are and has no name here yet.
	arriving = brief{"arriving", member.Welcome, http.SameSiteLaxMode}
)

func (b brief) in(s *Site) *http.Cookie {
	// A browser takes SameSite=None with Secure alone, and providers that post want https anyhow.
	return &http.Cookie{Name: s.cookie.name + "-" + b.name, Path: "/", HttpOnly: true, Secure: s.cookie.secure || b.site == http.SameSiteNoneMode, SameSite: b.site}
}

// held is the secret that a browser holds; anything that never was one is none.
func (s *Site) held(c echo.Context, b brief) string {
	cookie, err := c.Cookie(b.in(s).Name)
	if err != nil || len(cookie.Value) != secretLength {
		return ""
	}
	return cookie.Value
}

// lend gives the browser a secret to hold, or its own again: two pages of it may be on their way at
// once.
func (s *Site) lend(c echo.Context, b brief) string {
	secret := s.held(c, b)
	if secret == "" {
		secret = member.Secret()
	}
	s.hand(c, b, secret)
	return secret
}

func (s *Site) hand(c echo.Context, b brief, secret string) {
	cookie := b.in(s)
	cookie.Value, cookie.MaxAge = secret, int(b.age.Seconds())
	c.SetCookie(cookie)
}

func (s *Site) drop(c echo.Context, b brief) {
	cookie := b.in(s)
	cookie.MaxAge = -1
	c.SetCookie(cookie)
}
