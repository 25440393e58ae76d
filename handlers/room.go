package handlers

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"guildhall/models/chat"
	"guildhall/models/draft"
	"guildhall/models/space"
	"guildhall/views"
)

// roomAt finds the room of the address: that of a space, or one of a few.
func (s *Site) roomAt(c echo.Context) (space.Space, chat.Room, error) {
	if c.Param("space") == "" {
		return s.directAt(c)
	}
	sp, err := s.into(c)
	if err != nil {
		return sp, chat.Room{}, err
	}
	r, err := s.club.Chat.Room(c.Request().Context(), viewer(c), sp.ID)
	return sp, r, err
}

// room shows the last of what was said in a room, or the run that the address asks for.
func (s *Site) room(c echo.Context) error {
	sp, r, err := s.roomAt(c)
	if err != nil {
		return err
	}
	page, err := s.roomPage(c, sp, r)
	var elsewhere inThread
	if errors.As(err, &elsewhere) {
		return seeOther(c, views.ThreadAt(sp, r.ID, elsewhere.root)+"#"+chat.Message{ID: elsewhere.message}.DOMID())
	}
	if err != nil {
		return err
	}
	if err := s.club.Chat.Look(c.Request().Context(), viewer(c), r, page.Stretch); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Room(page))
}

func (s *Site) roomPage(c echo.Context, sp space.Space, r chat.Room) (page views.RoomPage, err error) {
	page = views.RoomPage{Room: r, Space: sp}
	if page.Stretch, err = s.stretch(c, r); err != nil {
		return page, err
	}
	return page, s.dressRoom(c, &page)
}

// dressRoom gives the run of messages on a page all that is drawn with it.
func (s *Site) dressRoom(c echo.Context, page *views.RoomPage) (err error) {
	ctx, v, sp, r := c.Request().Context(), viewer(c), page.Space, page.Room
	at := page.Address()
	page.Rights, page.Say = views.RoomRights(v, r), views.Compose{Action: at, Key: formKey(), Draft: at}
	if page.Wait, err = s.club.Chat.Wait(ctx, v, r); err != nil {
		return err
	}
	if page.Root == nil {
		page.Say.Keep = views.MessageDraftAddress(at)
	}
	texts := make([]*string, len(page.Messages))
	for i := range page.Messages {
		texts[i] = &page.Messages[i].HTML
	}
	shown := page.Messages
	if page.Root != nil {
		texts, shown = append(texts, &page.Root.HTML), append(shown[:len(shown):len(shown)], *page.Root)
	}
	if err := s.nameLinks(c, texts...); err != nil {
		return err
	}
	if !r.Direct() {
		section, err := s.club.Spaces.Section(ctx, v, sp.SectionID)
		if err != nil {
			return err
		}
		page.Section = section.Name
	}
	here, all, err := s.present(ctx, v, r.ID, mostPresent)
	if err != nil {
		return err
	}
	named := append(spoken(shown), here...)
	if r.SlowBy != nil {
		named = append(named, *r.SlowBy)
	}
	if page.People, err = s.people(ctx, named); err != nil {
		return err
	}
	page.Here, page.HereN = those(here, page.People), all
	if err := s.quoteSaid(c, page); err != nil || page.Root != nil {
		return err
	}
	return s.goesOn(c, &page.Say, page.Begun, draft.Message, r.ID, views.GoingOn(at))
}

// quoteSaid writes the words of the message that an address names where one speaks.
func (s *Site) quoteSaid(c echo.Context, page *views.RoomPage) (err error) {
	if key := parseID(c.QueryParam("quote")); key != 0 && page.Rights.Write {
		page.Say.Text, err = s.club.Chat.Quoted(c.Request().Context(), viewer(c), page.Room, key)
	}
	return err
}

// stretch is the run of messages that an address asks for.
func (s *Site) stretch(c echo.Context, r chat.Room) (chat.Stretch, error) {
	ctx, v := c.Request().Context(), viewer(c)
	if at := c.QueryParam("at"); at != "" {
		return s.runAround(c, r, parseID(at))
	}
	if after, err := strconv.ParseInt(c.QueryParam("new"), 10, 64); err == nil && after >= 0 {
		return s.club.Chat.News(ctx, v, r, after)
	}
	if before, err := strconv.ParseInt(c.QueryParam("before"), 10, 64); err == nil && before > 0 {
		return s.club.Chat.Back(ctx, v, r, before)
	}
	if after, err := strconv.ParseInt(c.QueryParam("after"), 10, 64); err == nil && after >= 0 {
		return s.club.Chat.On(ctx, v, r, after)
	}
	return s.club.Chat.Last(ctx, v, r)
}

// speak says something in a room by its form.
func (s *Site) speak(c echo.Context) error {
	sp, r, err := s.roomAt(c)
	if err != nil {
		return err
	}
	return s.speakIn(c, sp, r, 0, views.RoomAt(sp, r.ID), func() (views.RoomPage, error) { return s.roomPage(c, sp, r) })
}
