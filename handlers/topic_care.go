package handlers

import (
	"context"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/views"
)

// toggled makes a handler of a switch that a moderator throws on a topic.
func toggled(on, off string, do func(f *forum.Forum, ctx context.Context, v access.Viewer, topic id.ID, on bool) (forum.Topic, error)) func(*Site, echo.Context) error {
	return func(s *Site, c echo.Context) error {
		_, t, err := s.topicAt(c)
		if err != nil {
			return err
		}
		want := typed(c).values.Get("on") == "true"
		if _, err := do(s.club.Forum, c.Request().Context(), viewer(c), t.ID, want); err != nil {
			return err
		}
		if want {
			say(c, on)
		} else {
			say(c, off)
		}
		return s.toTopic(c, t, 0)
	}
}

// moveTopic carries a topic to another space.
func (s *Site) moveTopic(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	_, t, err := s.topicAt(c)
	if err != nil {
		return err
	}
	to, err := s.club.Spaces.BySlug(ctx, v, typed(c).text("space", 60))
	if err != nil {
		return err
	}
	if t.Topic, err = s.club.Forum.Move(ctx, v, t.ID, to.ID); err != nil {
		return err
	}
	say(c, "moved")
	return s.toTopic(c, t, 0)
}

// retitle changes a topic's title.
func (s *Site) retitle(c echo.Context) error {
	sp, t, err := s.topicAt(c)
	if err != nil {
		return err
	}
	title := typed(c).text("title", 1000)
	_, err = s.club.Forum.Retitle(c.Request().Context(), viewer(c), t.ID, title)
	if p := problem.Of(err); p != nil && p.Kind == problem.KindInvalid && !wantsJSON(c) {
		page, err := s.topicPage(c, sp, t)
		if err != nil {
			return err
		}
		page.Titled, page.Faults = title, views.FaultsOf(p)
		return s.page(c, kinds[p.Kind].status, page.Head(), views.Topic(page))
	}
	if err != nil {
		return err
	}
	say(c, "saved")
	return s.toTopic(c, t, 0)
}
