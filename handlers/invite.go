package handlers

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/views"
)

// invited names the invitation by which somebody is on their way in.
var invited = brief{"invited", 24 * time.Hour, http.SameSiteLaxMode}

// invitations is where a member invites people.
func (s *Site) invitations(c echo.Context) error {
	return s.drawInvitations(c, http.StatusOK, views.InvitationsPage{})
}

func (s *Site) drawInvitations(c echo.Context, status int, page views.InvitationsPage) (err error) {
	ctx := c.Request().Context()
	if page.All, err = s.club.Joining.Mine(ctx, viewer(c)); err != nil {
		return err
	}
	page.Now = s.club.Now(ctx)
	return s.page(c, status, page.Head(), views.Invitations(page))
}

// invite makes an invitation, and shows its link this once.
func (s *Site) invite(c echo.Context) error {
	f := typed(c)
	page := views.InvitationsPage{Uses: f.text("uses", 10), Days: f.text("days", 10)}
	uses, _ := strconv.Atoi(page.Uses) // what is no number is 0, which is refused
	days, _ := strconv.Atoi(page.Days)
	_, secret, err := s.club.Joining.Invite(c.Request().Context(), viewer(c), uses, days)
	if p := problem.Of(err); p != nil && returns(p) && !wantsJSON(c) {
		page.Faults = views.FaultsOf(p)
		return s.drawInvitations(c, kinds[p.Kind].status, page)
	}
	if err != nil {
		return err
	}
	page.Link = s.conf.BaseURL + "/join/" + secret
	return s.drawInvitations(c, http.StatusCreated, page)
}

// withdrawInvitation ends an invitation.
func (s *Site) withdrawInvitation(c echo.Context) error {
	if err := s.club.Joining.Withdraw(c.Request().Context(), viewer(c), pathID(c, "invitation")); err != nil {
		return err
	}
	say(c, "undone")
	return seeOther(c, "/settings/invitations")
}

// joinBy greets somebody who was invited.
func (s *Site) joinBy(c echo.Context) error {
	ctx := c.Request().Context()
	host, err := s.club.Joining.Look(ctx, c.Param("code"))
	if err != nil {
		return err
	}
	club, err := s.club.Site.Club(ctx)
	if err != nil {
		return err
	}
	people, err := s.people(ctx, []id.ID{host.ID})
	if err != nil {
		return err
	}
	page := views.JoinPage{Club: club, Host: people[host.ID], Code: c.Param("code")}
	return draw(c, http.StatusOK, s.bare(c, page.Head(), views.JoinBy(page)))
}

// acceptInvitation keeps the invitation in the browser until somebody has a name here.
func (s *Site) acceptInvitation(c echo.Context) error {
	code := c.Param("code")
	if _, err := s.club.Joining.Look(c.Request().Context(), code); err != nil {
		return err
	}
	s.hand(c, invited, code)
	if viewer(c).SignedIn() {
		return seeOther(c, "/")
	}
	return seeOther(c, "/sign-in")
}
