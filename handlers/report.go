package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/id"
	"guildhall/models/safety"
	"guildhall/views"
)

// reportable finds what an address would report, as the reader reads it, and draws its form.
type reportable func(*Site, echo.Context) (views.ReportPage, id.ID, error)

// asksReport makes the page of a form that reports something.
func asksReport(find reportable) func(*Site, echo.Context) error {
	return func(s *Site, c echo.Context) error {
		page, _, err := find(s, c)
		if err != nil {
			return err
		}
		return s.page(c, http.StatusOK, page.Head(), views.Report(page))
	}
}

// reports makes the handler of that form.
func reports(find reportable) func(*Site, echo.Context) error {
	return func(s *Site, c echo.Context) error {
		page, subject, err := find(s, c)
		if err != nil {
			return err
		}
		page.Reason, page.Words = typed(c).values.Get("reason"), typed(c).values.Get("words")
		err = s.club.Safety.Report(c.Request().Context(), viewer(c), safety.Complaint{Kind: page.Kind, Subject: subject, Reason: page.Reason, Words: page.Words})
		if p := fault(c, err); p != nil {
			page.Faults = views.FaultsOf(p)
			return s.page(c, kinds[p.Kind].status, page.Head(), views.Report(page))
		}
		return done(c, err, "reported", page.Away)
	}
}

// postToReport is the post of the address.
func (s *Site) postToReport(c echo.Context) (page views.ReportPage, subject id.ID, err error) {
	sp, p, t, err := s.postAt(c)
	if err == nil && p.Removed() {
		err = nowhere(c)
	}
	if err != nil {
		return page, 0, err
	}
	people, err := s.people(c.Request().Context(), []id.ID{p.AuthorID})
	posted := views.Posted{Post: p, Topic: t.Topic, In: sp}
	return views.ReportPage{
		Kind: safety.OfPost, Author: people[p.AuthorID], HTML: p.HTML, Action: posted.ReportAddress(), Away: views.PostAddress(sp.Slug, t.ID, t.Slug, p.Number),
	}, p.ID, err
}

// messageToReport is the message of the address.
func (s *Site) messageToReport(c echo.Context) (page views.ReportPage, subject id.ID, err error) {
	sp, m, err := s.messageAt(c)
	if err != nil {
		return page, 0, err
	}
	people, err := s.people(c.Request().Context(), []id.ID{m.AuthorID})
	said := views.Said{Message: m, In: sp}
	return views.ReportPage{
		Kind: safety.OfMessage, Author: people[m.AuthorID], HTML: m.HTML, Action: said.ReportAddress(), Away: views.RoomAt(sp, m.RoomID) + "#" + m.DOMID(),
	}, m.ID, err
}

// memberToReport is the member of the address.
func (s *Site) memberToReport(c echo.Context) (page views.ReportPage, subject id.ID, err error) {
	m, err := s.club.Members.ByHandle(c.Request().Context(), c.Param("handle"))
	if err != nil {
		return page, 0, err
	}
	people, err := s.people(c.Request().Context(), []id.ID{m.ID})
	who := people[m.ID]
	return views.ReportPage{Kind: safety.OfMember, Author: who, Action: who.ReportAddress(), Away: who.Address()}, m.ID, err
}
