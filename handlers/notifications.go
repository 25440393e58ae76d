package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/home"
	"guildhall/models/id"
	"guildhall/views"
)

// notesPerPage is how many notifications a page lists; notesInPanel how many the bell's panel shows.
const (
	notesPerPage = 30
	notesInPanel = 5
)

// notifications lists what the reader was told.
func (s *Site) notifications(c echo.Context) error {
	after := home.Cursor(c.QueryParam("after"))
	notes, next, err := s.notes(c, after, notesPerPage)
	if err != nil {
		return err
	}
	page := views.NotificationsPage{Notes: notes, Next: string(next), Later: after != ""}
	if page.Unread, err = s.club.Bell.Unread(c.Request().Context(), viewer(c)); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Notifications(page))
}

// latestNotes are the few that the bell's panel asks for as it opens.
func (s *Site) latestNotes(c echo.Context) error {
	notes, _, err := s.notes(c, "", notesInPanel)
	if err != nil {
		return err
	}
	r, err := s.reader(c)
	if err != nil {
		return err
	}
	c.SetRequest(c.Request().WithContext(views.WithReader(c.Request().Context(), r)))
	return draw(c, http.StatusOK, views.Notes(notes))
}

func (s *Site) notes(c echo.Context, after home.Cursor, size int) ([]views.Note, home.Cursor, error) {
	ctx := c.Request().Context()
	rows, next, err := s.club.Home.Notes(ctx, viewer(c), after, size)
	if err != nil {
		return nil, "", err
	}
	var actors []id.ID
	for _, n := range rows {
		if n.ActorID != nil {
			actors = append(actors, *n.ActorID)
		}
	}
	people, err := s.people(ctx, actors)
	if err != nil {
		return nil, "", err
	}
	notes := make([]views.Note, len(rows))
	for i, n := range rows {
		var by views.Person
		if n.ActorID != nil {
			by = people[*n.ActorID]
		}
		notes[i] = views.NoteOf(n, me(visit(c)).Person, by)
	}
	return notes, next, nil
}

// readNotes marks all notifications as read.
func (s *Site) readNotes(c echo.Context) error {
	if err := s.club.Bell.Read(c.Request().Context(), viewer(c), 0); err != nil {
		return err
	}
	say(c, "read")
	return seeOther(c, "/notifications")
}
