package handlers

import (
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/problem"
)

var errForeign = problem.Refused("That came from another site, so it was not done. Open the page here and try again.")

// sender refuses what no page of ours sent, by the rule that the route declares.
func (s *Site) sender(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if s.conf.Dev && !loopback(hostName(r.Host)) {
			return errElsewhere // a name elsewhere that was made to point here (DNS rebinding)
		}
		switch about(c).route.CSRF {
		case SameOrigin:
			if s.origins.Check(r) != nil || s.unsigned(r) {
				return errForeign
			}
		case Socket:
			if from := r.Header.Values("Origin"); len(from) != 1 || !slices.Contains(s.conf.Origins(), from[0]) {
				return errForeign
			}
		}
		return next(c)
	}
}

// unsigned tells whether a request that carries our cookie says nothing of where it was sent from.
// The library lets such a one pass, as no browser of today makes it; with a cookie nobody else may.
func (s *Site) unsigned(r *http.Request) bool {
	return s.secret(r) != "" && r.Header.Get("Origin") == "" && r.Header.Get("Sec-Fetch-Site") == ""
}

func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}
