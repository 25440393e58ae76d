package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/models/forum"
	"guildhall/models/problem"
	"guildhall/views"
)

// scheduled lists one's own topics that wait to be published.
func (s *Site) scheduled(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	topics, err := s.club.Forum.ScheduledBy(ctx, v)
	if err != nil {
		return err
	}
	page := views.ScheduledPage{Topics: topics}
	if page.Spaces, err = s.spaces(ctx, v); err != nil {
		return err
	}
	for key := range page.Spaces {
		if v.CanEnter(key) != nil {
			delete(page.Spaces, key) // what it was meant for is closed by now
		}
	}
	return s.office(c, http.StatusOK, page.Head, views.Scheduled(page))
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
	r, err := s.reader(c)
	return views.ScheduledForm{
		Scheduled: one, Space: sp, Title: one.Title, At: views.Typed(one.PublishAt, r.Zone),
		Text: views.Compose{Key: formKey(), Text: one.Source, Label: "What it is about, in Markdown", Button: "Save", Rows: 12, Away: views.ScheduledAddress},
	}, err
}

// editScheduled is that form.
func (s *Site) editScheduled(c echo.Context) error {
	page, err := s.scheduledAt(c)
	if err != nil {
		return err
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
	page.Title, page.At = d.Title, typed(c).values.Get("at")
	page.Text.Text, page.Text.Key = d.Text, d.Key
	if err == nil && typed(c).on("preview") {
		page.Text.Preview = preview(d.Text)
		return s.office(c, http.StatusOK, page.Head, views.EditScheduled(page))
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
		page.Faults = views.FaultsOf(p)
		page.Text.Faults = page.Faults
		r, err := s.reader(c)
		if err != nil {
			return err
		}
		return s.page(c, kinds[p.Kind].status, page.Head(r.Words), views.EditScheduled(page))
	}
	return done(c, err, "saved", views.ScheduledAddress)
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

// publishScheduled starts it now.
func (s *Site) publishScheduled(c echo.Context) error {
	t, err := s.club.Forum.Publish(c.Request().Context(), viewer(c), pathID(c, "waiting"))
	if err != nil {
		return err
	}
	say(c, "posted")
	return s.toTopic(c, forum.Listed{Topic: t}, 0)
}
