package handlers

import (
	"context"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/views"
)

// give grants a tier to a member.
func (s *Site) give(c echo.Context) error {
	ctx, f := c.Request().Context(), typed(c).values
	m, err := s.club.Members.ByHandle(ctx, c.Param("handle"))
	if err != nil {
		return err
	}
	g, err := s.typedGrant(c)
	if err == nil {
		g.MemberID = m.ID
		_, err = s.club.Access.Give(ctx, viewer(c), g)
	}
	if p := fault(c, err); p != nil {
		typed := views.Giving{Tier: f.Get("tier"), Starts: f.Get("starts_at"), Ends: f.Get("ends_at"), Reason: f.Get("reason")}
		return s.drawMember(c, kinds[p.Kind].status, m, views.PersonPage{Key: f.Get("key"), Typed: typed, Faults: views.FaultsOf(p)})
	}
	return done(c, err, "granted", views.ManageMemberAddress(m.Handle))
}

func (s *Site) typedGrant(c echo.Context) (access.Grant, error) {
	f := typed(c)
	g := access.Grant{Key: f.values.Get("key"), TierID: f.id("tier"), Reason: f.values.Get("reason")}
	starts, err := s.dayBegins(c, "starts_at")
	if err != nil {
		return g, err
	}
	if starts != nil {
		g.StartsAt = *starts
	}
	g.EndsAt, err = s.dayEnds(c, "ends_at")
	return g, err
}

// withdraw ends a grant at this instant.
func (s *Site) withdraw(c echo.Context) error {
	ctx, why := c.Request().Context(), typed(c).values.Get("why")
	g, err := s.club.Access.Grant(ctx, viewer(c), pathID(c, "grant"))
	if err != nil {
		return err
	}
	m, err := s.club.Members.Get(ctx, g.MemberID)
	if err != nil {
		return err
	}
	err = s.club.Access.Withdraw(ctx, viewer(c), g.ID, why)
	if p := fault(c, err); p != nil {
		return s.drawMember(c, kinds[p.Kind].status, m, views.PersonPage{Key: formKey(), Refused: views.Refused{Grant: g.ID, Why: why, Text: p.Text}})
	}
	return done(c, err, "withdrawn", views.ManageMemberAddress(m.Handle))
}

// granted returns a member's grants as they are drawn, latest first.
func (s *Site) granted(ctx context.Context, v access.Viewer, m id.ID, tiers []access.Tier) ([]views.Granted, error) {
	grants, err := s.club.Access.Grants(ctx, v, m)
	if err != nil {
		return nil, err
	}
	var givers []id.ID
	for _, g := range grants {
		if g.GrantedBy != nil {
			givers = append(givers, *g.GrantedBy)
		}
	}
	named, err := s.club.Members.Named(ctx, givers)
	if err != nil {
		return nil, err
	}
	of := map[id.ID]access.Tier{}
	for _, t := range tiers {
		of[t.ID] = t
	}
	now, all := s.club.Now(ctx), make([]views.Granted, len(grants))
	for i, g := range grants {
		all[i] = views.Granted{Grant: g, Tier: of[g.TierID], Over: g.WithdrawnAt != nil || g.EndsAt != nil && !now.Before(*g.EndsAt)}
		if by := g.GrantedBy; by != nil && !named[*by].Former() {
			all[i].By = named[*by].Name
		}
	}
	return all, nil
}

// joinGroups puts a member into a group from their own page.
func (s *Site) joinGroup(c echo.Context) error {
	ctx := c.Request().Context()
	m, err := s.club.Members.ByHandle(ctx, c.Param("handle"))
	if err != nil {
		return err
	}
	err = s.club.Access.Join(ctx, viewer(c), typed(c).id("group"), m.ID, nil)
	if problem.Is(err, problem.KindMissing) {
		return s.drawMember(c, kinds[problem.KindInvalid].status, m, views.PersonPage{Key: formKey(), Faults: views.Faults{"group": "Choose a group that is there."}})
	}
	return done(c, err, "joined", views.ManageMemberAddress(m.Handle))
}
