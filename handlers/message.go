package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/chat"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// messageAt finds a message in the room of the address's space.
func (s *Site) messageAt(c echo.Context) (space.Space, chat.Message, error) {
	sp, r, err := s.roomAt(c)
	if err != nil {
		return sp, chat.Message{}, err
	}
	found, _, err := s.club.Chat.Drawn(c.Request().Context(), r.ID, []id.ID{pathID(c, "message")})
	if err == nil && (len(found) == 0 || found[0].Removed()) {
		err = nowhere(c)
	}
	if err != nil {
		return sp, chat.Message{}, err
	}
	return sp, found[0], nil
}

// editMessage is the page on which a message is changed or removed without a script.
func (s *Site) editMessage(c echo.Context) error {
	sp, m, err := s.messageAt(c)
	if err != nil {
		return err
	}
	return s.drawMessage(c, http.StatusOK, sp, m, m.Source, nil)
}

func (s *Site) drawMessage(c echo.Context, status int, sp space.Space, m chat.Message, text string, faults views.Faults) error {
	people, err := s.people(c.Request().Context(), []id.ID{m.AuthorID})
	if err != nil {
		return err
	}
	said := views.Said{Message: m, In: sp, Author: people[m.AuthorID]}
	own := m.AuthorID == viewer(c).ID
	_, r, err := s.roomAt(c)
	if err != nil {
		return err
	}
	page := views.EditMessagePage{
		Said: said, Edits: own, Removes: own || viewer(c).Keeps(sp.ID), Asks: !own, Why: typed(c).values.Get("reason"),
		Pins: chat.CanPin(viewer(c), r) == nil, Turns: sp.ID != 0 && viewer(c).CanStart(sp.ID) == nil,
		Text: views.Compose{Action: said.Address(), Text: text, Faults: faults},
	}
	return s.page(c, status, page.Head(), views.EditMessage(page))
}

// saveMessage changes a message.
func (s *Site) saveMessage(c echo.Context) error {
	sp, m, err := s.messageAt(c)
	if err != nil {
		return err
	}
	text := typed(c).values.Get("text")
	_, err = s.club.Chat.Edit(c.Request().Context(), viewer(c), m.ID, text)
	if p := problem.Of(err); p != nil && returns(p) && !wantsJSON(c) {
		return s.drawMessage(c, kinds[p.Kind].status, sp, m, text, views.FaultsOf(p))
	}
	if err != nil {
		return err
	}
	return seeOther(c, views.RoomAt(sp, m.RoomID)+"#"+m.DOMID())
}

// removeMessage takes a message out of its room.
func (s *Site) removeMessage(c echo.Context) error {
	sp, m, err := s.messageAt(c)
	if err != nil {
		return err
	}
	_, err = s.club.Chat.Remove(c.Request().Context(), viewer(c), m.ID, typed(c).values.Get("reason"))
	if p := problem.Of(err); p != nil && returns(p) && !wantsJSON(c) {
		return s.drawMessage(c, kinds[p.Kind].status, sp, m, m.Source, views.FaultsOf(p))
	}
	if err != nil {
		return err
	}
	return seeOther(c, views.RoomAt(sp, m.RoomID))
}

// reactMessage gives a reaction to a message or takes it back.
func (s *Site) reactMessage(c echo.Context) error {
	sp, m, err := s.messageAt(c)
	if err != nil {
		return err
	}
	kind, on := chosenReaction(c)
	if _, err := s.club.Chat.React(c.Request().Context(), viewer(c), m.ID, kind, on); err != nil {
		return err
	}
	return seeOther(c, views.RoomAt(sp, m.RoomID)+"#"+m.DOMID())
}
