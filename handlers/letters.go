package handlers

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/draft"
	"guildhall/models/id"
	"guildhall/models/letters"
	"guildhall/views"
)

// letterbox is a part of the viewer's letterbox.
func (s *Site) letterbox(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	page := views.LetterboxPage{Box: letters.Box(c.QueryParam("in")), Later: c.QueryParam("after") != ""}
	if !slices.Contains(letters.Boxes, page.Box) && page.Box != views.LetterDrafts {
		page.Box = letters.ToRead
	}
	var err error
	if page.Counts, err = s.club.Letters.Count(ctx, v); err != nil {
		return err
	}
	begun, err := s.club.Drafts.Letters(ctx, v)
	if err != nil {
		return err
	}
	page.Begun = int64(len(begun))
	if page.Box == views.LetterDrafts {
		err = s.onTheDesk(c, &page, begun)
	} else {
		err = s.enveloped(c, &page)
	}
	if err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Letterbox(page))
}

// enveloped adds the correspondences of a part of the letterbox, with who is in them.
func (s *Site) enveloped(c echo.Context, page *views.LetterboxPage) error {
	ctx, v := c.Request().Context(), viewer(c)
	entries, next, err := s.club.Letters.Box(ctx, v, page.Box, letters.Cursor(c.QueryParam("after")))
	if err != nil {
		return err
	}
	var keys []id.ID
	for _, e := range entries {
		for _, p := range e.People {
			keys = append(keys, p.MemberID)
		}
	}
	people, err := s.people(ctx, keys)
	if err != nil {
		return err
	}
	page.Next = string(next)
	for _, e := range entries {
		page.Entries = append(page.Entries, views.Enveloped{Entry: e, With: besides(e.People, v.ID, people), Mine: e.LastBy != nil && *e.LastBy == v.ID})
	}
	return nil
}

func besides(all []letters.Person, me id.ID, people map[id.ID]views.Person) (with []views.Person) {
	for _, p := range all {
		if p.MemberID != me {
			with = append(with, people[p.MemberID])
		}
	}
	return with
}

// onTheDesk adds what the viewer began, and what waits to be delivered.
func (s *Site) onTheDesk(c echo.Context, page *views.LetterboxPage, begun []draft.Draft) error {
	ctx, v := c.Request().Context(), viewer(c)
	waiting, err := s.club.Letters.Waiting(ctx, v)
	if err != nil {
		return err
	}
	var keys []id.ID
	for _, w := range waiting {
		for _, p := range w.To {
			keys = append(keys, p.MemberID)
		}
	}
	people, err := s.people(ctx, keys)
	if err != nil {
		return err
	}
	for _, w := range waiting {
		page.Waiting = append(page.Waiting, views.Enclosed{Pending: w, With: besides(w.To, v.ID, people)})
	}
	page.Drafts, err = s.unposted(c, begun)
	return err
}

// thread is a correspondence. What is read of it is noted.
func (s *Site) thread(c echo.Context) error {
	page, err := s.threadPage(c)
	if err != nil {
		return err
	}
	if err := s.beginAnswer(c, &page); err != nil {
		return err
	}
	if c.QueryParam("before") == "" {
		if err := s.club.Letters.Read(c.Request().Context(), viewer(c), page.Opened); err != nil {
			return err
		}
	}
	return s.page(c, http.StatusOK, page.Head(), views.Correspondence(page))
}

// threadPage is the correspondence of the address with an empty form for an answer, if there can be one.
func (s *Site) threadPage(c echo.Context) (page views.CorrespondencePage, err error) {
	ctx, v := c.Request().Context(), viewer(c)
	before := positive(c.QueryParam("before"))
	if page.Opened, err = s.club.Letters.Open(ctx, v, pathID(c, "letters"), before); err != nil {
		return page, err
	}
	page.Me = v.ID
	var keys []id.ID
	for _, p := range page.Opened.People {
		keys = append(keys, p.MemberID)
	}
	if page.People, err = s.people(ctx, keys); err != nil {
		return page, err
	}
	switch refused := v.CanCorrespond(); {
	case page.Thread.Letters == 0:
	case page.Alone():
		page.Why = "Nobody is left here to whom a letter could be brought."
	case refused != nil:
		page.Why = refused.Error()
	default:
		at := views.ThreadAddress(page.ID)
		page.Answer = &views.Compose{Action: at, Key: formKey(), Label: "Your answer, in Markdown", Button: "Send", Rows: 12, Draft: at, Keep: at + "/draft", Complete: views.LetterCompleteAddress, NoPolls: true}
	}
	return page, nil
}

// beginAnswer fills the form with what was begun, or with the words of a letter that is to be answered.
func (s *Site) beginAnswer(c echo.Context, page *views.CorrespondencePage) error {
	if page.Answer == nil {
		return nil
	}
	d, err := s.club.Drafts.Find(c.Request().Context(), viewer(c), draft.Answer, page.ID)
	if err != nil {
		return err
	}
	s.begun(c, page.Answer, d, views.GoingOn(views.ThreadAddress(page.ID)))
	quoted := parseID(c.QueryParam("quote"))
	for _, l := range page.Opened.Letters {
		if l.ID == quoted && quoted != 0 && !l.Waits() && page.Answer.Text == "" {
			page.Answer.Text = "> " + strings.ReplaceAll(strings.TrimSpace(l.Source), "\n", "\n> ") + "\n\n"
		}
	}
	return nil
}

func positive(text string) int64 {
	f := form{values: map[string][]string{"n": {text}}}
	return max(f.number("n"), 0)
}

// arrangeThread puts a correspondence away, takes it out, or marks it as unread.
func (s *Site) arrangeThread(c echo.Context) error {
	how := letters.How(typed(c).values.Get("how"))
	err := s.club.Letters.Arrange(c.Request().Context(), viewer(c), pathID(c, "letters"), how)
	word := map[letters.How]string{letters.PutAway: "put-away", letters.TakeOut: "taken-out", letters.Unread: "unread-letter"}[how]
	return done(c, err, word, views.LettersAddress)
}

// leaveThread takes the viewer out of a correspondence.
func (s *Site) leaveThread(c echo.Context) error {
	err := s.club.Letters.Leave(c.Request().Context(), viewer(c), pathID(c, "letters"))
	return done(c, err, "left-letters", views.LettersAddress)
}

// recallLetter takes a letter back, and leads to where it is written on.
func (s *Site) recallLetter(c echo.Context) error {
	d, err := s.club.Letters.Recall(c.Request().Context(), viewer(c), pathID(c, "letter"))
	if err != nil {
		return err
	}
	say(c, "recalled")
	if d.Kind == draft.Answer {
		return seeOther(c, views.GoingOn(views.ThreadAddress(d.TargetID)))
	}
	return seeOther(c, views.GoingOn(views.BegunLetterAddress(d.TargetID)))
}

// sendLetter delivers one that waits.
func (s *Site) sendLetter(c echo.Context) error {
	one, err := s.club.Letters.Send(c.Request().Context(), viewer(c), pathID(c, "letter"))
	return done(c, err, "delivered", views.LetterAddress(one.ThreadID, one.ID))
}
