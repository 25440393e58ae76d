package handlers

import (
	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"guildhall/models/site"
	"guildhall/views"
)

// bare is a page without the house around it. Nothing is looked up for it but the club's settings,
// and where even those cannot be read it looks like any club.
func (s *Site) bare(c echo.Context, head views.Head, main templ.Component) templ.Component {
	club, err := s.club.Site.Club(c.Request().Context())
	if err != nil {
		club = site.Club{Name: "Guildhall", Hue: 162}
	}
	shell := views.Shell{Club: club, Me: me(visit(c)), Reader: s.readerOf(c, club)}
	return views.Bare(shell.With(head), main)
}

// problemPage is what a person reads instead of the page that they asked for: a member within the
// house, so that they get on from there, unless it is the house that cannot be drawn.
func (s *Site) problemPage(c echo.Context, r reply) error {
	p := views.ProblemPage{Status: r.status, Text: r.text, Address: c.Request().URL.Path}
	p.SignIn = r.status == 403 && !viewer(c).SignedIn()
	p.Carried = s.carried(c)
	if back := s.pageOf(c); !reads(c) && back != "/" {
		p.Back = back
	}
	if len(p.Address) > 100 {
		p.Address = ""
	}
	if r.ours {
		p.Request = about(c).number
	}
	if _, _, out := viewer(c).Suspended(); viewer(c).SignedIn() && !out && !r.ours {
		if err := s.page(c, r.status, p.Head(), views.Problem(p)); err == nil || c.Response().Committed {
			return err
		}
	}
	return draw(c, r.status, s.bare(c, p.Head(), views.BareProblem(p)))
}
