package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/views"
)

// topicLog lists what was done to a topic.
func (s *Site) topicLog(c echo.Context) error {
	sp, t, err := s.keptTopic(c)
	if err != nil {
		return err
	}
	lines, next, err := s.club.Forum.Log(c.Request().Context(), viewer(c), t.Topic, forum.Cursor(c.QueryParam("after")))
	if err != nil {
		return err
	}
	return s.drawLog(c, views.LogPage{Space: sp, Topic: t.Topic, Lines: lines, Next: string(next), Later: c.QueryParam("after") != ""})
}

// spaceLog lists what was done to the topics of a space.
func (s *Site) spaceLog(c echo.Context) error {
	sp, err := s.into(c)
	if err != nil {
		return err
	}
	lines, next, err := s.club.Forum.SpaceLog(c.Request().Context(), viewer(c), sp.ID, forum.Cursor(c.QueryParam("after")))
	if err != nil {
		return err
	}
	return s.drawLog(c, views.LogPage{Space: sp, Lines: lines, Next: string(next), Later: c.QueryParam("after") != ""})
}

func (s *Site) drawLog(c echo.Context, page views.LogPage) (err error) {
	var ids []id.ID
	for _, l := range page.Lines {
		ids = append(ids, l.By, l.UndoneBy)
	}
	if page.People, err = s.people(c.Request().Context(), ids); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Log(page))
}

// undo takes a deed of the log back, and leads to the topic as it is now.
func (s *Site) undo(c echo.Context) error {
	t, err := s.club.Forum.Undo(c.Request().Context(), viewer(c), pathID(c, "line"))
	if problem.Is(err, problem.KindMissing) {
		return s.club.Nothing() // a line of another space, and one that never was
	}
	if shut := (*access.Shut)(nil); errors.As(err, &shut) {
		return s.club.Nothing() // a door would tell that there is such a line behind it
	}
	if p := problem.Of(err); p != nil && p.Kind == problem.KindInvalid {
		return problem.Conflict("%s", p.Text) // nothing was typed here: the rules changed since
	}
	if err != nil {
		return err
	}
	say(c, "undone")
	return s.toTopic(c, forum.Listed{Topic: t}, 0)
}
