package handlers

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"guildhall/models/chat"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/views"
)

// inThread says that what an address names stands in a thread, and is read there.
type inThread struct{ root, message id.ID }

func (inThread) Error() string { return "the message stands in a thread" }

// runAround is the run of messages on both sides of one.
func (s *Site) runAround(c echo.Context, r chat.Room, message id.ID) (chat.Stretch, error) {
	run, root, err := s.club.Chat.Around(c.Request().Context(), viewer(c), r, message)
	if err == nil && root != 0 {
		err = inThread{root, message}
	}
	return run, err
}

// unreadMessages takes back what the viewer read of a room, from a message on, and goes to where the room is
// listed: in the room it would be read again at once.
func (s *Site) unreadMessages(c echo.Context) error {
	sp, m, err := s.messageAt(c)
	if err != nil {
		return err
	}
	err = s.club.Chat.UnreadFrom(c.Request().Context(), viewer(c), m.ID)
	return done(c, err, "unread", views.AwayFrom(sp))
}

// levelRoom says how closely the viewer follows a room.
func (s *Site) levelRoom(c echo.Context) error {
	sp, r, err := s.roomAt(c)
	if err != nil {
		return err
	}
	level, err := strconv.Atoi(typed(c).values.Get("level"))
	if err != nil {
		return problem.Invalid("level", "Choose one of the three levels.")
	}
	err = s.club.Chat.SetLevel(c.Request().Context(), viewer(c), r.ID, chat.Level(level))
	return done(c, err, "saved", views.RoomAt(sp, r.ID))
}
