package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/chat"
	"guildhall/models/diff"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// said is a message of the address with who wrote it.
func (s *Site) saidAt(c echo.Context) (views.Said, error) {
	sp, m, err := s.messageAt(c)
	if err != nil {
		return views.Said{}, err
	}
	people, err := s.people(c.Request().Context(), []id.ID{m.AuthorID})
	return views.Said{Message: m, In: sp, Author: people[m.AuthorID]}, err
}

// messageHistory shows what a message said before.
func (s *Site) messageHistory(c echo.Context) error {
	_, r, err := s.roomAt(c)
	if err != nil {
		return err
	}
	page := views.MessageHistoryPage{}
	if page.Said, err = s.saidAt(c); err != nil {
		return err
	}
	if page.Versions, err = s.club.Chat.History(c.Request().Context(), viewer(c), r, page.ID); err != nil {
		return err
	}
	for i, v := range page.Versions {
		changes := []diff.Part{{Op: diff.Same, Text: v.Source}}
		if i > 0 {
			changes = diff.Words(page.Versions[i-1].Source, v.Source)
		}
		page.Changes = append(page.Changes, changes)
	}
	return s.page(c, http.StatusOK, page.Head(), views.MessageHistory(page))
}

// pinMessage keeps a message at hand in its room, or no more.
func (s *Site) pinMessage(c echo.Context) error {
	sp, m, err := s.messageAt(c)
	if err != nil {
		return err
	}
	_, err = s.club.Chat.Pin(c.Request().Context(), viewer(c), m.ID, typed(c).values.Get("on") == "true")
	return done(c, err, "saved", views.RoomAt(sp, m.RoomID)+"/pins")
}

// pins lists what a room keeps at hand.
func (s *Site) pins(c echo.Context) error {
	sp, r, err := s.roomAt(c)
	if err != nil {
		return err
	}
	ctx, v := c.Request().Context(), viewer(c)
	all, err := s.club.Chat.Pinned(ctx, v, r)
	if err != nil {
		return err
	}
	page := views.PinsPage{Space: sp, Room: r, Pins: chat.CanPin(v, r) == nil}
	if page.By, err = s.people(ctx, append(spoken(all), authors(all, func(m chat.Message) id.ID { return *m.PinnedBy })...)); err != nil {
		return err
	}
	for _, m := range all {
		page.All = append(page.All, views.Said{Message: m, In: sp, Author: page.By[m.AuthorID], Repliers: views.RepliersOf(m, page.By)})
	}
	return s.page(c, http.StatusOK, page.Head(), views.Pins(page))
}

// askForward is the page on which somebody says where a message goes.
func (s *Site) askForward(c echo.Context) error {
	return s.drawForward(c, http.StatusOK, views.ForwardPage{Key: formKey()})
}

func (s *Site) drawForward(c echo.Context, status int, page views.ForwardPage) (err error) {
	if page.Said, err = s.saidAt(c); err != nil {
		return err
	}
	beside, err := s.beside(c)
	if err != nil {
		return err
	}
	for _, w := range beside.Wings {
		for _, e := range w.Spaces {
			if e.Room != 0 && e.Room != page.RoomID && viewer(c).CanChat(chat.Room{ID: e.Room, SpaceID: e.ID}) == nil {
				page.Rooms = append(page.Rooms, views.Option{Value: e.Room.String(), Text: e.Name})
			}
		}
	}
	return s.page(c, status, page.Head(), views.Forward(page))
}

// forward says a message in another room as well.
func (s *Site) forward(c echo.Context) error {
	_, m, err := s.messageAt(c)
	if err != nil {
		return err
	}
	f := typed(c)
	page := views.ForwardPage{To: f.values.Get("to"), Text: f.values.Get("text"), Key: f.values.Get("key")}
	kept, err := s.club.Chat.Forward(c.Request().Context(), viewer(c), m.ID, parseID(page.To), chat.Draft{Key: page.Key, Text: page.Text})
	if p := problem.Of(err); p != nil && !wantsJSON(c) {
		if p.Kind == problem.KindMissing {
			p = problem.Invalid("to", "Choose one of the rooms in which you may speak.")
		}
		page.Faults = views.FaultsOf(p)
		return s.drawForward(c, kinds[p.Kind].status, page)
	}
	if err != nil {
		return err
	}
	to, err := s.club.Access.Place(c.Request().Context(), kept.RoomID)
	if err != nil {
		return err
	}
	var sp space.Space
	if to.SpaceID != 0 {
		if sp, err = s.club.Spaces.Holding(c.Request().Context(), to); err != nil {
			return err
		}
	}
	return seeOther(c, views.SaidAt(sp, kept.RoomID, kept.Seq, kept.ID))
}

// askTurn is the page on which messages are chosen that become a topic.
func (s *Site) askTurn(c echo.Context) error {
	page := views.TurnPage{Key: formKey(), Chosen: map[id.ID]bool{}}
	if from := parseID(c.QueryParam("from")); from != 0 {
		page.Chosen[from] = true
	}
	return s.drawTurn(c, http.StatusOK, page)
}

func (s *Site) drawTurn(c echo.Context, status int, page views.TurnPage) (err error) {
	if page.Space, page.Room, err = s.roomAt(c); err != nil {
		return err
	}
	if err := viewer(c).CanStart(page.Space.ID); err != nil {
		return err
	}
	if from := parseID(c.QueryParam("from")); from != 0 {
		page.Stretch, err = s.runAround(c, page.Room, from)
	} else {
		page.Stretch, err = s.stretch(c, page.Room)
	}
	if err != nil {
		return err
	}
	if page.People, err = s.people(c.Request().Context(), spoken(page.Messages)); err != nil {
		return err
	}
	return s.page(c, status, page.Head(), views.Turn(page))
}

// turn makes a topic of messages.
func (s *Site) turn(c echo.Context) error {
	sp, r, err := s.roomAt(c)
	if err != nil {
		return err
	}
	f := typed(c)
	page := views.TurnPage{Title: f.values.Get("title"), Text: f.values.Get("text"), Key: f.values.Get("key"), Chosen: chosen(c, "messages")}
	t := chat.Turning{Title: page.Title, Text: page.Text, Key: page.Key}
	for key := range page.Chosen {
		t.Messages = append(t.Messages, key)
	}
	made, err := s.club.Chat.Turn(c.Request().Context(), viewer(c), r, t)
	if p := fault(c, err); p != nil {
		page.Faults = views.FaultsOf(p)
		return s.drawTurn(c, kinds[p.Kind].status, page)
	}
	if err != nil {
		return err
	}
	return seeOther(c, views.TopicAddress(sp.Slug, made.ID, made.Slug))
}
