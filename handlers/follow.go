package handlers

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/views"
)

// follow sets how closely the viewer follows something, and goes back to it.
func (s *Site) follow(c echo.Context, kind forum.Followed, subject id.ID, to string) error {
	level, err := strconv.Atoi(typed(c).values.Get("level"))
	if err != nil {
		return problem.Invalid("level", "Choose one of the four levels.")
	}
	err = s.club.Forum.Watch(c.Request().Context(), viewer(c), kind, subject, forum.Level(level))
	return done(c, err, "saved", to)
}

func (s *Site) followTopic(c echo.Context) error {
	sp, t, err := s.topicAt(c)
	if err != nil {
		return err
	}
	return s.follow(c, forum.FollowTopic, t.ID, views.TopicAddress(sp.Slug, t.ID, t.Slug))
}

func (s *Site) followSpace(c echo.Context) error {
	sp, err := s.into(c)
	if err != nil {
		return err
	}
	return s.follow(c, forum.FollowSpace, sp.ID, views.SpaceAddress(sp.Slug))
}

func (s *Site) followTag(c echo.Context) error {
	tag, err := s.club.Forum.Tag(c.Request().Context(), viewer(c), c.Param("tag"))
	if err != nil {
		return err
	}
	return s.follow(c, forum.FollowTag, tag.ID, views.TagAddress(tag.Name))
}
