package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/prose"
	"guildhall/models/space"
)

// nearby are those who are in a space at this moment: in its room, and in the topic in which is written.
// Nobody is looked for unless a text calls them.
func (s *Site) nearby(c echo.Context, text string, sp space.Space, at id.ID) (all []id.ID, err error) {
	if !strings.Contains(text, "@"+member.Here) || !viewer(c).Keeps(sp.ID) {
		return nil, nil
	}
	beside, err := s.beside(c)
	if err != nil {
		return nil, err
	}
	places := []id.ID{at}
	if e := beside.Entry(sp.ID); e != nil && e.Room != 0 && e.Room != at {
		places = append(places, e.Room)
	}
	in, err := s.here(c.Request().Context(), viewer(c), places...)
	for _, members := range in {
		all = append(all, members...)
	}
	return all, err
}

// postedWord is what is said of a post that was taken.
func postedWord(p forum.Post) string {
	if len(p.Untold) > 0 {
		return "untold"
	}
	return "posted"
}

// untold are the members whom a text that is being written in a space mentions, and who cannot read it.
func (s *Site) untold(c echo.Context, text string) ([]string, error) {
	slug := typed(c).text("space", 100)
	if slug == "" {
		return nil, nil
	}
	ctx, v := c.Request().Context(), viewer(c)
	sp, err := s.club.Spaces.BySlug(ctx, v, slug)
	if err != nil || v.CanEnter(sp.ID) != nil {
		return nil, nil // then nothing is told of who else may
	}
	cooked, err := prose.Post(text)
	if err != nil {
		return nil, nil
	}
	return s.club.Members.Untold(ctx, access.Place{SpaceID: sp.ID}, cooked.Mentions)
}
