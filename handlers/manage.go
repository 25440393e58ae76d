package handlers

import (
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/site"
	"guildhall/views"
)

// office draws a page of the back office, whose head speaks the club's words.
func (s *Site) office(c echo.Context, status int, head func(site.Words) views.Head, main templ.Component) error {
	r, err := s.reader(c)
	if err != nil {
		return err
	}
	return s.page(c, status, head(r.Words), main)
}

// fault is what is wrong with a form that its page shows again, or nothing: then err goes its way.
func fault(c echo.Context, err error) *problem.Problem {
	p := problem.Of(err)
	if p == nil || !oneOf(p.Kind, problem.KindInvalid, problem.KindConflict, problem.KindTooLarge) || wantsJSON(c) {
		return nil
	}
	return p
}

// done sends the browser on after a change, and says there that it was made.
func done(c echo.Context, err error, word, to string) error {
	if err != nil {
		return err
	}
	say(c, word)
	return seeOther(c, to)
}

// typedMember is the member whose handle was typed under name, with an @ before it or without.
func (s *Site) typedMember(c echo.Context, name string) (member.Member, error) {
	handle := strings.TrimPrefix(strings.TrimSpace(typed(c).values.Get(name)), "@")
	m, err := s.club.Members.ByHandle(c.Request().Context(), handle)
	if problem.Is(err, problem.KindMissing) {
		return m, problem.Invalid(name, "Nobody here has that handle.")
	}
	return m, err
}

// zone is the club's, of whose calendar a typed day is one.
func (s *Site) zone(c echo.Context) (*time.Location, error) {
	club, err := s.club.Site.Club(c.Request().Context())
	return club.Location(), err
}

// dayBegins is the instant at which the day typed under name begins; nothing for none.
func (s *Site) dayBegins(c echo.Context, name string) (*time.Time, error) {
	zone, err := s.zone(c)
	text := strings.TrimSpace(typed(c).values.Get(name))
	if err != nil || text == "" {
		return nil, err
	}
	day, err := time.ParseInLocation(time.DateOnly, text, zone)
	if err != nil || day.Year() < 2000 {
		return nil, problem.Invalid(name, "Write the day as year, month and day: 2030-11-30.")
	}
	return &day, nil
}

// dayEnds is the instant at which the day typed under name is over: the next one begins.
func (s *Site) dayEnds(c echo.Context, name string) (*time.Time, error) {
	day, err := s.dayBegins(c, name)
	if day != nil {
		*day = day.AddDate(0, 0, 1)
	}
	return day, err
}
