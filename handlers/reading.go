package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/views"
)

// announceTopic puts a topic before everybody, until the end of a day or until it is taken back.
func (s *Site) announceTopic(c echo.Context) error {
	_, t, err := s.topicAt(c)
	if err != nil {
		return err
	}
	until, err := s.dayEnds(c, "until")
	if err != nil {
		return err
	}
	on := typed(c).values.Get("on") == "true"
	if _, err := s.club.Forum.Announce(c.Request().Context(), viewer(c), t.ID, on, until); err != nil {
		return err
	}
	say(c, "saved")
	return s.toTopic(c, t, 0)
}

// dismissTopic puts an announcement away, for the viewer alone.
func (s *Site) dismissTopic(c echo.Context) error {
	_, t, err := s.topicAt(c)
	if err != nil {
		return err
	}
	err = s.club.Forum.Dismiss(c.Request().Context(), viewer(c), t.ID)
	if typed(c).values.Get("from") == "/" {
		return done(c, err, "settled", "/")
	}
	return done(c, err, "settled", views.LatestAddress)
}

// ignore lets the viewer read no more of a member, until the end of a day if one is given.
func (s *Site) ignore(c echo.Context) error {
	ctx := c.Request().Context()
	m, err := s.club.Members.ByHandle(ctx, c.Param("handle"))
	if err != nil {
		return err
	}
	until, err := s.dayEnds(c, "until")
	if err == nil {
		err = s.club.Bell.Ignore(ctx, viewer(c), m.ID, until)
	}
	return done(c, err, "ignored", views.MemberAddress(m.Handle))
}

// heed ends that, from the other's page or from the list.
func (s *Site) heed(c echo.Context) error {
	ctx := c.Request().Context()
	m, err := s.club.Members.ByHandle(ctx, c.Param("handle"))
	if err == nil {
		err = s.club.Bell.Heed(ctx, viewer(c), m.ID)
	}
	if typed(c).values.Get("from") == "list" {
		return done(c, err, "heeded", views.ReadingAddress)
	}
	return done(c, err, "heeded", views.MemberAddress(m.Handle))
}

// readingSettings are what happens by itself as one reads, and whom one ignores.
func (s *Site) readingSettings(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	ways, err := s.club.Forum.Ways(ctx, v)
	if err != nil {
		return err
	}
	ignored, err := s.club.Bell.Ignoring(ctx, v)
	if err != nil {
		return err
	}
	ids := make([]id.ID, len(ignored))
	for i, one := range ignored {
		ids[i] = one.IgnoredID
	}
	people, err := s.people(ctx, ids)
	if err != nil {
		return err
	}
	page := views.ReadingPage{Ways: ways}
	for _, one := range ignored {
		page.Ignored = append(page.Ignored, views.Ignored{Person: people[one.IgnoredID], Since: one.Since, Until: one.Until})
	}
	return s.page(c, http.StatusOK, page.Head(), views.ReadingSettings(page))
}

// saveReading changes what happens by itself.
func (s *Site) saveReading(c echo.Context) error {
	f := typed(c).values
	after, _ := strconv.Atoi(f.Get("track")) // what is no number is none of the choices
	level, _ := strconv.Atoi(f.Get("reply"))
	err := s.club.Forum.SetWays(c.Request().Context(), viewer(c), forum.Ways{TrackAfter: after, OnReply: forum.Level(level)})
	return done(c, err, "saved", views.ReadingAddress)
}
