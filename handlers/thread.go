package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"guildhall/models/chat"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// messageThread shows what was answered to a message: the last of it, or the run that the address asks for.
func (s *Site) messageThread(c echo.Context) error {
	sp, r, err := s.roomAt(c)
	if err != nil {
		return err
	}
	page, t, err := s.messageThreadPage(c, sp, r)
	if err != nil {
		return err
	}
	if err := s.club.Chat.LookAtThread(c.Request().Context(), viewer(c), t); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Room(page))
}

func (s *Site) messageThreadPage(c echo.Context, sp space.Space, r chat.Room) (page views.RoomPage, t chat.Thread, err error) {
	before, _ := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	after, _ := strconv.ParseInt(c.QueryParam("after"), 10, 64)
	t, err = s.club.Chat.Thread(c.Request().Context(), viewer(c), r, pathID(c, "message"), before, after)
	if err != nil {
		return page, t, err
	}
	page = views.RoomPage{Room: r, Space: sp, Stretch: t.Stretch, Root: &t.Root, Follows: t.Follows}
	return page, t, s.dressRoom(c, &page)
}

// speakInThread answers a message by its form.
func (s *Site) speakInThread(c echo.Context) error {
	sp, r, err := s.roomAt(c)
	if err != nil {
		return err
	}
	root := pathID(c, "message")
	return s.speakIn(c, sp, r, root, views.ThreadAt(sp, r.ID, root), func() (views.RoomPage, error) {
		page, _, err := s.messageThreadPage(c, sp, r)
		return page, err
	})
}

// speakIn says something in a room, or in a thread of it, by a form. What cannot be said comes back in the page.
func (s *Site) speakIn(c echo.Context, sp space.Space, r chat.Room, root id.ID, at string, again func() (views.RoomPage, error)) error {
	f := typed(c)
	d, err := chat.Draft{Key: f.values.Get("key"), Root: root}, error(nil)
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
		page, err := again()
		if err != nil {
			return err
		}
		page.Say.Text, page.Say.Key, page.Say.Faults = d.Text, d.Key, views.FaultsOf(p)
		return s.page(c, kinds[p.Kind].status, page.Head(), views.Room(page))
	}
	if err != nil {
		return err
	}
	return seeOther(c, at+"#last")
}

// followThread lets the viewer be told of what is answered to a message, or no more.
func (s *Site) followThread(c echo.Context) error {
	sp, r, err := s.roomAt(c)
	if err != nil {
		return err
	}
	root := pathID(c, "message")
	ctx, v := c.Request().Context(), viewer(c)
	if _, err := s.club.Chat.Thread(ctx, v, r, root, 0, 0); err != nil {
		return err
	}
	err = s.club.Chat.FollowThread(ctx, v, root, typed(c).values.Get("on") == "true")
	return done(c, err, "saved", views.ThreadAt(sp, r.ID, root))
}

// followedThreads lists those that the viewer follows in a room.
func (s *Site) followedThreads(c echo.Context) error {
	sp, r, err := s.roomAt(c)
	if err != nil {
		return err
	}
	page := views.ThreadsPage{Space: sp, Room: r}
	if page.All, err = s.club.Chat.Followed(c.Request().Context(), viewer(c), r); err != nil {
		return err
	}
	var ids []id.ID
	for _, t := range page.All {
		ids = append(append(ids, t.AuthorID), t.RepliedBy()...)
	}
	if page.People, err = s.people(c.Request().Context(), ids); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Threads(page))
}

// spoken are all who are named beside messages: their authors, and who wrote in their threads.
func spoken(messages []chat.Message) []id.ID {
	ids := authors(messages, func(m chat.Message) id.ID { return m.AuthorID })
	for _, m := range messages {
		ids = append(ids, m.RepliedBy()...)
	}
	return ids
}
