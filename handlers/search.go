package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/id"
	"guildhall/models/search"
	"guildhall/views"
)

// suggested is how many things are offered while somebody types; of what they asked for before, fewer.
const (
	suggested = 7
	recalled  = 5
)

// asksFor reads the question of an address, with its days in the zone of the one who asks.
func (s *Site) asksFor(c echo.Context) (q search.Query, r views.Reader, err error) {
	if r, err = s.reader(c); err != nil {
		return q, r, err
	}
	asked := c.QueryParam("q")
	if room := c.QueryParam("room"); room != "" {
		asked = "room:" + room + " " + asked
	}
	return search.Parse(asked, r.Now.In(r.Zone)), r, nil
}

// search is the page on which one asks. What a member asks for is remembered for them alone.
func (s *Site) search(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	q, _, err := s.asksFor(c)
	if err != nil {
		return err
	}
	after := search.Cursor(c.QueryParam("after"))
	page := views.SearchPage{Query: q, Later: after != ""}
	if q.Empty() {
		page.History, err = s.club.Search.History(ctx, v)
	} else {
		err = s.lookFor(c, &page, after)
	}
	if err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Search(page))
}

func (s *Site) lookFor(c echo.Context, page *views.SearchPage, after search.Cursor) (err error) {
	ctx, v := c.Request().Context(), viewer(c)
	if page.Answer, err = s.club.Search.Find(ctx, v, page.Query, after); err != nil {
		return err
	}
	if page.Hits, err = s.searchHits(c, page.Answer.Hits); err != nil {
		return err
	}
	beside, err := s.beside(c)
	if err != nil {
		return err
	}
	page.Asks = newTopicIn(v, beside.Wings)
	if page.Later {
		return nil
	}
	return s.club.Search.Remember(ctx, v, page.Query)
}

// searchHits names those who wrote what was found.
func (s *Site) searchHits(c echo.Context, found []search.Hit) ([]views.SearchHit, error) {
	by := make([]id.ID, len(found))
	for i, h := range found {
		by[i] = h.By
	}
	people, err := s.people(c.Request().Context(), by)
	hits := make([]views.SearchHit, len(found))
	for i, h := range found {
		hits[i] = views.SearchHit{Hit: h, Author: people[h.By]}
	}
	return hits, err
}

// suggest is what is offered while somebody types: before the first letter what they asked for lately.
func (s *Site) suggest(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	q, r, err := s.asksFor(c)
	if err != nil {
		return err
	}
	offer := views.Suggestions{Text: q.Text}
	if q.Text == "" {
		offer.History, err = s.club.Search.History(ctx, v)
		offer.History = offer.History[:min(recalled, len(offer.History))]
	} else if offer.Answer, err = s.club.Search.Quick(ctx, v, q, suggested); err == nil {
		for _, h := range offer.Answer.Hits {
			offer.Hits = append(offer.Hits, views.SearchHit{Hit: h})
		}
	}
	if err != nil {
		return err
	}
	c.SetRequest(c.Request().WithContext(views.WithReader(ctx, r)))
	return draw(c, http.StatusOK, views.Suggest(offer))
}

// forgetSearch drops one thing that the viewer asked for.
func (s *Site) forgetSearch(c echo.Context) error {
	if err := s.club.Search.Forget(c.Request().Context(), viewer(c), pathID(c, "asked")); err != nil {
		return err
	}
	say(c, "forgot")
	return seeOther(c, views.SearchRoot)
}

// forgetSearches drops all of it.
func (s *Site) forgetSearches(c echo.Context) error {
	if err := s.club.Search.ForgetAll(c.Request().Context(), viewer(c)); err != nil {
		return err
	}
	say(c, "forgot")
	return seeOther(c, views.SearchRoot)
}
