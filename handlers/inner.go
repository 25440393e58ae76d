package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"guildhall/models/prose"
)

// nameLinks lets the club's own bare addresses in cooked texts show what v knows them by. Texts without
// any ask nothing of the database, all others together one statement.
//
// Dates are said in the zone of the reader.
func (s *Site) nameLinks(c echo.Context, texts ...*string) error {
	ctx, v := c.Request().Context(), viewer(c)
	r, err := s.reader(c)
	if err != nil {
		return err
	}
	for _, text := range texts {
		*text = prose.InZone(*text, r.Zone)
	}
	var paths []string
	for _, text := range texts {
		paths = append(paths, prose.Inner(*text, s.conf.BaseURL)...)
	}
	if len(paths) == 0 {
		return nil
	}
	slices.Sort(paths)
	names, err := s.club.Home.Inner(ctx, v, slices.Compact(paths))
	if err != nil {
		return err
	}
	for _, text := range texts {
		*text = prose.Named(*text, s.conf.BaseURL, names)
	}
	return nil
}
