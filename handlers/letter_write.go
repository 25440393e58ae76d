package handlers

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/draft"
	"guildhall/models/id"
	"guildhall/models/letters"
	"guildhall/models/problem"
	"guildhall/models/safety"
	"guildhall/views"
)

// newLetter is the form of a letter, under an id of its own by which its draft is known.
func (s *Site) newLetter(c echo.Context) error {
	if err := viewer(c).CanCorrespond(); err != nil {
		return err
	}
	page := writePage(s.club.NewID())
	page.Readers = strings.Join(letters.Readers(c.QueryParam("to")), ", ")
	return s.drawLetter(c, http.StatusOK, page)
}

// begunLetter is the form of one that was begun.
func (s *Site) begunLetter(c echo.Context) error {
	target := pathID(c, "begun")
	d, err := s.club.Drafts.Find(c.Request().Context(), viewer(c), draft.Letter, target)
	if err != nil {
		return err
	}
	if d.ID == 0 {
		return nowhere(c)
	}
	page := writePage(target)
	if s.begun(c, &page.Text, d, views.GoingOn(views.BegunLetterAddress(target))); page.Text.Begun.Revision > 0 {
		page.Readers, page.Title, page.At = d.Around.Readers, d.Title, d.Around.At
	}
	return s.drawLetter(c, http.StatusOK, page)
}

func writePage(target id.ID) views.WriteLetterPage {
	at := views.BegunLetterAddress(target)
	return views.WriteLetterPage{Text: views.Compose{
		Action: at, Key: formKey(), Label: "Your letter, in Markdown", Button: "Send", Rows: 16, Draft: views.WriteAddress(""), Keep: at + "/draft", Complete: views.LetterCompleteAddress,
		Away: views.LettersAddress, NoPolls: true,
	}}
}

func (s *Site) drawLetter(c echo.Context, status int, page views.WriteLetterPage) error {
	return s.page(c, status, page.Head(), views.WriteLetter(page))
}

// newLetterIn is where a new letter is drafted; answerIn where an answer is.
func newLetterIn(target id.ID) draft.At { return draft.At{Kind: draft.Letter, Target: target} }

func answerIn(thread id.ID) draft.At {
	return draft.At{Kind: draft.Answer, Target: thread, In: access.Place{ID: thread}}
}

func (s *Site) newLetterDraft(c echo.Context) error {
	if pathID(c, "begun") == 0 {
		return nowhere(c)
	}
	return s.saveDraft(c, newLetterIn(pathID(c, "begun")), nil)
}

func (s *Site) answerDraft(c echo.Context) error {
	_, err := s.club.Letters.Open(c.Request().Context(), viewer(c), pathID(c, "letters"), 0)
	return s.saveDraft(c, answerIn(pathID(c, "letters")), err)
}

// written is a letter as it was typed, with the files that came beside it and when it is to go.
func (s *Site) written(c echo.Context) (d letters.Draft, err error) {
	f := typed(c)
	d = letters.Draft{Key: f.values.Get("key"), To: letters.Readers(f.text("readers", draft.MaxReaders)), Title: f.values.Get("title"), Target: int64(pathID(c, "begun"))}
	if d.Text, err = s.attached(c, f.values.Get("text"), d.Key); err != nil {
		return d, err
	}
	if d.At, err = s.moment(c, "at"); err != nil {
		return d, err
	}
	return d, f.Err()
}

// writeLetter sends a new letter. What cannot be taken comes back with what was typed.
func (s *Site) writeLetter(c echo.Context) error {
	target := pathID(c, "begun")
	if target == 0 {
		return nowhere(c)
	}
	d, err := s.written(c)
	page := writePage(target)
	page.Readers, page.Title, page.At = typed(c).values.Get("readers"), d.Title, typed(c).values.Get("at")
	page.Text.Text, page.Text.Key = d.Text, d.Key
	if err == nil && typed(c).on("preview") {
		previewLetter(&page.Text, d.Text)
		return s.drawLetter(c, http.StatusOK, page)
	}
	var kept letters.Letter
	switch {
	case err != nil:
	case typed(c).on("draft"):
		if err = s.keepDraft(c, newLetterIn(target), d.Text, views.GoingOn(views.BegunLetterAddress(target))); err == nil {
			return nil
		}
	default:
		kept, err = s.club.Letters.Write(c.Request().Context(), viewer(c), d)
	}
	if p := problem.Of(err); p != nil && returns(p) && !wantsJSON(c) {
		page.Faults = views.FaultsOf(p)
		page.Text.Faults = page.Faults
		return s.drawLetter(c, kinds[p.Kind].status, page)
	}
	return done(c, err, sentWord(d.At), views.LetterAddress(kept.ThreadID, kept.ID))
}

