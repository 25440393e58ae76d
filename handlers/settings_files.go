package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/views"
)

// ownFiles lists what the viewer uploaded, with what it hangs on where they may read that.
func (s *Site) ownFiles(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	after := c.QueryParam("after")
	all, next, err := s.club.Files.Own(ctx, v, files.Cursor(after))
	if err != nil {
		return err
	}
	page := views.FilesPage{Next: string(next), Later: after != ""}
	if page.Used, page.Limit, err = s.club.Files.Used(ctx, v); err != nil {
		return err
	}
	var posts, rooms []id.ID
	for _, f := range all {
		if f.Open {
			posts, rooms = append(posts, *f.SubjectID), append(rooms, *f.PlaceID)
		}
	}
	at, err := s.club.Home.Spots(ctx, posts, rooms)
	if err != nil {
		return err
	}
	for _, f := range all {
		own := views.OwnFile{Own: f}
		if f.Open {
			own.At, own.Found = at[*f.SubjectID]
			if !own.Found {
				own.At, own.Found = at[*f.PlaceID] // it was said in a room
			}
		}
		page.Files = append(page.Files, own)
	}
	return s.page(c, http.StatusOK, page.Head(), views.Files(page))
}

// dropFile removes a file of the viewer's that hangs on nothing.
func (s *Site) dropFile(c echo.Context) error {
	return done(c, s.club.Files.Remove(c.Request().Context(), viewer(c), pathID(c, "file")), "file-gone", views.FilesAddress)
}
