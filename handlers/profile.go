package handlers

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/home"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/standing"
	"guildhall/views"
)

// profile is a member's page.
func (s *Site) profile(c echo.Context) error {
	m, err := s.club.Members.ByHandle(c.Request().Context(), c.Param("handle"))
	if err != nil {
		return err
	}
	page, err := s.profilePage(c, m)
	if err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Profile(page))
}

// mostWork is how many topics of a member their page lists.
const mostWork = 6

func (s *Site) profilePage(c echo.Context, m member.Member) (page views.ProfilePage, err error) {
	ctx, v := c.Request().Context(), viewer(c)
	people, err := s.people(ctx, []id.ID{m.ID})
	if err != nil {
		return page, err
	}
	page = views.ProfilePage{Person: people[m.ID], Member: m, Own: v.ID == m.ID, Owner: v.Owner(), Reader: v.SignedIn() && v.ID != m.ID}
	if page.Reader {
		if page.Blocks, err = s.club.Bell.Blocks(ctx, v, m.ID); err != nil {
			return page, err
		}
		if page.Ignores, err = s.club.Bell.Ignores(ctx, v, m.ID); err != nil {
			return page, err
		}
	}
	if page.Card, err = s.club.Standing.Of(ctx, m.ID); err != nil {
		return page, err
	}
	if page.Ladder, err = s.club.Standing.Ladder(ctx); err != nil {
		return page, err
	}
	if page.Badges, err = s.club.Standing.Badges(ctx); err != nil {
		return page, err
	}
	topics, err := s.club.Forum.By(ctx, v, m.ID, mostWork)
	if err != nil {
		return page, err
	}
	spaces, err := s.spaces(ctx, v)
	if err != nil {
		return page, err
	}
	if page.Work, err = s.rows(ctx, v, topics, spaces); err != nil {
		return page, err
	}
	if standing.MayLedger(v, m.ID) != nil {
		return page, nil
	}
	return page, s.fillLedger(c, &page)
}

// fillLedger adds why the score is what it is, for those who may read that.
func (s *Site) fillLedger(c echo.Context, page *views.ProfilePage) error {
	ctx, v := c.Request().Context(), viewer(c)
	ledger, err := s.club.Standing.Ledger(ctx, v, page.Member.ID)
	if err != nil {
		return err
	}
	lines, next, err := s.club.Standing.Lines(ctx, v, page.Member.ID, standing.Cursor(c.QueryParam("after")))
	if err != nil {
		return err
	}
	page.Ledger, page.Next, page.Later = &ledger, string(next), c.QueryParam("after") != ""
	page.Lines, err = s.entries(ctx, v, page.Member.ID, lines)
	return err
}

// entries names what the lines of a ledger were about, where that may be read.
func (s *Site) entries(ctx context.Context, _ access.Viewer, of id.ID, lines []standing.Line) ([]views.Entry, error) {
	var givers, subjects, places []id.ID
	for _, l := range lines {
		givers = append(givers, l.From)
		if l.Place != 0 {
			subjects, places = append(subjects, l.On), append(places, l.Place)
		}
	}
	people, err := s.people(ctx, givers)
	if err != nil {
		return nil, err
	}
	spots, err := s.club.Home.Spots(ctx, subjects, places)
	if err != nil {
		return nil, err
	}
	entries := make([]views.Entry, len(lines))
	for i, l := range lines {
		entries[i] = views.Entry{Line: l}
		if l.From != of {
			entries[i].From = people[l.From]
		}
		if spot, ok := spots[l.On]; ok {
			entries[i].What, entries[i].Href = spot.Title, spotAddress(spot)
		} else if spot, ok := spots[l.Place]; ok {
			entries[i].What, entries[i].Href = spot.Title, spotAddress(spot)
		}
	}
	return entries, nil
}

func spotAddress(s home.Spot) string {
	if s.TopicID == 0 {
		return views.RoomAddress(s.Space)
	}
	return views.PostAddress(s.Space, s.TopicID, s.Slug, s.Number)
}

// ownProfile leads a member to their page.
func (s *Site) ownProfile(c echo.Context) error {
	return seeOther(c, views.MemberAddress(visit(c).Member.Handle))
}
