package handlers

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/models/draft"
	"guildhall/models/forum"
	"guildhall/models/problem"
	"guildhall/views"
)

// scheduled lists one's own topics that wait to be published.
func (s *Site) scheduled(c echo.Context) error {
	page, err := s.waiting(c)
	if err != nil {
		return err
	}
	return s.office(c, http.StatusOK, page.Head, views.Scheduled(page))
}

// waiting are those topics, with the spaces that are open to whom they belong.
func (s *Site) waiting(c echo.Context) (page views.ScheduledPage, err error) {
	ctx, v := c.Request().Context(), viewer(c)
	if page.Topics, err = s.club.Forum.ScheduledBy(ctx, v); err != nil || len(page.Topics) == 0 {
		return page, err
	}
	if page.Spaces, err = s.spaces(ctx, v); err != nil {
		return page, err
	}
	for key := range page.Spaces {
		if v.CanEnter(key) != nil {
			delete(page.Spaces, key) // what it was meant for is closed by now
		}
	}
	return page, nil
}

// scheduledAt is the form of the topic of the address, which waits.
func (s *Site) scheduledAt(c echo.Context) (views.ScheduledForm, error) {
	ctx, v := c.Request().Context(), viewer(c)
	one, err := s.club.Forum.ScheduledOne(ctx, v, pathID(c, "waiting"))
	if err != nil {
		return views.ScheduledForm{}, err
	}
	if err := v.CanEnter(one.SpaceID); err != nil {
		return views.ScheduledForm{}, s.club.Nothing()
	}
	sp, err := s.club.Spaces.Get(ctx, v, one.SpaceID)
	if err != nil {
		return views.ScheduledForm{}, err
	}
	tags, err := s.tagging(c, sp)
	if err != nil {
		return views.ScheduledForm{}, err
	}
	tags.Value = strings.Join(one.Tags(), " ")
	r, err := s.reader(c)
	at := views.ScheduledOne(one.ID)
	return views.ScheduledForm{
		Scheduled: one, Space: sp, Title: one.Title, At: views.Typed(one.PublishAt, r.Zone), Tags: tags,
		Text: views.Compose{
			Key: formKey(), Text: one.Source, Label: "What it is about, in Markdown", Button: "Save", Rows: 12, Away: views.ScheduledAddress,
			Draft: at, Keep: views.ScheduledDraftAddress(one.ID), Complete: views.CompleteAddress(sp.Slug),
		},
	}, err
}

// editScheduled is that form.
func (s *Site) editScheduled(c echo.Context) error {
	page, err := s.scheduledAt(c)
	if err != nil {
		return err
	}
	d, err := s.club.Drafts.Find(c.Request().Context(), viewer(c), draft.Scheduled, page.Scheduled.ID)
	if err != nil {
		return err
	}
	if s.begun(c, &page.Text, d, views.GoingOn(views.ScheduledOne(page.Scheduled.ID))); page.Text.Begun.Revision > 0 {
		page.Title, page.Tags.Value, page.At = d.Title, d.Around.Tags, d.Around.At
	}
	return s.office(c, http.StatusOK, page.Head, views.EditScheduled(page))
}

// saveScheduled keeps what was typed into it.
func (s *Site) saveScheduled(c echo.Context) error {
	page, err := s.scheduledAt(c)
	if err != nil {
		return err
	}
	d, err := s.drafted(c)
	if err == nil {
		d.Tags, err = typedTags(c)
	}
	page.Title, page.At, page.Tags.Value = d.Title, typed(c).values.Get("at"), typed(c).values.Get("tags")
	page.Text.Text, page.Text.Key = d.Text, d.Key
	if err == nil && typed(c).on("preview") {
		if err = s.previewIn(c, &page.Text, page.Space, d.Text); err != nil {
			return err
		}
		return s.office(c, http.StatusOK, page.Head, views.EditScheduled(page))
	}
	if err == nil && typed(c).on("draft") {
		if err = s.keepDraft(c, waitingIn(page.Scheduled), d.Text, views.GoingOn(views.ScheduledOne(page.Scheduled.ID))); err == nil {
			return nil
		}
	}
	var at *time.Time
	if err == nil {
		at, err = s.moment(c, "at")
	}
	if err == nil && at == nil {
		err = problem.Invalid("at", "Choose when it is to be published.")
	}
	if err == nil {
		_, err = s.club.Forum.Reschedule(c.Request().Context(), viewer(c), page.Scheduled.ID, d, *at)
	}
	if p := fault(c, err); p != nil {
		return s.scheduledAgain(c, page, p)
	}
	return done(c, err, "saved", views.ScheduledAddress)
}

// scheduledAgain shows the form with what is wrong.
func (s *Site) scheduledAgain(c echo.Context, page views.ScheduledForm, p *problem.Problem) error {
	page.Faults = views.FaultsOf(p)
	page.Text.Faults, page.Tags.Fault = page.Faults, page.Faults["tags"]
	r, err := s.reader(c)
	if err != nil {
		return err
	}
	return s.page(c, kinds[p.Kind].status, page.Head(r.Words), views.EditScheduled(page))
}

// cancelScheduled takes it away.
func (s *Site) cancelScheduled(c echo.Context) error {
	one, err := s.club.Forum.Cancel(c.Request().Context(), viewer(c), pathID(c, "waiting"))
	if err != nil {
		return err
	}
	if one.AuthorID != viewer(c).ID { // a moderator came from the page of the space
		sp, err := s.club.Spaces.Get(c.Request().Context(), viewer(c), one.SpaceID)
		return done(c, err, "cancelled", views.TextsAddress(sp.Slug))
	}
	return done(c, nil, "cancelled", views.ScheduledAddress)
}

// publishScheduled starts it now. What is wrong with it is shown in its form.
func (s *Site) publishScheduled(c echo.Context) error {
	t, err := s.club.Forum.Publish(c.Request().Context(), viewer(c), pathID(c, "waiting"))
	if p := fault(c, err); p != nil {
		page, err := s.scheduledAt(c)
		if err != nil {
			return err
		}
		return s.scheduledAgain(c, page, p)
	}
	if err != nil {
		return err
	}
	say(c, "posted")
	return s.toTopic(c, forum.Listed{Topic: t}, 0)
}
