package handlers

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"guildhall/models/chat"
	"guildhall/models/draft"
	"guildhall/models/id"
	"guildhall/models/problem"
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

func (s *Site) roomPage(c echo.Context, sp space.Space, r chat.Room) (views.RoomPage, error) {
	ctx, v := c.Request().Context(), viewer(c)
	at := views.RoomAt(sp, r.ID)
	page := views.RoomPage{Room: r, Space: sp, Rights: views.RoomRights(v, r), Say: views.Compose{Action: at, Key: formKey(), Draft: at, Keep: views.MessageDraftAddress(at)}}
	var err error
	if page.Stretch, err = s.stretch(c, r); err != nil {
		return page, err
	}
	if page.Wait, err = s.club.Chat.Wait(ctx, v, r); err != nil {
		return page, err
	}
	texts := make([]*string, len(page.Messages))
	for i := range page.Messages {
		texts[i] = &page.Messages[i].HTML
	}
	if err := s.nameLinks(c, texts...); err != nil {
		return page, err
	}
	if !r.Direct() {
		section, err := s.club.Spaces.Section(ctx, v, sp.SectionID)
		if err != nil {
			return page, err
		}
		page.Section = section.Name
	}
	here, all, err := s.present(ctx, v, r.ID, mostPresent)
	if err != nil {
		return page, err
	}
	ids := append(authors(page.Messages, func(m chat.Message) id.ID { return m.AuthorID }), here...)
	if r.SlowBy != nil {
		ids = append(ids, *r.SlowBy)
	}
	if page.People, err = s.people(ctx, ids); err != nil {
		return page, err
	}
	page.Here, page.HereN = those(here, page.People), all
	return page, s.goesOn(c, &page.Say, page.Begun, draft.Message, r.ID, views.GoingOn(at))
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
	f := typed(c)
	d := chat.Draft{Key: f.values.Get("key")}
	var said chat.Message
	if d.Text, err = s.attached(c, f.values.Get("text"), d.Key); err == nil {
		if d.Here, err = s.nearby(c, d.Text, sp, r.ID); err != nil {
			return err
		}
		if said, err = s.club.Chat.Send(c.Request().Context(), viewer(c), r.ID, d); err == nil && len(said.Untold) > 0 {
			say(c, "untold")
		}
	}
	if p := problem.Of(err); p != nil && returns(p) && !wantsJSON(c) {
		page, err := s.roomPage(c, sp, r)
		if err != nil {
			return err
		}
		page.Say.Text, page.Say.Key, page.Say.Faults = d.Text, d.Key, views.FaultsOf(p)
		return s.page(c, kinds[p.Kind].status, page.Head(), views.Room(page))
	}
	if err != nil {
		return err
	}
	return seeOther(c, views.RoomAt(sp, r.ID)+"#last")
}
