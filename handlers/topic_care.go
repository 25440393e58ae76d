package handlers

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// ordered reads what a form of those who look after a topic asks for.
type ordered func(*Site, echo.Context) (forum.Command, error)

// cares makes a handler of one of those forms. What cannot be taken comes back on the page of all of them.
func cares(form string, read ordered) func(*Site, echo.Context) error {
	return func(s *Site, c echo.Context) error {
		sp, t, err := s.topicAt(c)
		if err != nil {
			return err
		}
		order, err := read(s, c)
		order.Why = typed(c).values.Get("why")
		var line id.ID
		if err == nil {
			t.Topic, line, err = s.club.Forum.Act(c.Request().Context(), viewer(c), t.ID, order)
		}
		if p := fault(c, err); p != nil && viewer(c).Keeps(sp.ID) {
			return s.drawCare(c, kinds[p.Kind].status, sp, t, form, p)
		}
		if err != nil {
			return err
		}
		sayDeed(c, order.Do, line)
		return s.toTopic(c, t, 0)
	}
}

// switched reads a form that turns something on or off.
func switched(on, off forum.Deed) ordered {
	return func(_ *Site, c echo.Context) (forum.Command, error) {
		if typed(c).values.Get("on") == "true" {
			return forum.Command{Do: on}, nil
		}
		return forum.Command{Do: off}, nil
	}
}

// pinned reads until when a topic stands at the top.
func pinned(s *Site, c echo.Context) (forum.Command, error) {
	order, err := switched(forum.ToPin, forum.ToUnpin)(s, c)
	if err != nil || order.Do == forum.ToUnpin {
		return order, err
	}
	order.Until, err = s.dayEnds(c, "until")
	return order, err
}

// slowed reads how slow a topic is to be.
func slowed(_ *Site, c echo.Context) (forum.Command, error) {
	seconds, err := strconv.ParseInt(typed(c).values.Get("seconds"), 10, 64)
	if err != nil {
		return forum.Command{}, problem.Invalid("seconds", "Choose a pace.")
	}
	return forum.Command{Do: forum.ToSlow, Seconds: seconds}, nil
}

// retitled reads a new title.
func retitled(_ *Site, c echo.Context) (forum.Command, error) {
	return forum.Command{Do: forum.ToRename, Title: typed(c).values.Get("title")}, nil
}

// retitle changes a topic's title: for those who look after it as their other forms do, or for its author.
func (s *Site) retitle(c echo.Context) error {
	sp, t, err := s.topicAt(c)
	if err != nil {
		return err
	}
	if viewer(c).Keeps(sp.ID) {
		return cares("title", retitled)(s, c)
	}
	if _, err := s.club.Forum.Retitle(c.Request().Context(), viewer(c), t.ID, typed(c).values.Get("title")); err != nil {
		return err
	}
	say(c, "saved")
	return s.toTopic(c, t, 0)
}

// given reads whose a topic is to be.
func given(s *Site, c echo.Context) (forum.Command, error) {
	m, err := s.typedMember(c, "owner")
	return forum.Command{Do: forum.ToGive, To: m.ID}, err
}

// carried reads the space that a topic is to go to.
func carried(s *Site, c echo.Context) (forum.Command, error) {
	to, err := s.club.Spaces.BySlug(c.Request().Context(), viewer(c), typed(c).text("space", 60))
	return forum.Command{Do: forum.ToMove, To: to.ID}, err
}

// timed reads a timer: to be set, or taken away.
func timed(s *Site, c echo.Context) (order forum.Command, err error) {
	f := typed(c)
	m := &forum.Timer{Do: forum.Deed(f.values.Get("do"))}
	order = forum.Command{Do: forum.ToTime, Timer: m}
	if f.on("off") {
		return order, nil
	}
	if m.At, err = s.moment(c, "at"); err != nil {
		return order, err
	}
	if days := strings.TrimSpace(f.values.Get("quiet")); days != "" {
		if m.Quiet, err = strconv.Atoi(days); err != nil || m.Quiet < 1 {
			return order, problem.Invalid("quiet", "Write a number of days.")
		}
	}
	if m.At == nil && m.Quiet == 0 {
		return order, problem.Invalid("at", "Choose a time, or a number of quiet days.")
	}
	return order, nil
}

