package handlers

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/views"
)

// door answers for a space that is listed and closed to whoever asks: with what its owner lets its
// door show, which keys open it, and how far each is. What was asked for below it is not looked up.
func (s *Site) door(c echo.Context, shut *access.Shut) error {
	ctx, v := c.Request().Context(), viewer(c)
	sp, err := s.club.Spaces.Get(ctx, v, shut.Space)
	if err != nil {
		return err
	}
	section, err := s.club.Spaces.Section(ctx, v, sp.SectionID)
	if err != nil {
		return err
	}
	page := views.DoorPage{Section: section.Name, Guest: !v.SignedIn(), Carried: s.carried(c)}
	if page.Door, err = s.club.Spaces.Door(ctx, v, sp, shut.Verb); err != nil {
		return err
	}
	if page.Find, err = s.find(ctx, v, page.Ways); err != nil {
		return err
	}
	return s.page(c, http.StatusForbidden, page.Head(), views.Door(page))
}

// find is a question that v could answer just now, where points would open the door; or nothing.
func (s *Site) find(ctx context.Context, v access.Viewer, ways []access.Way) (string, error) {
	if !v.SignedIn() || !earnable(ways) {
		return "", nil
	}
	waiting, err := s.club.Forum.Waiting(ctx, v, 1)
	if err != nil || len(waiting) == 0 {
		return "", err
	}
	t := waiting[0]
	sp, err := s.club.Spaces.Get(ctx, v, t.SpaceID)
	return views.TopicAddress(sp.Slug, t.ID, t.Slug), err
}

func earnable(ways []access.Way) bool {
	for _, way := range ways {
		for _, need := range way {
			if !need.Met && need.Gap > 0 && oneOf(need.Key.Kind, access.StatusKey, access.ScoreKey) {
				return true
			}
		}
	}
	return false
}
