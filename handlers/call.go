package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/member"
	"guildhall/models/prose"
	"guildhall/models/space"
	"guildhall/views"
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

// untoldOr is the word for what was written: that somebody whom it mentions cannot read it, or is not told as
// there are too many, or the given one.
func untoldOr(word string, untold bool, text string) string {
	switch {
	case untold:
		return "untold"
	case len(tooMany(text)) > 0:
		return "too-many"
	}
	return word
}

// tooMany are the handles that a text mentions after those who are told.
func tooMany(text string) []string {
	if strings.Count(text, "@") <= member.MostMentioned {
		return nil
	}
	cooked, err := prose.Post(text)
	if err != nil {
		return nil
	}
	return cooked.Mentions[min(len(cooked.Mentions), member.MostMentioned):]
}

// untold are the members whom a text that is being written in a space mentions, and who cannot read it.
func (s *Site) untold(c echo.Context, text string) ([]string, error) {
	slug := typed(c).text("space", 100)
	if slug == "" {
		return nil, nil
	}
	sp, err := s.club.Spaces.BySlug(c.Request().Context(), viewer(c), slug)
	if err != nil {
		return nil, nil // then nothing is told of who else may
	}
	return s.untoldIn(c, sp, text)
}

// untoldIn is untold for a space that was found, to those who may enter it.
func (s *Site) untoldIn(c echo.Context, sp space.Space, text string) ([]string, error) {
	if viewer(c).CanEnter(sp.ID) != nil {
		return nil, nil
	}
	cooked, err := prose.Post(text)
	if err != nil {
		return nil, nil
	}
	return s.club.Members.Untold(c.Request().Context(), access.Place{SpaceID: sp.ID}, cooked.Mentions)
}

// previewIn puts a text as it would look in a space into its form, for a page that is drawn again.
func (s *Site) previewIn(c echo.Context, form *views.Compose, sp space.Space, text string) (err error) {
	preview(form, text)
	form.TooMany = tooMany(text)
	form.Untold, err = s.untoldIn(c, sp, text)
	return err
}
