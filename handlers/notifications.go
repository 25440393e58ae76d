package handlers

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"guildhall/models/home"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/views"
)

// notesPerPage is how many notifications a page lists; notesInPanel how many the bell's panel shows,
// each of which may stand for several of those that are looked at for it.
const (
	notesPerPage = 30
	notesInPanel = 5
	notesLooked  = 20
)

// filter is what of a list an address asks for: whatever it does not know is all of it.
func filter(word string) notify.Shown {
	switch {
	case word == views.UnreadNotes:
		return notify.Shown{Unread: true}
	case slices.Contains(notify.Files, word):
		return notify.Shown{Under: word}
	}
	return notify.Shown{}
}

// notifications lists what the reader was told.
func (s *Site) notifications(c echo.Context) error {
	after, show := home.Cursor(c.QueryParam("after")), filter(c.QueryParam("show"))
	notes, next, err := s.notes(c, show, after, notesPerPage)
	if err != nil {
		return err
	}
	page := views.NotificationsPage{Notes: notes, Next: string(next), Later: after != "", Show: show}
	if page.Unread, err = s.club.Bell.Unread(c.Request().Context(), viewer(c)); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Notifications(page))
}

// latestNotes are the few that the bell's panel asks for as it opens.
func (s *Site) latestNotes(c echo.Context) error {
	notes, _, err := s.notes(c, notify.Shown{}, "", notesLooked)
	if err != nil {
		return err
	}
	r, err := s.reader(c)
	if err != nil {
		return err
	}
	c.SetRequest(c.Request().WithContext(views.WithReader(c.Request().Context(), r)))
	return draw(c, http.StatusOK, views.Notes(notes[:min(len(notes), notesInPanel)]))
}

func (s *Site) notes(c echo.Context, show notify.Shown, after home.Cursor, size int) ([]views.Note, home.Cursor, error) {
	ctx := c.Request().Context()
	rows, next, err := s.club.Home.NotesOf(ctx, viewer(c), show, after, size)
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
	groups := home.Together(rows)
	notes := make([]views.Note, len(groups))
	for i, g := range groups {
		var by []views.Person
		for _, actor := range g.Actors {
			by = append(by, people[actor])
		}
		notes[i] = views.NotesOf(g, me(visit(c)).Person, by)
	}
	return notes, next, nil
}

// readNote marks one notification as read, with those that are shown as one with it.
func (s *Site) readNote(c echo.Context) error {
	return done(c, s.club.Bell.ReadLike(c.Request().Context(), viewer(c), pathID(c, "note")), "note-read", "/notifications")
}

// readNotes marks all notifications as read.
func (s *Site) readNotes(c echo.Context) error {
	if err := s.club.Bell.Read(c.Request().Context(), viewer(c), 0); err != nil {
		return err
	}
	say(c, "read")
	return seeOther(c, "/notifications")
}
