package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/views"
)

// manageGroups lists the groups.
func (s *Site) manageGroups(c echo.Context) error {
	return s.drawGroups(c, http.StatusOK, views.GroupsPage{})
}

// addGroup makes another one.
func (s *Site) addGroup(c echo.Context) error {
	group, err := s.club.Access.SaveGroup(c.Request().Context(), viewer(c), typedGroup(c))
	if p := fault(c, err); p != nil {
		return s.drawGroups(c, kinds[p.Kind].status, views.GroupsPage{Typed: typedGroup(c), Faults: views.FaultsOf(p)})
	}
	return done(c, err, "saved", views.ManageGroupAddress(group.ID))
}

// manageGroup shows who is in a group.
func (s *Site) manageGroup(c echo.Context) error {
	return s.drawGroup(c, http.StatusOK, views.GroupPage{})
}

// changeGroup gives a group another name, or other words.
func (s *Site) changeGroup(c echo.Context) error {
	group := typedGroup(c)
	_, err := s.club.Access.SaveGroup(c.Request().Context(), viewer(c), group)
	if p := fault(c, err); p != nil {
		return s.drawGroup(c, kinds[p.Kind].status, views.GroupPage{Named: group, Faults: views.FaultsOf(p)})
	}
	return done(c, err, "saved", views.ManageGroupAddress(group.ID))
}

// joinByHandle puts somebody into a group.
func (s *Site) joinByHandle(c echo.Context) error {
	group := pathID(c, "group")
	m, err := s.typedMember(c, "member")
	if err == nil {
		ends, bad := s.dayEnds(c, "ends_at")
		if err = bad; err == nil {
			err = s.club.Access.Join(c.Request().Context(), viewer(c), group, m.ID, ends)
		}
	}
	if p := fault(c, err); p != nil {
		typed := views.Joining{Handle: typed(c).values.Get("member"), Ends: typed(c).values.Get("ends_at")}
		return s.drawGroup(c, kinds[p.Kind].status, views.GroupPage{Joining: typed, Faults: views.FaultsOf(p)})
	}
	return done(c, err, "joined", views.ManageGroupAddress(group))
}

// leaveGroup takes somebody out of a group, from its page or from theirs.
func (s *Site) leaveGroup(c echo.Context) error {
	ctx, f, group := c.Request().Context(), typed(c).values, pathID(c, "group")
	m, err := s.club.Members.ByHandle(ctx, f.Get("member"))
	if err == nil {
		err = s.club.Access.Leave(ctx, viewer(c), group, m.ID)
	}
	if f.Get("from") == "member" {
		return done(c, err, "left", views.ManageMemberAddress(m.Handle))
	}
	return done(c, err, "left", views.ManageGroupAddress(group))
}

func typedGroup(c echo.Context) access.Group {
	f := typed(c).values
	call := f.Get("call")
	return access.Group{ID: pathID(c, "group"), Name: f.Get("name"), Words: f.Get("words"), Handle: &call, CalledBy: f.Get("called_by")}
}

func (s *Site) drawGroups(c echo.Context, status int, page views.GroupsPage) (err error) {
	if page.Groups, err = s.club.Access.Groups(c.Request().Context(), viewer(c)); err != nil {
		return err
	}
	return s.page(c, status, page.Head(), views.ManageGroups(page))
}

// drawGroup draws the group of the address around what was typed on its page.
func (s *Site) drawGroup(c echo.Context, status int, page views.GroupPage) (err error) {
	ctx, v := c.Request().Context(), viewer(c)
	if page.Group, err = s.club.Access.Group(ctx, v, pathID(c, "group")); err != nil {
		return err
	}
	if page.Named.ID == 0 {
		page.Named = page.Group
	}
	if page.Zone, err = s.zone(c); err != nil {
		return err
	}
	joined, err := s.club.Access.InGroup(ctx, v, page.Group.ID)
	if err != nil {
		return err
	}
	var ids []id.ID
	for _, j := range joined {
		ids = append(ids, j.MemberID)
	}
	people, err := s.people(ctx, ids)
	for _, j := range joined {
		page.Members = append(page.Members, views.Belonging{Person: people[j.MemberID], EndsAt: j.EndsAt})
	}
	if err != nil {
		return err
	}
	return s.page(c, status, page.Head(), views.ManageGroup(page))
}
