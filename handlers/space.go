package handlers

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// into returns the space of the address, in which the viewer may read: a closed one answers with
// its door, and one that is not listed never was.
func (s *Site) into(c echo.Context) (space.Space, error) {
	sp, err := s.club.Spaces.BySlug(c.Request().Context(), viewer(c), c.Param("space"))
	if err != nil {
		return sp, err
	}
	return sp, viewer(c).CanEnter(sp.ID)
}

// space shows a space's topics.
func (s *Site) space(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	sp, err := s.into(c)
	if err != nil {
		return err
	}
	section, err := s.club.Spaces.Section(ctx, v, sp.SectionID)
	if err != nil {
		return err
	}
	page := views.SpacePage{Space: sp, Section: section.Name, Owner: v.Owner()}
	page.Listing = views.Listing{Root: views.SpaceAddress(sp.Slug), In: sp.Slug, Questions: sp.Kind == space.Questions}
	page.Starts, page.Refused = mayStart(v, sp)
	page.Keeps = v.Keeps(sp.ID)
	if err := s.fillSpace(c, &page); err != nil {
		return err
	}
	if err := s.lookedIn(c, sp); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Space(page))
}

// lookedIn notes that somebody looks at a space in which something is new to them: now it is not. A
// page that is only looked at again writes nothing.
func (s *Site) lookedIn(c echo.Context, sp space.Space) error {
	beside, err := s.beside(c)
	if err != nil {
		return err
	}
	e := beside.Entry(sp.ID)
	if e == nil || e.New == 0 {
		return nil
	}
	e.New = 0
	return s.club.Forum.LookedIn(c.Request().Context(), viewer(c), sp.ID)
}

func (s *Site) fillSpace(c echo.Context, page *views.SpacePage) error {
	ctx, v, sp := c.Request().Context(), viewer(c), page.Space
	of := s.asksOf(c)
	of.Space = sp.ID
	spaces := map[id.ID]space.Space{sp.ID: sp}
	var pinned []forum.Listed
	var err error
	if of.Filter == forum.Latest && c.QueryParam("after") == "" {
		if pinned, err = s.club.Forum.Pinned(ctx, v, sp.ID); err != nil {
			return err
		}
	}
	if page.Pinned, err = s.fillListing(c, &page.Listing, of, spaces, pinned...); err != nil {
		return err
	}
	return s.fillHere(c, sp, page)
}

// mostHere is how many people are shown of those who are in a room.
const mostHere = 4

// fillHere shows who is in the space's room: to those who may read it.
func (s *Site) fillHere(c echo.Context, sp space.Space, page *views.SpacePage) error {
	beside, err := s.beside(c)
	if err != nil {
		return err
	}
	e := beside.Entry(sp.ID)
	if e == nil || e.Room == 0 {
		return nil
	}
	few, all, err := s.present(c.Request().Context(), viewer(c), e.Room, mostHere)
	if err != nil {
		return err
	}
	people, err := s.people(c.Request().Context(), few)
	page.Here, page.HereN = those(few, people), all
	return err
}

func those(ids []id.ID, people map[id.ID]views.Person) (all []views.Person) {
	for _, m := range ids {
		all = append(all, people[m])
	}
	return all
}

// rows makes topics ready to be drawn in a list, in a fixed number of statements.
func (s *Site) rows(ctx context.Context, v access.Viewer, topics []forum.Listed, spaces map[id.ID]space.Space) ([]views.Row, error) {
	if len(topics) == 0 {
		return nil, nil
	}
	keys := make([]id.ID, len(topics))
	for i, t := range topics {
		keys[i] = t.ID
	}
	lately, err := s.club.Forum.Lately(ctx, keys)
	if err != nil {
		return nil, err
	}
	var ids []id.ID
	for _, t := range topics {
		ids = append(append(ids, t.AuthorID), lately[t.ID]...)
	}
	people, err := s.people(ctx, ids)
	if err != nil {
		return nil, err
	}
	rows := make([]views.Row, len(topics))
	for i, t := range topics {
		rows[i] = views.Row{Listed: t, In: spaces[t.SpaceID], Author: people[t.AuthorID], New: t.New(v), Where: len(spaces) > 1}
		if t.LastBy != nil {
			rows[i].Last = people[*t.LastBy]
		}
		rows[i].Lately = others(lately[t.ID], t.AuthorID, people)
	}
	return rows, nil
}

// mostLately is how many crests stand at the end of a row.
const mostLately = 3

func others(ids []id.ID, but id.ID, people map[id.ID]views.Person) (few []views.Person) {
	for _, m := range ids {
		if m != but && len(few) < mostLately {
			few = append(few, people[m])
		}
	}
	return few
}

func filterOf(c echo.Context) forum.Filter {
	f := forum.Filter(c.QueryParam("show"))
	if slices.Contains(forum.Filters, f) {
		return f
	}
	return forum.Latest
}

func mayStart(v access.Viewer, sp space.Space) (yes bool, refused string) {
	err := v.CanStart(sp.ID)
	if p := problem.Of(err); p != nil {
		return false, p.Text
	}
	return err == nil, ""
}
