package handlers

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/draft"
	"guildhall/models/forum"
	"guildhall/models/home"
	"guildhall/models/id"
	"guildhall/views"
)

// drafts lists what the viewer began and has not posted.
func (s *Site) drafts(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	after := draft.Cursor(c.QueryParam("after"))
	rows, next, err := s.club.Drafts.List(ctx, v, after)
	if err != nil {
		return err
	}
	var away []draft.Draft
	var waiting views.ScheduledPage
	if after == "" {
		if waiting, err = s.waiting(c); err != nil {
			return err
		}
		if away, err = s.club.Drafts.Discarded(ctx, v); err != nil {
			return err
		}
	}
	all, err := s.unposted(c, append(rows, away...))
	if err != nil {
		return err
	}
	page := views.DraftsPage{Drafts: all[:len(rows)], Scheduled: waiting, Discarded: all[len(rows):], Next: string(next), Later: after != ""}
	return s.page(c, http.StatusOK, page.Head(), views.Drafts(page))
}

// found is what drafts are about, as far as the viewer may read it at this moment.
type found struct {
	topics  map[id.ID]forum.Listed
	posts   map[id.ID]forum.Picked
	letters map[id.ID]string // titles
	direct  map[id.ID]bool   // rooms of a few
	beside  *home.Beside
	viewer  access.Viewer
}

// unposted are drafts with what each is about, in three statements for however many.
func (s *Site) unposted(c echo.Context, rows []draft.Draft) (all []views.Unposted, err error) {
	ctx := c.Request().Context()
	f := found{viewer: viewer(c)}
	var topics, posts, rooms, threads []id.ID
	for _, d := range rows {
		switch d.Kind {
		case draft.Reply:
			topics = append(topics, d.TargetID)
		case draft.Edit:
			posts = append(posts, d.TargetID)
		case draft.Message:
			rooms = append(rooms, d.TargetID)
		case draft.Answer:
			threads = append(threads, d.TargetID)
		}
	}
	if f.topics, err = s.topicsOf(ctx, f.viewer, topics); err != nil {
		return nil, err
	}
	if f.posts, err = s.club.Forum.Pick(ctx, f.viewer, posts); err != nil {
		return nil, err
	}
	if f.direct, err = s.club.Chat.AmongDirects(ctx, f.viewer, rooms); err != nil {
		return nil, err
	}
	if f.letters, err = s.club.Letters.Titles(ctx, f.viewer, threads); err != nil {
		return nil, err
	}
	if f.beside, err = s.beside(c); err != nil {
		return nil, err
	}
	for _, d := range rows {
		all = append(all, f.about(d))
	}
	return all, nil
}

func (s *Site) topicsOf(ctx context.Context, v access.Viewer, keys []id.ID) (map[id.ID]forum.Listed, error) {
	topics, err := s.club.Forum.Some(ctx, v, keys)
	of := make(map[id.ID]forum.Listed, len(topics))
	for _, t := range topics {
		of[t.ID] = t
	}
	return of, err
}

// about says what a draft is, and where one goes on with it; of what is closed only what it is.
func (f found) about(d draft.Draft) views.Unposted {
	u := views.Unposted{ID: d.ID.String(), Title: d.Title, Text: d.Text, Other: d.Other != "", At: d.SavedAt}
	switch d.Kind {
	case draft.Reply:
		u.Icon, u.What = "reply", "A reply"
		if t, ok := f.topics[d.TargetID]; ok {
			u.What, u.Where = "Reply in “"+t.Title+"”", f.space(t.SpaceID)
			u.GoOn = views.GoingOn(views.TopicAddress(f.slug(t.SpaceID), t.ID, t.Slug))
		}
	case draft.Edit:
		u.Icon, u.What = "pencil", "A change of a post"
		if p, ok := f.posts[d.TargetID]; ok {
			u.What, u.Where = "Change of post "+views.Number(p.Number)+" in “"+p.Topic.Title+"”", f.space(p.Topic.SpaceID)
			u.GoOn = views.GoingOn(views.Posted{Post: p.Post, Topic: p.Topic, In: f.entry(p.Topic.SpaceID).Space}.EditAddress())
		}
	case draft.Topic:
		u.Icon, u.What = "plus", "Something new"
		if e := f.entry(*d.SpaceID); e.ID != 0 && f.viewer.CanEnter(e.ID) == nil {
			u.Where, u.GoOn = e.Name, views.GoingOn(views.NewTopicAddress(e.Slug))
		}
	case draft.Letter:
		u.Icon, u.What, u.GoOn = "mail", "A letter", views.GoingOn(views.BegunLetterAddress(d.TargetID))
		if d.Around.Readers != "" {
			u.What = "A letter to " + d.Around.Readers
		}
	case draft.Answer:
		u.Icon, u.What = "mail", "An answer to a letter"
		if title, ok := f.letters[d.TargetID]; ok {
			u.What, u.GoOn = "Answer to “"+title+"”", views.GoingOn(views.ThreadAddress(d.TargetID))
		}
	case draft.Page:
		u.Icon, u.What = "pencil", "A page of the club"
		if f.viewer.Owner() {
			u.GoOn = views.GoingOn(pageFormAddress(d.TargetID))
		}
	case draft.Scheduled:
		u.Icon, u.What = "clock", "A change of what waits to be published"
		if e := f.entry(*d.SpaceID); e.ID != 0 && f.viewer.CanEnter(e.ID) == nil {
			u.Where, u.GoOn = e.Name, views.GoingOn(views.ScheduledOne(d.TargetID))
		}
	case draft.Message:
		u.Icon, u.What = "chat", "A message"
		if e := f.room(d.TargetID); e.ID != 0 && f.viewer.CanEnter(e.ID) == nil {
			u.Where, u.GoOn = e.Name, views.GoingOn(views.RoomAddress(e.Slug))
		} else if f.direct[d.TargetID] {
			u.Where, u.GoOn = "A direct room", views.GoingOn(views.DirectAddress(d.TargetID))
		}
	}
	return u
}

func (f found) entry(space id.ID) home.Entry {
	if e := f.beside.Entry(space); e != nil {
		return *e
	}
	return home.Entry{}
}

func (f found) space(key id.ID) string { return f.entry(key).Name }
func (f found) slug(key id.ID) string  { return f.entry(key).Slug }

func (f found) room(key id.ID) home.Entry {
	for _, w := range f.beside.Wings {
		for _, e := range w.Spaces {
			if e.Room == key && !e.Shut {
				return e
			}
		}
	}
	return home.Entry{}
}
