package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/views"
)

// manageLetters shows owners which letters did not go, and to whom none go.
func (s *Site) manageLetters(c echo.Context) error {
	return s.drawLetters(c, http.StatusOK, views.LettersPage{})
}

func (s *Site) drawLetters(c echo.Context, status int, page views.LettersPage) error {
	ctx, after := c.Request().Context(), notify.Cursor(c.QueryParam("after"))
	letters, next, err := s.club.Bell.Undelivered(ctx, viewer(c), after)
	if err != nil {
		return err
	}
	silent, err := s.club.Bell.Silent(ctx, viewer(c))
	if err != nil {
		return err
	}
	var ids []id.ID
	for _, l := range letters {
		ids = append(ids, l.Member)
	}
	for _, m := range silent {
		ids = append(ids, m.MemberID)
	}
	people, err := s.people(ctx, ids)
	if err != nil {
		return err
	}
	page.Next, page.Later = string(next), after != ""
	for _, l := range letters {
		shown := views.Undelivered{ID: l.ID, Kind: l.Kind, Since: l.Since, Why: l.Why}
		if p, ok := people[l.Member]; ok {
			shown.To = &p
		}
		page.Letters = append(page.Letters, shown)
	}
	for _, m := range silent {
		page.Silent = append(page.Silent, views.Silenced{Person: people[m.MemberID], Since: m.Since, Why: m.Why})
	}
	return s.page(c, status, page.Head(), views.ManageLetters(page))
}

// resend lets a letter be tried again that could not be delivered.
func (s *Site) resend(c echo.Context) error {
	return done(c, s.club.Bell.Resend(c.Request().Context(), viewer(c), pathID(c, "letter")), "resent", views.ManageLettersAddress)
}

// dropLetter takes one away.
func (s *Site) dropLetter(c echo.Context) error {
	return done(c, s.club.Bell.Discard(c.Request().Context(), viewer(c), pathID(c, "letter")), "dropped", views.ManageLettersAddress)
}

// stopLetters ends letters to a member; resumeLetters lets them go again.
func (s *Site) stopLetters(c echo.Context) error {
	m, err := s.typedMember(c, "member")
	if err == nil {
		err = s.club.Bell.Silence(c.Request().Context(), viewer(c), m.ID)
	}
	if p := fault(c, err); p != nil {
		return s.drawLetters(c, kinds[p.Kind].status, views.LettersPage{Typed: typed(c).text("member", 200), Faults: views.FaultsOf(p)})
	}
	return done(c, err, "silenced", views.ManageLettersAddress)
}

func (s *Site) resumeLetters(c echo.Context) error {
	m, err := s.typedMember(c, "member")
	if err != nil {
		return err
	}
	return done(c, s.club.Bell.Unsilence(c.Request().Context(), viewer(c), m.ID), "unsilenced", views.ManageLettersAddress)
}