// moment is the instant typed under name, as the reader's clock shows it; nothing for none.
func (s *Site) moment(c echo.Context, name string) (*time.Time, error) {
	text := strings.TrimSpace(typed(c).values.Get(name))
	if text == "" {
		return nil, nil
	}
	r, err := s.reader(c)
	if err != nil {
		return nil, err
	}
	at, err := time.ParseInLocation("2006-01-02T15:04", text[:min(len(text), 16)], r.Zone)
	if err != nil {
		return nil, problem.Invalid(name, "Write the time as year, month, day, hour and minute: 2030-11-30T18:00.")
	}
	at = at.UTC()
	return &at, nil
}

// careTopic is the page on which a topic is looked after.
func (s *Site) careTopic(c echo.Context) error {
	sp, t, err := s.keptTopic(c)
	if err != nil {
		return err
	}
	return s.drawCare(c, http.StatusOK, sp, t, "", nil)
}

// keptTopic is the topic of the address, for those who look after it.
func (s *Site) keptTopic(c echo.Context) (space.Space, forum.Listed, error) {
	sp, t, err := s.topicAt(c)
	if err != nil {
		return sp, t, err
	}
	return sp, t, viewer(c).CanModerate(t)
}

// drawCare draws the forms around what was typed into the one that was refused.
func (s *Site) drawCare(c echo.Context, status int, sp space.Space, t forum.Listed, form string, wrong *problem.Problem) error {
	page := views.CarePage{Topic: t, Space: sp, Form: form, Typed: map[string]string{}}
	for _, name := range []string{"why", "until", "seconds", "title", "owner", "space", "do", "at", "quiet", "into"} {
		page.Typed[name] = typed(c).values.Get(name)
	}
	if wrong != nil {
		page.Faults = views.FaultsOf(wrong)
	}
	var err error
	if page.Moves, err = s.moves(c, sp); err != nil {
		return err
	}
	if page.People, err = s.people(c.Request().Context(), []id.ID{t.AuthorID}); err != nil {
		return err
	}
	return s.page(c, status, page.Head(), views.Care(page))
}

// mergeTopic merges the topic of the address into the one whose address was typed.
func (s *Site) mergeTopic(c echo.Context) error {
	sp, t, err := s.keptTopic(c)
	if err != nil {
		return err
	}
	into, err := s.typedTopic(c, "into")
	var line id.ID
	if err == nil {
		into.Topic, line, err = s.club.Forum.Merge(c.Request().Context(), viewer(c), t.ID, into.ID, typed(c).values.Get("why"))
	}
	if p := fault(c, err); p != nil {
		return s.drawCare(c, kinds[p.Kind].status, sp, t, "merge", p)
	}
	if err != nil {
		return err
	}
	sayDeed(c, "merge", line)
	return s.toTopic(c, into, 0)
}

// typedTopic is the topic whose address was typed under name. One that the reader does not look after, and
// one that never was, are answered alike.
func (s *Site) typedTopic(c echo.Context, name string) (t forum.Listed, err error) {
	_, rest, _ := strings.Cut(typed(c).values.Get(name), "/t/")
	key, _, _ := strings.Cut(rest, "/")
	key, _, _ = strings.Cut(key, "?")
	t, err = s.club.Forum.Topic(c.Request().Context(), viewer(c), parseID(strings.TrimSpace(key)))
	if problem.Of(err) != nil || err == nil && !viewer(c).Keeps(t.SpaceID) {
		return t, problem.Invalid(name, "There is no such topic in a space that you keep. Copy its address from the browser.")
	}
	return t, err
}
