package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"guildhall/models/id"
	"guildhall/models/prose"
	"guildhall/views"
)

// choosePost takes a vote in a poll of a post: the options that were chosen, or none to take it back.
func (s *Site) choosePost(c echo.Context) error {
	_, p, t, err := s.postAt(c)
	if err != nil {
		return err
	}
	f := typed(c)
	poll, _ := strconv.Atoi(f.values.Get("poll"))
	chosen := choices(f.values["choice"])
	if _, err := s.club.Forum.Choose(c.Request().Context(), viewer(c), p.ID, poll, chosen); err != nil {
		return err
	}
	if len(chosen) > 0 {
		say(c, "chosen")
	} else {
		say(c, "unchosen")
	}
	return s.toTopic(c, t, p.Number)
}

// choices are the options of a form. The button that takes a vote back brings a word for none beside them.
func choices(values []string) (chosen []int) {
	for _, value := range values[:min(len(values), prose.MaxOptions+1)] {
		n, err := strconv.Atoi(value)
		if err != nil {
			return nil
		}
		chosen = append(chosen, n)
	}
	return chosen
}

// polls draws the polls of one post as the viewer has them, for a page whose copy came over the line.
func (s *Site) polls(c echo.Context) error {
	sp, p, t, err := s.postAt(c)
	if err != nil {
		return err
	}
	ctx, v := c.Request().Context(), viewer(c)
	votes, err := s.club.Forum.Ballots(ctx, v, p)
	if err != nil {
		return err
	}
	r, err := s.reader(c)
	if err != nil {
		return err
	}
	c.SetRequest(c.Request().WithContext(views.WithReader(ctx, r)))
	mine := views.Mine{Chooses: v.CanReact(t) == nil, Polls: votes}
	return draw(c, http.StatusOK, views.Polls(views.Posted{Post: p, Topic: t.Topic, In: sp}, mine))
}

// votes shows who voted for what, in a poll that says so.
func (s *Site) voters(c echo.Context) error {
	sp, p, t, err := s.postAt(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	number, _ := strconv.Atoi(c.QueryParam("poll"))
	page := views.VotesPage{Posted: views.Posted{Post: p, Topic: t.Topic, In: sp}}
	if page.Poll, page.Ballot, page.Chosen, err = s.club.Forum.Voters(ctx, viewer(c), p, number); err != nil {
		return err
	}
	var who []id.ID
	for i := range page.Poll.Options {
		who = append(who, page.Chosen[i+1]...)
		page.More = page.More || int64(len(page.Chosen[i+1])) < page.Ballot.Votes[i]
	}
	if page.People, err = s.people(ctx, who); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Votes(page))
}
