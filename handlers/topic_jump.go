package handlers

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/models/forum"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// stretch is the part of a topic that an address asks for: in questions by votes, elsewhere as it was
// written, unless it says otherwise.
func stretch(c echo.Context, sp space.Space) forum.Stretch {
	s := forum.Stretch{Order: views.UsualOrder(sp), From: numbered(c, "post"), Till: numbered(c, "before")}
	for _, o := range forum.Orders {
		if c.QueryParam("order") == string(o) && sp.Kind == space.Questions {
			s.Order = o
		}
	}
	if s.Order == forum.Oldest {
		s.From = forum.Around(s.From)
	}
	return s
}

// numbered is the number of a post that an address gives; 0 where it gives none.
func numbered(c echo.Context, name string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(c.QueryParam(name)), 10, 64)
	if err != nil {
		return 0
	}
	return max(0, n)
}

// jumps tells whether an address asks for the way to a day or to a number, and not for a page.
func jumps(c echo.Context) bool { return c.QueryParam("at") != "" || c.QueryParam("to") != "" }

// jump leads to the first post of a day, by the reader's clock, or to a number, in the order of time.
func (s *Site) jump(c echo.Context, sp space.Space, t forum.Listed) error {
	number, err := s.landing(c, t)
	if p := problem.Of(err); p != nil && !wantsJSON(c) {
		page, err := s.topicPage(c, sp, t)
		if err != nil {
			return err
		}
		page.Jump = views.JumpForm{At: c.QueryParam("at"), To: c.QueryParam("to"), Faults: views.FaultsOf(p)}
		return s.page(c, kinds[p.Kind].status, page.Head(), views.Topic(page))
	}
	if err != nil {
		return err
	}
	return seeOther(c, views.PostInTime(sp, t.Topic, number))
}

func (s *Site) landing(c echo.Context, t forum.Listed) (int64, error) {
	if c.QueryParam("to") != "" {
		n := numbered(c, "to")
		if n == 0 {
			return 0, problem.Invalid("to", "Give the number of a post, from 1 to %d.", t.LastNumber)
		}
		return min(n, t.LastNumber), nil
	}
	reader, err := s.reader(c)
	if err != nil {
		return 0, err
	}
	day, err := time.ParseInLocation(time.DateOnly, strings.TrimSpace(c.QueryParam("at")), reader.Zone)
	if err != nil {
		return 0, problem.Invalid("at", "Write the day as %s.", reader.Now.In(reader.Zone).Format(time.DateOnly))
	}
	return s.club.Forum.NumberAt(c.Request().Context(), t.Topic, day)
}

// summary shows the best of a topic. It marks nothing as read.
func (s *Site) summary(c echo.Context, sp space.Space, t forum.Listed) error {
	best, err := s.club.Forum.Summary(c.Request().Context(), viewer(c), t)
	if err != nil {
		return err
	}
	page, err := s.pageAround(c, sp, t, best)
	if err != nil {
		return err
	}
	page.Summary = true
	return s.page(c, http.StatusOK, page.Head(), views.Topic(page))
}
