package handlers

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// keepPost keeps a post for the viewer, or no longer.
func (s *Site) keepPost(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	_, p, t, err := s.postAt(c)
	if err != nil {
		return err
	}
	if typed(c).values.Get("on") == "false" {
		if err := s.club.Forum.Unkeep(ctx, v, p.ID); err != nil {
			return err
		}
		say(c, "unmarked")
		return s.toTopic(c, t, p.Number)
	}
	b, err := s.club.Forum.Keep(ctx, v, p.ID)
	if err != nil {
		return err
	}
	say(c, "bookmarked."+b.ID.String())
	return s.toTopic(c, t, p.Number)
}

// keepMessage keeps a message for the viewer, or no longer.
func (s *Site) keepMessage(c echo.Context) error {
	sp, m, err := s.messageAt(c)
	if err != nil {
		return err
	}
	ctx, v, word := c.Request().Context(), viewer(c), "bookmarked"
	if typed(c).values.Get("on") == "false" {
		err, word = s.club.Forum.Unkeep(ctx, v, m.ID), "unmarked"
	} else {
		var b forum.Bookmark
		b, err = s.club.Forum.KeepMessage(ctx, v, m.ID)
		word += "." + b.ID.String()
	}
	return done(c, err, word, views.SaidAt(sp, m.RoomID, m.Seq, m.ID))
}

// unreadFrom takes back what the viewer read of a topic, from a post on, and goes to its space: here it
// would be read again at once.
func (s *Site) unreadFrom(c echo.Context) error {
	sp, p, _, err := s.postAt(c)
	if err != nil {
		return err
	}
	_, err = s.club.Forum.UnreadFrom(c.Request().Context(), viewer(c), p.ID)
	return done(c, err, "unread", views.SpaceAddress(sp.Slug))
}

// bookmarks lists what the viewer keeps.
func (s *Site) bookmarks(c echo.Context) error {
	return s.drawBookmarks(c, http.StatusOK, views.BookmarksPage{})
}

func (s *Site) drawBookmarks(c echo.Context, status int, page views.BookmarksPage) error {
	ctx, v := c.Request().Context(), viewer(c)
	page.Sought = forum.Sought{Words: c.QueryParam("q"), Waits: c.QueryParam("show") == "reminders", Topics: c.QueryParam("show") == "topics"}
	page.Removed = parseID(c.QueryParam("removed"))
	after := forum.Cursor(c.QueryParam("after"))
	kept, next, err := s.club.Forum.Bookmarks(ctx, v, page.Sought, after)
	if err != nil {
		return err
	}
	spaces, err := s.spaces(ctx, v)
	if err != nil {
		return err
	}
	ids := make([]id.ID, len(kept))
	for i, k := range kept {
		ids[i] = k.AuthorID
	}
	people, err := s.people(ctx, ids)
	if err != nil {
		return err
	}
	for _, k := range kept {
		page.Kept = append(page.Kept, views.Keepsake{Kept: k, In: spaces[k.SpaceID], Author: people[k.AuthorID]})
	}
	page.Next, page.Later = string(next), after != ""
	return s.page(c, status, page.Head(), views.Bookmarks(page))
}

// bookmark is the form of one bookmark, for whoever comes from what it keeps.
func (s *Site) bookmark(c echo.Context) error {
	return s.drawBookmark(c, http.StatusOK, views.BookmarksPage{}, "")
}

// drawBookmark draws that form around what was typed; from is where one goes on, empty for what it keeps.
func (s *Site) drawBookmark(c echo.Context, status int, typed views.BookmarksPage, from string) error {
	ctx, v := c.Request().Context(), viewer(c)
	k, err := s.club.Forum.KeptOne(ctx, v, pathID(c, "bookmark"))
	if err != nil {
		return err
	}
	var in space.Space // none, of a message in a direct room
	if k.SpaceID != 0 {
		if in, err = s.club.Spaces.Get(ctx, v, k.SpaceID); err != nil {
			return err
		}
	}
	page := views.BookmarkPage{BookmarksPage: typed, Keepsake: views.Keepsake{Kept: k, In: in}, From: from}
	if from == "" {
		page.From = page.Keepsake.Address()
	}
	return s.page(c, status, page.Head(), views.BookmarkOne(page))
}

// cameFrom is where the form of a bookmark came from, or empty for the list.
func cameFrom(c echo.Context) string {
	from := typed(c).values.Get("from")
	if from == "" {
		return ""
	}
	return ownPath(from)
}

// changeBookmark gives a bookmark a note and a reminder.
func (s *Site) changeBookmark(c echo.Context) error {
	f := typed(c)
	note, key := f.text("note", 4*forum.MaxNote), pathID(c, "bookmark")
	at, err := s.remindAt(c)
	if err == nil {
		err = f.Err()
	}
	if err == nil {
		err = s.club.Forum.ChangeBookmark(c.Request().Context(), viewer(c), key, note, at)
	}
	if p := fault(c, err); p != nil {
		page := views.BookmarksPage{Editing: key, Note: note, At: f.values.Get("at"), Faults: views.FaultsOf(p)}
		if from := cameFrom(c); from != "" {
			return s.drawBookmark(c, kinds[p.Kind].status, page, from)
		}
		return s.drawBookmarks(c, kinds[p.Kind].status, page)
	}
	word := "saved"
	if at != nil {
		word = "reminds"
	}
	return done(c, err, word, withDefault(cameFrom(c), views.BookmarksAddress))
}

// remindAt is the instant that was chosen, in the viewer's zone.
func (s *Site) remindAt(c echo.Context) (*time.Time, error) {
	f, zone := typed(c), visit(c).Member.Location()
	now := s.club.Now(c.Request().Context()).In(zone)
	morning := func(days int) time.Time {
		return time.Date(now.Year(), now.Month(), now.Day()+days, 9, 0, 0, 0, zone)
	}
	var at time.Time
	switch f.values.Get("when") {
	case "hour":
		at = now.Add(time.Hour)
	case "tomorrow":
		at = morning(1)
	case "week":
		at = morning((7-int(now.Weekday()))%7 + 1) // Monday
	case "at":
		var err error
		if at, err = time.ParseInLocation("2006-01-02T15:04", strings.TrimSpace(f.values.Get("at")), zone); err != nil {
			return nil, problem.Invalid("at", "Choose a day and a time.")
		}
	case "keep":
		return s.keptReminder(c)
	default:
		return nil, nil
	}
	at = at.UTC()
	return &at, nil
}

// keptReminder is the instant that the bookmark has already.
func (s *Site) keptReminder(c echo.Context) (*time.Time, error) {
	k, err := s.club.Forum.KeptOne(c.Request().Context(), viewer(c), pathID(c, "bookmark"))
	return k.RemindAt, err
}

// dropBookmark takes a bookmark away, and offers to bring it back.
func (s *Site) dropBookmark(c echo.Context) error {
	key := pathID(c, "bookmark")
	if err := s.club.Forum.DropBookmark(c.Request().Context(), viewer(c), key); err != nil {
		return err
	}
	if from := cameFrom(c); from != "" {
		return done(c, nil, "unmarked", from)
	}
	return seeOther(c, views.BookmarksAddress+"?removed="+key.String())
}

// bringBookmark brings it back.
func (s *Site) bringBookmark(c echo.Context) error {
	err := s.club.Forum.BringBookmark(c.Request().Context(), viewer(c), pathID(c, "bookmark"))
	return done(c, err, "restored", views.BookmarksAddress)
}
