package handlers

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/home"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/site"
	"guildhall/models/space"
	"guildhall/views"
)

// home is where a member arrives, and what a stranger sees of the club.
func (s *Site) home(c echo.Context) error {
	if !viewer(c).SignedIn() {
		return s.hall(c)
	}
	ctx, v := c.Request().Context(), visit(c)
	since, err := s.club.Home.Since(ctx, v.Viewer, v.Member.CaughtUpAt)
	if err != nil {
		return err
	}
	spaces, err := s.spaces(ctx, v.Viewer)
	if err != nil {
		return err
	}
	people, err := s.people(ctx, peopleOf(since, v.Viewer.ID))
	if err != nil {
		return err
	}
	page := views.HomePage{Me: people[v.Viewer.ID], At: since.At, Items: views.ItemsOf(since, people[v.Viewer.ID], spaces, people)}
	if page.Waiting, err = s.rows(ctx, v.Viewer, since.Waiting, spaces); err != nil {
		return err
	}
	if page.Standing, err = s.club.Standing.Of(ctx, v.Viewer.ID); err != nil {
		return err
	}
	if page.Rooms, err = s.busy(c); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Home(page))
}

// peopleOf lists whom home names.
func peopleOf(since home.Since, me id.ID) []id.ID {
	ids := []id.ID{me}
	for _, t := range since.Topics {
		ids = append(ids, t.AuthorID)
		if t.LastBy != nil {
			ids = append(ids, *t.LastBy)
		}
	}
	for _, n := range since.Notes {
		if n.ActorID != nil {
			ids = append(ids, *n.ActorID)
		}
	}
	return ids
}

// spaces are those that are listed for v, by id.
func (s *Site) spaces(ctx context.Context, v access.Viewer) (map[id.ID]space.Space, error) {
	seen, err := s.club.Spaces.Seen(ctx, v)
	of := make(map[id.ID]space.Space, len(seen))
	for _, sp := range seen {
		of[sp.ID] = sp
	}
	return of, err
}

// busy are the rooms that the viewer may read in which somebody is now.
func (s *Site) busy(c echo.Context) (all []views.Busy, err error) {
	beside, err := s.beside(c)
	if err != nil {
		return nil, err
	}
	in, err := s.here(c.Request().Context(), viewer(c), rooms(beside)...)
	if err != nil {
		return nil, err
	}
	var ids []id.ID
	var few [][]id.ID
	for _, w := range beside.Wings {
		for _, e := range w.Spaces {
			if here := in[e.Room]; len(here) > 0 {
				all = append(all, views.Busy{Name: e.Name, Href: views.RoomAddress(e.Slug), N: int64(len(here))})
				here = here[:min(mostHere, len(here))]
				ids, few = append(ids, here...), append(few, here)
			}
		}
	}
	people, err := s.people(c.Request().Context(), ids)
	for i := range all {
		all[i].People = those(few[i], people)
	}
	return all, err
}

// mostOpen is how many topics a stranger is shown.
const mostOpen = 8

// hall is the front page for somebody who is not signed in: the rooms, and what anybody may read.
func (s *Site) hall(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	club, err := s.club.Site.Club(ctx)
	if err != nil {
		return err
	}
	seen, err := s.club.Spaces.Seen(ctx, v)
	if err != nil {
		return err
	}
	page, spaces := views.GuestPage{Club: club}, map[id.ID]space.Space{}
	if page.Front, err = s.club.Site.Page(ctx, v, site.FrontPage); err != nil && problem.Of(err) == nil {
		return err
	}
	if page.Tiers, err = s.club.Access.Tiers(ctx); err != nil {
		return err
	}
	for _, sp := range seen {
		spaces[sp.ID] = sp
		room := views.OpenRoom{Space: sp}
		if v.CanEnter(sp.ID) != nil {
			room.Locked = lockedBy(v)(home.Entry{Space: sp})
		}
		page.Rooms = append(page.Rooms, room)
	}
	topics, err := s.club.Forum.Recent(ctx, v, mostOpen)
	if err != nil {
		return err
	}
	if page.Topics, err = s.rows(ctx, v, topics, spaces); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.GuestHome(page))
}

// caughtUp marks everything as read: home begins anew from now.
func (s *Site) caughtUp(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	if err := s.club.Members.CaughtUp(ctx, v); err != nil {
		return err
	}
	if err := s.club.Bell.Read(ctx, v, 0); err != nil {
		return err
	}
	say(c, "read")
	return seeOther(c, "/")
}
