package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/safety"
	"guildhall/views"
)

// warn tells a member that something must not go on.
func (s *Site) warn(c echo.Context) error {
	m, err := s.club.Members.ByHandle(c.Request().Context(), c.Param("handle"))
	if err != nil {
		return err
	}
	reason := typed(c).values.Get("reason")
	err = s.club.Safety.Warn(c.Request().Context(), viewer(c), m.ID, reason)
	if p := fault(c, err); p != nil {
		return s.drawMember(c, kinds[p.Kind].status, m, views.PersonPage{Key: formKey(), Conduct: views.Conduct{Warn: views.Sanctioning{Reason: reason, Faults: views.FaultsOf(p)}}})
	}
	return done(c, err, "warned", views.ManageMemberAddress(m.Handle))
}

// suspend keeps a member out, until the end of a day or until it is lifted.
func (s *Site) suspend(c echo.Context) error {
	ctx := c.Request().Context()
	m, err := s.club.Members.ByHandle(ctx, c.Param("handle"))
	if err != nil {
		return err
	}
	reason := typed(c).values.Get("reason")
	until, err := s.dayEnds(c, "until")
	if err == nil {
		err = s.club.Safety.Suspend(ctx, viewer(c), m.ID, until, reason)
	}
	if p := fault(c, err); p != nil {
		again := views.Sanctioning{Reason: reason, Until: typed(c).values.Get("until"), Faults: views.FaultsOf(p)}
		return s.drawMember(c, kinds[p.Kind].status, m, views.PersonPage{Key: formKey(), Conduct: views.Conduct{Suspend: again}})
	}
	return done(c, err, "suspended", views.ManageMemberAddress(m.Handle))
}

// lift ends a suspension.
func (s *Site) lift(c echo.Context) error {
	m, err := s.club.Members.ByHandle(c.Request().Context(), c.Param("handle"))
	if err == nil {
		err = s.club.Safety.Lift(c.Request().Context(), viewer(c), m.ID)
	}
	return done(c, err, "lifted", views.ManageMemberAddress(m.Handle))
}

// askRemoval asks once more before a member is removed.
func (s *Site) askRemoval(c echo.Context) error {
	m, err := s.club.Members.ByHandle(c.Request().Context(), c.Param("handle"))
	if err != nil {
		return err
	}
	return s.drawRemoval(c, http.StatusOK, m, views.RemovePage{})
}

func (s *Site) drawRemoval(c echo.Context, status int, m member.Member, page views.RemovePage) error {
	people, err := s.people(c.Request().Context(), []id.ID{m.ID})
	if err != nil {
		return err
	}
	page.Person = people[m.ID]
	return s.office(c, status, page.Head, views.RemoveMember(page))
}

// removeMember puts a member out for good.
func (s *Site) removeMember(c echo.Context) error {
	ctx, f := c.Request().Context(), typed(c)
	m, err := s.club.Members.ByHandle(ctx, c.Param("handle"))
	if err != nil {
		return err
	}
	r := safety.Removal{Typed: f.values.Get("handle"), Reason: f.values.Get("reason"), Words: f.on("words")}
	err = s.club.Safety.Remove(ctx, viewer(c), m.ID, r)
	if p := fault(c, err); p != nil {
		return s.drawRemoval(c, kinds[p.Kind].status, m, views.RemovePage{Typed: r, Faults: views.FaultsOf(p)})
	}
	return done(c, err, "gone", views.ManageMembersAddress)
}

// fillConduct adds what was decided about a member to what was typed to decide more.
func (s *Site) fillConduct(c echo.Context, m id.ID, conduct *views.Conduct) error {
	ctx := c.Request().Context()
	record, err := s.club.Access.Sanctions(ctx, viewer(c), m)
	if err != nil {
		return err
	}
	if conduct.Barred, err = s.club.Access.Owned(ctx, viewer(c), m); err != nil {
		return err
	}
	var by []id.ID
	for _, r := range record {
		if r.ByID != nil {
			by = append(by, *r.ByID)
		}
	}
	names, err := s.club.Members.Named(ctx, by)
	for _, r := range record {
		d := views.Decided{Sanction: r}
		if r.ByID != nil && !names[*r.ByID].Former() {
			d.By = names[*r.ByID].Name
		}
		conduct.Record = append(conduct.Record, d)
	}
	return err
}
