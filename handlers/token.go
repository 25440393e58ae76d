package handlers

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/member"
	"guildhall/models/problem"
)

// apiRoot is where programs ask. Nothing below it knows of cookies, so no page elsewhere can have a
// browser ask in somebody's name.
const apiRoot = "/api/v1/"

// What programs are refused with before anything is looked up.
var (
	errNoBearer   = errors.New("no token came with the request")
	errPagesAlone = problem.Refused("Tokens open /api/v1 alone. Ask for this on the pages of the club, signed in.")
)

// outOfScope says that a token may not read what was asked for.
type outOfScope struct{ scope Scope }

func (e *outOfScope) Error() string { return "the token lacks " + string(e.scope) }

// bears tells whether a request brings a token: then it is a token's request, whatever cookies it has.
func bears(r *http.Request) bool {
	for _, value := range r.Header.Values(echo.HeaderAuthorization) {
		if scheme, _, _ := strings.Cut(value, " "); strings.EqualFold(scheme, "bearer") {
			return true
		}
	}
	return false
}

// bearer is the token that a request brings; two of them are none.
func bearer(r *http.Request) string {
	all := r.Header.Values(echo.HeaderAuthorization)
	if len(all) != 1 {
		return ""
	}
	_, secret, _ := strings.Cut(all[0], " ")
	return strings.TrimSpace(secret)
}

// byProgram tells whether a program asks: it brings a token, or asks where only programs do.
func byProgram(c echo.Context) bool {
	r := c.Request()
	return bears(r) || strings.HasPrefix(r.URL.Path, "/api/")
}

// admitToken finds out which token asks, in one statement, and whether that may use this route.
func (s *Site) admitToken(c echo.Context, next echo.HandlerFunc) error {
	a, r := about(c), c.Request()
	switch {
	case a.route == lost:
		return next(c) // guard says so
	case a.route.Gate != Token && bears(r):
		return errPagesAlone
	case a.route.Gate != Token:
		return next(c)
	case !bears(r):
		return errNoBearer
	}
	ctx, v, err := s.club.Members.Bearer(r.Context(), bearer(r))
	if err != nil {
		return err
	}
	c.SetRequest(r.WithContext(ctx))
	a.visit = v
	for _, rate := range []Rate{byMinute, byDay} {
		if err := s.spend(counted{rate: rate, member: v.Token.ID}); err != nil {
			return err
		}
	}
	if err := s.may(v, a.route); err != nil {
		return err
	}
	s.club.Members.Used(ctx, v.Token)
	return next(c)
}

// may tells whether the token of a visit may use a route: its member is not kept out, it has the
// scope, and the space that it is for is open to its member.
func (s *Site) may(v member.Visit, route *Route) error {
	if why, until, yes := v.Viewer.Suspended(); yes {
		return &suspended{why, until}
	}
	if !v.Token.Holds(route.Scope) {
		return &outOfScope{route.Scope}
	}
	only := v.Token.Space()
	if only == 0 {
		return nil
	}
	err := v.Viewer.CanEnter(only)
	if problem.Is(err, problem.KindMissing) {
		return member.ErrNoToken // not listed for its member any more: it never was
	}
	return err
}
