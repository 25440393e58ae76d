package handlers

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/views"
)

// manageMembers finds members; without a query it shows who joined last.
func (s *Site) manageMembers(c echo.Context) error {
	ctx, page := c.Request().Context(), views.PeoplePage{Query: c.QueryParam("q")}
	find := s.club.Members.Newest
	if page.Query != "" {
		find = func(ctx context.Context) ([]member.Named, error) { return s.club.Members.Search(ctx, page.Query) }
	}
	found, err := find(ctx)
	if err != nil {
		return err
	}
	if page.Found, err = s.inOrder(ctx, found); err != nil {
		return err
	}
	return s.office(c, http.StatusOK, page.Head, views.ManageMembers(page))
}

func (s *Site) inOrder(ctx context.Context, found []member.Named) ([]views.Person, error) {
	var ids []id.ID
	for _, n := range found {
		ids = append(ids, n.ID)
	}
	people, err := s.people(ctx, ids)
	all := make([]views.Person, len(ids))
	for i, key := range ids {
		all[i] = people[key]
	}
	return all, err
}

// manageMember shows what a member holds, and why.
func (s *Site) manageMember(c echo.Context) error {
	m, err := s.club.Members.ByHandle(c.Request().Context(), c.Param("handle"))
	if err != nil {
		return err
	}
	return s.drawMember(c, http.StatusOK, m, views.PersonPage{Key: formKey()})
}

// drawMember draws a member's page around what was typed on it.
func (s *Site) drawMember(c echo.Context, status int, m member.Member, page views.PersonPage) error {
	ctx, v := c.Request().Context(), viewer(c)
	people, err := s.people(ctx, []id.ID{m.ID})
	if err != nil {
		return err
	}
	page.Person = people[m.ID]
	if page.Zone, err = s.zone(c); err != nil {
		return err
	}
	tiers, err := s.club.Access.Tiers(ctx)
	if err != nil {
		return err
	}
	page.Tiers = tiers[min(1, len(tiers)):]
	if page.Grants, err = s.granted(ctx, v, m.ID, tiers); err != nil {
		return err
	}
	if err := s.fillGroups(ctx, v, m.ID, &page); err != nil {
		return err
	}
	if err := s.fillConduct(c, m.ID, &page.Conduct); err != nil {
		return err
	}
	return s.office(c, status, page.Head, views.ManageMember(page))
}

// fillGroups sorts the club's groups into those that the member is in, and the others.
func (s *Site) fillGroups(ctx context.Context, v access.Viewer, m id.ID, page *views.PersonPage) error {
	groups, err := s.club.Access.Groups(ctx, v)
	if err != nil {
		return err
	}
	joined, err := s.club.Access.GroupsOf(ctx, v, m)
	for _, g := range groups {
		in := func(j access.Joined) bool { return j.GroupID == g.ID }
		if i := slices.IndexFunc(joined, in); i >= 0 {
			page.Groups = append(page.Groups, views.Belonging{Group: g, EndsAt: joined[i].EndsAt})
		} else {
			page.Others = append(page.Others, g)
		}
	}
	return err
}
