package handlers

import (
	"context"
	"net/http"
	"strings"
	"time"

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
	newcomer := s.club.Now(ctx).Sub(v.Member.JoinedAt) < firstDays
	ever := v.Member.CaughtUpAt
	if newcomer {
		ever = v.Member.JoinedAt
	}
	since, err := s.club.Home.Since(ctx, v.Viewer, v.Member.CaughtUpAt, ever)
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
	page := views.HomePage{Me: people[v.Viewer.ID], At: since.At, Gains: since.Gains, Unlisted: since.More, Newcomer: newcomer, First: v.Member.CaughtUpAt.Equal(v.Member.JoinedAt)}
	page.Items, page.New = views.Concerning(views.ItemsOf(since, people[v.Viewer.ID], spaces, people))
	if newcomer {
		page.Steps = views.FirstSteps(v.Member, since.Gains, beginsIn(v.Viewer, spaces))
	}
	rows, err := s.rows(ctx, v.Viewer, append(since.Announced, since.Waiting...), spaces)
	if err != nil {
		return err
	}
	page.Announced, page.Waiting = rows[:len(since.Announced)], rows[len(since.Announced):]
	if page.Standing, err = s.club.Standing.Plain(ctx, v.Viewer.ID); err != nil {
		return err
	}
	if page.Rooms, err = s.busy(c, since.Lively); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Home(page))
}

// firstDays is how long somebody is shown first steps.
const firstDays = 21 * 24 * time.Hour

// beginsIn is where a newcomer introduces themselves: the space of that name, or any that they choose.
func beginsIn(v access.Viewer, spaces map[id.ID]space.Space) string {
	for key, sp := range spaces {
		if strings.HasPrefix(sp.Slug, "introduc") && v.CanStart(key) == nil {
			return views.NewTopicAddress(sp.Slug)
		}
	}
	return views.NewTopicAddress("")
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

// busy are the rooms that the viewer may read in which somebody is now, or spoke a moment ago.
func (s *Site) busy(c echo.Context, lively map[id.ID]time.Time) (all []views.Busy, err error) {
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
			here, spoken := in[e.Room], lively[e.Room]
			if e.Room != 0 && (len(here) > 0 || !spoken.IsZero()) {
				all = append(all, views.Busy{Name: e.Name, Href: views.RoomAddress(e.Slug), N: int64(len(here)), Spoken: spoken})
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
	page := views.GuestPage{Club: club}
	var spaces map[id.ID]space.Space
	if page.Rooms, spaces, err = s.openRooms(ctx, v); err != nil {
		return err
	}
	if page.Front, err = s.club.Site.Page(ctx, v, site.FrontPage); err != nil && problem.Of(err) == nil {
		return err
	}
	if page.Tiers, err = s.club.Access.Tiers(ctx); err != nil {
		return err
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

// openRooms are the spaces that v may see, in order and by id, each with what opens it.
func (s *Site) openRooms(ctx context.Context, v access.Viewer) (rooms []views.OpenRoom, of map[id.ID]space.Space, err error) {
	seen, err := s.club.Spaces.Seen(ctx, v)
	of = make(map[id.ID]space.Space, len(seen))
	for _, sp := range seen {
		of[sp.ID] = sp
		room := views.OpenRoom{Space: sp}
		if v.CanEnter(sp.ID) != nil {
			room.Locked = lockedBy(v)(home.Entry{Space: sp})
		}
		rooms = append(rooms, room)
	}
	return rooms, of, err
}

// listSpaces is the page of all spaces that the viewer may see.
func (s *Site) listSpaces(c echo.Context) error {
	rooms, _, err := s.openRooms(c.Request().Context(), viewer(c))
	if err != nil {
		return err
	}
	r, err := s.reader(c)
	if err != nil {
		return err
	}
	return s.page(c, http.StatusOK, views.SpacesHead(r.Words), views.SpacesList(rooms))
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
