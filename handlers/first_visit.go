package handlers

import (
	"context"
	"mime/multipart"
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/site"
	"guildhall/views"
)

// atTheDoor is a page without the house around it, with the one script that it needs.
// welcome is the first-visit page of somebody who proved who they are.
func (s *Site) welcome(c echo.Context) error {
	page, err := s.welcomePage(c)
	if refused(err) {
		return s.back(c, "begun", "", "")
	}
	if err != nil {
		return err
	}
	page.Sent = c.QueryParam("sent") != "" && page.Prove != ""
	return s.drawWelcome(c, http.StatusOK, page)
}

func (s *Site) drawWelcome(c echo.Context, status int, page views.WelcomePage) error {
	return s.atTheDoor(c, status, page.Head(), views.Welcome(page), views.WelcomeScript())
}

// welcomePage is the page as the arrival and the club suggest it.
func (s *Site) welcomePage(c echo.Context) (page views.WelcomePage, err error) {
	ctx := c.Request().Context()
	if page.Club, err = s.club.Site.Club(ctx); err != nil {
		return page, err
	}
	a, known, err := s.club.Members.Arriving(ctx, s.held(c, arriving))
	if err != nil {
		return page, err
	}
	page.Profile = member.Profile{Name: a.Name, Zone: page.Club.Zone}
	if page.Profile.Handle, err = s.club.Members.SuggestHandle(ctx, a.Handle, a.Name, a.Address, a.Claimed); err != nil {
		return page, err
	}
	page.By, page.As = "your e-mail", a.Address
	for _, p := range s.providers {
		if p.Realm == a.Provider {
			page.By, page.As = p.Name, a.Label
		}
	}
	if a.Provider != "" && a.Address == "" && s.mails() {
		page.Prove = a.Claimed
	}
	if known != nil {
		page.Known = &views.Person{ID: known.ID, Handle: known.Handle, Name: known.Name, Picture: known.Picture}
	}
	page.Zones = site.Zones(page.Profile.Zone)
	return page, nil
}

// comeIn makes a member of somebody on their first visit. What cannot be taken comes back with what
// was typed, and nothing of it is kept.
func (s *Site) comeIn(c echo.Context) error {
	f := typed(c)
	first := member.First{Arrival: s.held(c, arriving), Invitation: s.held(c, invited), Agreed: f.on("agreed"), From: from(c, "")}
	first.Profile = member.Profile{Name: f.text("name", 500), Handle: f.text("handle", 200), Zone: f.text("zone", 100)}
	out, err := s.firstVisit(c, first)
	if refused(err) {
		return s.back(c, "begun", "", "")
	}
	if p := problem.Of(err); p != nil && !wantsJSON(c) {
		return s.welcomeAgain(c, first, p)
	}
	if err != nil {
		return err
	}
	say(c, "welcome")
	return s.arrived(c, out)
}

func (s *Site) firstVisit(c echo.Context, first member.First) (out member.Outcome, err error) {
	if err := typed(c).Err(); err != nil {
		return out, err
	}
	if first.Picture, err = chosenPicture(c.Request().Context(), typed(c).file("picture")); err != nil {
		return out, err
	}
	out, _, err = s.club.Members.FirstVisit(c.Request().Context(), first)
	return out, err
}

// chosenPicture is the picture of a form, or nil when none was chosen.
func chosenPicture(ctx context.Context, chosen *multipart.FileHeader) (*member.Picture, error) {
	if chosen == nil || chosen.Size == 0 {
		return nil, nil
	}
	file, err := chosen.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was read whole, or Repaint said why not
	picture, err := member.Repaint(ctx, file)
	return &picture, err
}

func (s *Site) welcomeAgain(c echo.Context, first member.First, p *problem.Problem) error {
	page, err := s.welcomePage(c)
	if refused(err) {
		return s.back(c, "begun", "", "")
	}
	if err != nil {
		return err
	}
	page.Profile, page.Agreed, page.Faults = first.Profile, first.Agreed, views.FaultsOf(p)
	page.Zones = site.Zones(first.Profile.Zone)
	return s.drawWelcome(c, kinds[p.Kind].status, page)
}

// prove mails a link to the address that an arrival's provider claims.
func (s *Site) prove(c echo.Context) error {
	if !s.mails() {
		return errNoMail
	}
	err := s.club.Members.ProveAddress(c.Request().Context(), s.held(c, arriving))
	if refused(err) {
		return s.back(c, "begun", "", "")
	}
	if err != nil {
		return err
	}
	return seeOther(c, "/welcome?sent=1")
}

// rejoin links what an arrival came with to the member whose mailbox it proved.
func (s *Site) rejoin(c echo.Context) error {
	out, err := s.club.Members.Rejoin(c.Request().Context(), s.held(c, arriving), from(c, ""))
	if refused(err) {
		return s.back(c, "begun", "", "")
	}
	if err != nil {
		return err
	}
	return s.arrived(c, out)
}