func sentWord(at *time.Time) string {
	if at != nil {
		return "letter-later"
	}
	return "letter-sent"
}

// previewLetter puts a text into its form as it would be read.
func previewLetter(form *views.Compose, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	cooked, err := letters.Cook(text)
	if form.Preview = cooked.HTML; err != nil {
		form.Faults = views.FaultsOf(problem.Of(err))
	}
}

// answerLetter sends an answer.
func (s *Site) answerLetter(c echo.Context) error {
	page, err := s.threadPage(c)
	if err != nil {
		return err
	}
	d, err := s.written(c)
	page.At = typed(c).values.Get("at")
	var kept letters.Letter
	switch {
	case err != nil, typed(c).on("preview"):
	case typed(c).on("draft"):
		if err = s.keepDraft(c, answerIn(page.ID), d.Text, views.GoingOn(views.ThreadAddress(page.ID))); err == nil {
			return nil
		}
	default:
		kept, err = s.club.Letters.Answer(c.Request().Context(), viewer(c), page.ID, d)
	}
	p := problem.Of(err)
	if again := p != nil && returns(p) || err == nil && typed(c).on("preview"); again && page.Answer != nil && !wantsJSON(c) {
		return s.answerAgain(c, page, d, p)
	}
	return done(c, err, sentWord(d.At), views.LetterAddress(kept.ThreadID, kept.ID))
}

// answerAgain draws the correspondence with what was typed: as a preview, or with what is wrong.
func (s *Site) answerAgain(c echo.Context, page views.CorrespondencePage, d letters.Draft, p *problem.Problem) error {
	page.Answer.Text, page.Answer.Key = d.Text, d.Key
	status := http.StatusOK
	if p == nil {
		previewLetter(page.Answer, d.Text)
	} else {
		status, page.Answer.Faults = kinds[p.Kind].status, views.FaultsOf(p)
		if page.Fault = page.Answer.Faults["at"]; page.Fault != "" {
			page.Answer.Faults = nil
		}
	}
	return s.page(c, status, page.Head(), views.Correspondence(page))
}

// suggestMembers offers whom a letter may go to, by how their handle or name begins. Whom one blocks, or is
// blocked by, plays no part.
func (s *Site) suggestMembers(c echo.Context) error {
	type offer struct {
		Name  string `json:"name"`
		Words string `json:"words"`
	}
	found, err := s.club.Members.Search(c.Request().Context(), strings.TrimPrefix(c.QueryParam("q"), "@"))
	if err != nil {
		return err
	}
	offers := []offer{}
	for _, m := range found {
		if m.ID != viewer(c).ID {
			offers = append(offers, offer{m.Handle, m.Name + " @" + m.Handle})
		}
	}
	return c.JSON(http.StatusOK, offers)
}

// letterToReport is the letter of the address, as one reads it to whom it was brought.
func (s *Site) letterToReport(c echo.Context) (page views.ReportPage, subject id.ID, err error) {
	ctx, v := c.Request().Context(), viewer(c)
	key, thread := pathID(c, "letter"), pathID(c, "letters")
	picked, err := s.club.Letters.Pick(ctx, v, []id.ID{key})
	if err != nil {
		return page, 0, err
	}
	l, ok := picked[key]
	if !ok || l.ThreadID != thread || l.Removed() {
		return page, 0, nowhere(c)
	}
	people, err := s.people(ctx, []id.ID{l.AuthorID})
	return views.ReportPage{
		Kind: safety.OfLetter, Author: people[l.AuthorID], HTML: l.HTML, Action: views.LetterReportAddress(thread, key), Away: views.LetterAddress(thread, key),
	}, key, err
}

// completeLetter offers what a word of a letter may become: anybody, who is named and not called.
func (s *Site) completeLetter(c echo.Context) error {
	return s.offer(c, func(q string) ([]views.Offer, error) {
		people, err := s.club.Members.Begun(c.Request().Context(), viewer(c), q, completed)
		return offersOf(people), err
	})
}
