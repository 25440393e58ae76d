package handlers

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"guildhall/handlers/signin"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/views"
)

// provider is the one that the address names; one whose keys are not set never was.
func (s *Site) provider(c echo.Context) (*signin.Provider, brief, error) {
	p := s.providers.Find(c.Param("provider"))
	switch {
	case p == nil:
		return nil, ours, problem.Missing("There is no such way in here.")
	case p.FormPost:
		return p, far, nil
	}
	return p, ours, nil
}

// depart sends somebody to a provider to sign in.
func (s *Site) depart(c echo.Context) error {
	return s.leave(c, ownPath(typed(c).text("return", 2000)), member.Visit{})
}

// addProvider sends a member to a provider to add an account there.
func (s *Site) addProvider(c echo.Context) error {
	if err := s.sureOfWays(c); err != nil {
		return s.askFirst(c, err)
	}
	return s.leave(c, waysAddress, visit(c))
}

// leave begins a journey. The answer is a page that the browser goes on from by itself, and not a
// redirect: a form may lead to this site alone, and providers lead on as they like.
func (s *Site) leave(c echo.Context, back string, by member.Visit) error {
	ctx := c.Request().Context()
	p, cookie, err := s.provider(c)
	if err != nil {
		return err
	}
	club, err := s.club.Site.Club(ctx)
	if err != nil {
		return err
	}
	state, journey, err := s.club.Members.Depart(ctx, p.Key, s.lend(c, cookie), back, by)
	if err != nil {
		return err
	}
	to, err := p.Begin(ctx, state, journey)
	if err != nil {
		s.log.Warn("a provider cannot be reached", "request", about(c).number, "provider", p.Key, "error", err)
		return s.turnedBack(c, p, "failed", journey)
	}
	c.Response().Header().Set("Refresh", "0; url="+to)
	page := views.LeavingPage{Club: club, Name: p.Name, Href: to}
	return s.atTheDoor(c, http.StatusOK, page.Head(), views.Leaving(page), "")
}

// comeBack takes in who comes back by an address, comeBackPosted who comes back by a form that the
// provider's own page posts.
func (s *Site) comeBack(c echo.Context) error {
	p, cookie, err := s.provider(c)
	if err != nil || p.FormPost {
		return nowhere(c)
	}
	return s.admit(c, p, s.held(c, cookie), c.QueryParams())
}

func (s *Site) comeBackPosted(c echo.Context) error {
	p, cookie, err := s.provider(c)
	if err != nil || !p.FormPost {
		return nowhere(c)
	}
	return s.admit(c, p, s.held(c, cookie), typed(c).values)
}

// admit ends a journey: nothing is asked of the provider before the state that came back was used up
// in the browser that left with it.
func (s *Site) admit(c echo.Context, p *signin.Provider, browser string, sent url.Values) error {
	ctx := c.Request().Context()
	journey, err := s.club.Members.Return(ctx, p.Key, browser, sent.Get("state"))
	if refused(err) {
		return s.back(c, "begun", "", "")
	}
	if err != nil {
		return err
	}
	if why := sent.Get("error"); why != "" {
		trouble := "failed"
		if oneOf(why, "access_denied", "user_cancelled_authorize", "consent_required", "interaction_required", "login_required") {
			trouble = "denied"
		}
		return s.turnedBack(c, p, trouble, journey)
	}
	proof, err := p.Finish(ctx, sent, journey)
	if err != nil {
		s.log.Warn("a sign-in was not proved", "request", about(c).number, "provider", p.Key, "error", err)
		return s.turnedBack(c, p, "failed", journey)
	}
	return s.proved(c, p, journey, proof)
}

func (s *Site) proved(c echo.Context, p *signin.Provider, journey member.Journey, proof member.Proof) error {
	out, err := s.club.Members.ComeIn(c.Request().Context(), journey, proof, from(c, p.Realm))
	switch {
	case problem.Is(err, problem.KindConflict):
		return s.turnedBack(c, p, "taken", journey)
	case refused(err):
		return s.back(c, "out", p.Key, journey.ReturnTo)
	case err != nil:
		return err
	}
	return s.arrived(c, out)
}

// turnedBack leads whoever did not get in back to where they left from.
func (s *Site) turnedBack(c echo.Context, p *signin.Provider, trouble string, j member.Journey) error {
	if j.Member != 0 {
		return seeOther(c, waysAddress+"?"+url.Values{"trouble": {trouble}, "by": {p.Key}}.Encode())
	}
	return s.back(c, trouble, p.Key, j.ReturnTo)
}
