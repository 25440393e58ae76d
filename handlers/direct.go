package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/chat"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// directAt finds the room of the address among those of a few that the viewer is in. It stands in no space: what is
// returned for one has its name alone.
func (s *Site) directAt(c echo.Context) (space.Space, chat.Room, error) {
	ctx, v := c.Request().Context(), viewer(c)
	r, err := s.club.Chat.Direct(ctx, v, pathID(c, "room"))
	if err != nil || r.Name != "" {
		return space.Space{Name: r.Name}, r, err
	}
	others := r.People.But(v.ID)
	people, err := s.people(ctx, others)
	return space.Space{Name: views.Together(those(others, people))}, r, err
}

// directs lists the viewer's rooms with a few others.
func (s *Site) directs(c echo.Context) error {
	return s.drawDirects(c, http.StatusOK, views.RoomsPage{})
}

func (s *Site) drawDirects(c echo.Context, status int, page views.RoomsPage) error {
	ctx, v := c.Request().Context(), viewer(c)
	after := c.QueryParam("after")
	rooms, next, err := s.club.Chat.Directs(ctx, v, chat.Cursor(after))
	if err != nil {
		return err
	}
	var ids []id.ID
	for _, r := range rooms {
		ids = append(ids, r.People...)
	}
	people, err := s.people(ctx, ids)
	if err != nil {
		return err
	}
	page.Next, page.Later = string(next), after != ""
	for _, r := range rooms {
		row := views.DirectRoom{Listed: r, Others: those(r.People.But(v.ID), people), By: "You"}
		if r.LastBy != v.ID {
			row.By = "Somebody who has left"
			if who := people[r.LastBy]; !who.Former() {
				row.By = views.First(who.Name)
			}
		}
		page.Rooms = append(page.Rooms, row)
	}
	return s.page(c, status, page.Head(), views.Rooms(page))
}

// openDirect opens the room with the members whose handles were typed.
func (s *Site) openDirect(c echo.Context) error {
	f := typed(c)
	page := views.RoomsPage{To: f.text("to", 800), Name: f.text("name", chat.MaxRoomName)}
	err := f.Err()
	var r chat.Room
	var others []id.ID
	if err == nil {
		others, err = s.handled(c, page.To)
	}
	if err == nil {
		r, err = s.club.Chat.OpenDirect(c.Request().Context(), viewer(c), chat.DirectOf{Others: others, Name: page.Name})
	}
	if p := problem.Of(err); p != nil && returns(p) && !wantsJSON(c) {
		page.Faults = views.FaultsOf(p)
		return s.drawDirects(c, kinds[p.Kind].status, page)
	}
	if err != nil {
		return err
	}
	return seeOther(c, views.DirectAddress(r.ID))
}

// handled are the members whose handles stand in a line, with commas or spaces between them.
func (s *Site) handled(c echo.Context, line string) (all []id.ID, err error) {
	handles := strings.FieldsFunc(strings.ToLower(line), func(r rune) bool { return r == ',' || r == ' ' || r == ';' || r == '\n' || r == '\t' })
	for i, h := range handles {
		handles[i] = strings.TrimPrefix(h, "@")
	}
	of, err := s.club.Members.Handles(c.Request().Context(), handles)
	known := map[string]bool{}
	for key, h := range of {
		all, known[h] = append(all, key), true
	}
	for _, h := range handles {
		if err == nil && !known[h] {
			return nil, problem.Invalid("to", "Nobody goes by @%s. Look at how it is written.", h)
		}
	}
	return all, err
}

// writeTo opens the room of the viewer and the member of the address.
func (s *Site) writeTo(c echo.Context) error {
	ctx := c.Request().Context()
	m, err := s.club.Members.ByHandle(ctx, c.Param("handle"))
	if err != nil {
		return err
	}
	r, err := s.club.Chat.OpenDirect(ctx, viewer(c), chat.DirectOf{Others: []id.ID{m.ID}})
	if p := problem.Of(err); p != nil && returns(p) && !wantsJSON(c) {
		return s.drawDirects(c, kinds[p.Kind].status, views.RoomsPage{To: "@" + m.Handle, Faults: views.FaultsOf(p)})
	}
	if err != nil {
		return err
	}
	return seeOther(c, views.DirectAddress(r.ID))
}

// roomPeople shows who is in a room of a few.
func (s *Site) roomPeople(c echo.Context) error {
	return s.drawRoomPeople(c, http.StatusOK, views.RoomPeoplePage{})
}

func (s *Site) drawRoomPeople(c echo.Context, status int, page views.RoomPeoplePage) error {
	sp, r, err := s.directAt(c)
	if err != nil {
		return err
	}
	people, err := s.people(c.Request().Context(), r.People)
	if err != nil {
		return err
	}
	if page.Pair, err = s.club.Chat.Pair(c.Request().Context(), r); err != nil {
		return err
	}
	page.Room, page.Title, page.People, page.Me = r, sp.Name, those(r.People, people), viewer(c).ID
	if page.Faults == nil {
		page.Name = r.Name // what was refused stands as it was typed
	}
	return s.page(c, status, page.Head(), views.RoomPeople(page))
}

// askIn adds a member to a room of a few.
func (s *Site) askIn(c echo.Context) error {
	_, r, err := s.directAt(c)
	if err != nil {
		return err
	}
	f := typed(c)
	page := views.RoomPeoplePage{To: f.text("to", 800), Name: r.Name}
	err = f.Err()
	var asked []id.ID
	if err == nil {
		asked, err = s.handled(c, page.To)
	}
	if err == nil && len(asked) != 1 {
		err = problem.Invalid("to", "Type the handle of one member.")
	}
	if err == nil {
		r, err = s.club.Chat.AskIn(c.Request().Context(), viewer(c), pathID(c, "room"), asked[0])
	}
	if p := problem.Of(err); p != nil && returns(p) && !wantsJSON(c) {
		page.Faults = views.Faults{"to": p.Text}
		return s.drawRoomPeople(c, kinds[p.Kind].status, page)
	}
	return done(c, err, "asked-in", views.DirectAddress(r.ID))
}

// nameRoom gives a room of a few a name.
func (s *Site) nameRoom(c echo.Context) error {
	f := typed(c)
	page := views.RoomPeoplePage{Name: f.values.Get("name")}
	err := s.club.Chat.RenameDirect(c.Request().Context(), viewer(c), pathID(c, "room"), page.Name)
	if p := fault(c, err); p != nil {
		page.Faults = views.FaultsOf(p)
		return s.drawRoomPeople(c, kinds[p.Kind].status, page)
	}
	return done(c, err, "saved", views.PeopleAddress(pathID(c, "room")))
}

// leaveRoom takes the viewer out of a room of a few.
func (s *Site) leaveRoom(c echo.Context) error {
	return done(c, s.club.Chat.LeaveDirect(c.Request().Context(), viewer(c), pathID(c, "room")), "left-room", views.RoomsAddress)
}
