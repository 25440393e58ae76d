package handlers

import (
	"github.com/labstack/echo/v4"

	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/views"
)

var errNoMail = problem.Missing("This club sends no mail.")

// sendLink mails a link. What it answers, and what it does before, is the same for an address that
// is known here as for any other.
func (s *Site) sendLink(c echo.Context) error {
	if !s.mails() {
		return errNoMail
	}
	f := typed(c)
	email, back := f.text("email", 1000), ownPath(f.text("return", 2000))
	err := s.club.Members.SendLink(c.Request().Context(), email, back)
	if p := problem.Of(err); p != nil && !wantsJSON(c) {
		return s.drawSignIn(c, kinds[p.Kind].status, views.SignInPage{Return: back, Email: email, Faults: views.Faults{"email": p.Text}})
	}
	if err != nil {
		return err
	}
	return seeOther(c, "/sign-in/sent")
}

// linkSent says to look in the mailbox.
func (s *Site) linkSent(c echo.Context) error {
	return s.note(c, views.NotePage{
		Title: "Look in your mailbox", Href: "/sign-in", Link: "Back to the door",
		Text: []string{"A link is on its way. It works once, for a quarter of an hour.", "Nothing there after a few minutes? Look among the unwanted mail, or see whether the address was typed as you meant it."},
	})
}

// link shows the button of a link that was mailed. Looking uses nothing up: programs follow links
// in mails before people do.
func (s *Site) link(c echo.Context) error {
	l, err := s.club.Members.Peek(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	page := views.NotePage{Action: "/sign-in/link/" + c.Param("token"), Title: "One more step", Icon: "door", Button: "Come in", Text: []string{"You are coming in as " + l.Address + "."}}
	switch l.Purpose {
	case member.ToConfirm:
		page.Title, page.Icon, page.Button = "Is this your address?", "check", "Yes, add it"
		page.Text = []string{"From now on a link sent to " + l.Address + " signs you in. It has to be added in the browser in which you are signed in."}
	case member.ToProve:
		page.Title, page.Icon, page.Button = "Have you been here before?", "check", "Yes, look for me"
		page.Text = []string{"We look whether " + l.Address + " opens an account here, and let you choose. It has to be done in the browser in which you began."}
	}
	return s.note(c, page)
}

// openLink uses a link up.
func (s *Site) openLink(c echo.Context) error {
	hand := member.Hand{Viewer: viewer(c), Arrival: s.held(c, arriving), From: from(c, "link")}
	out, err := s.club.Members.OpenLink(c.Request().Context(), c.Param("token"), hand)
	if err != nil {
		return err
	}
	return s.arrived(c, out)
}
