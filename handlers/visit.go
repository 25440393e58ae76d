package handlers

import "github.com/labstack/echo/v4"

// greet finds out who asks, in one statement, and notes that they are here. Assets are the same
// for everybody.
func (s *Site) greet(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		a, ctx := about(c), c.Request().Context()
		if byProgram(c) {
			return s.admitToken(c, next)
		}
		if a.route.Rate == Assets {
			return next(c)
		}
		v, err := s.club.Members.SignedIn(ctx, s.secret(c.Request()))
		if err != nil {
			return err // nobody is let in as nobody because the database does not answer
		}
		a.visit = v
		if why, until, yes := v.Viewer.Suspended(); yes && !a.route.Banned {
			return &suspended{why, until} // before anything is looked up, so the answer tells nothing
		}
		if !v.Viewer.SignedIn() {
			return next(c)
		}
		if err := s.spend(counted{rate: a.route.Rate, member: v.Viewer.ID}); err != nil {
			return err
		}
		if err := s.club.Members.Touch(ctx, v); err != nil {
			s.log.Warn("the visit was not noted", "request", a.number, "error", err)
		}
		return next(c)
	}
}

// guard ends the way of a request for which the table has nothing, and asks the gate of the rest.
func (s *Site) guard(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		a := about(c)
		if a.route == lost {
			return nowhere(c)
		}
		v := a.visit.Viewer
		switch a.route.Gate {
		case Anyone, Token: // admitToken has asked
			return next(c)
		case Member:
			if !v.SignedIn() {
				return errSignIn
			}
			return next(c)
		}
		if !v.SignedIn() {
			return errSignIn
		}
		if a.route.Gate == Keeper {
			if err := v.CanKeep(); err != nil {
				return err
			}
			return next(c)
		}
		if err := v.CanOwn(); err != nil {
			return err
		}
		if a.route.Gate == Fresh {
			if err := s.club.Members.Sure(c.Request().Context(), a.visit); err != nil {
				return err
			}
		}
		return next(c)
	}
}
