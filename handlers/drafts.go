package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/draft"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
	"guildhall/views"
)

// The places of writing, of which each member has one draft.
func replyIn(t forum.Topic) draft.At { return draft.At{Kind: draft.Reply, Target: t.ID, In: t.Place()} }

func editOf(t forum.Topic, p forum.Post) draft.At {
	return draft.At{Kind: draft.Edit, Target: p.ID, In: t.Place()}
}

func topicIn(sp space.Space) draft.At {
	return draft.At{Kind: draft.Topic, Target: sp.ID, In: access.Place{SpaceID: sp.ID}}
}

func waitingIn(s forum.Scheduled) draft.At {
	return draft.At{Kind: draft.Scheduled, Target: s.ID, In: access.Place{SpaceID: s.SpaceID}}
}

// ownPage is one of the club's own pages; 0 is a new one.
func ownPage(page id.ID) draft.At { return draft.At{Kind: draft.Page, Target: page} }

func messageIn(r chat.Room) draft.At {
	return draft.At{Kind: draft.Message, Target: r.ID, In: r.Place()}
}

func (s *Site) replyDraft(c echo.Context) error {
	_, t, err := s.topicAt(c)
	return s.saveDraft(c, replyIn(t.Topic), err)
}

func (s *Site) topicDraft(c echo.Context) error {
	sp, err := s.into(c)
	return s.saveDraft(c, topicIn(sp), err)
}

func (s *Site) editDraft(c echo.Context) error {
	_, p, t, err := s.postAt(c)
	return s.saveDraft(c, editOf(t.Topic, p), err)
}

func (s *Site) messageDraft(c echo.Context) error {
	_, r, err := s.roomAt(c)
	return s.saveDraft(c, messageIn(r), err)
}

func (s *Site) scheduledDraft(c echo.Context) error {
	one, err := s.club.Forum.ScheduledOne(c.Request().Context(), viewer(c), pathID(c, "waiting"))
	return s.saveDraft(c, waitingIn(one), err)
}

func (s *Site) newPageDraft(c echo.Context) error { return s.saveDraft(c, ownPage(0), nil) }

func (s *Site) pageDraft(c echo.Context) error {
	p, err := s.club.Site.PageByID(c.Request().Context(), viewer(c), pathID(c, "page"))
	return s.saveDraft(c, ownPage(p.ID), err)
}

// saved is what a script is told of a draft: the revision to go on from, and what another device wrote
// meanwhile, if anything did.
type saved struct {
	ID       string `json:"id"`
	Revision int64  `json:"revision"`
	Apart    bool   `json:"apart,omitempty"`
	There    string `json:"there,omitempty"`
}

// saveDraft keeps what is being written at a place that was found, for a script that saves as one types.
func (s *Site) saveDraft(c echo.Context, at draft.At, err error) error {
	if err != nil {
		return err
	}
	kept, apart, err := s.club.Drafts.Save(c.Request().Context(), viewer(c), at, draftOf(c))
	if err != nil {
		return err
	}
	if kept.ID == 0 {
		return c.NoContent(http.StatusNoContent) // it was posted meanwhile
	}
	told := saved{ID: kept.ID.String(), Revision: kept.Revision, Apart: apart}
	if apart {
		told.There = kept.Text
	}
	return c.JSON(http.StatusOK, told)
}

func draftOf(c echo.Context) draft.Written {
	f := typed(c)
	return draft.Written{
		Key: f.values.Get("key"), Title: f.values.Get("title"), Text: f.values.Get("text"), Seen: f.number("revision"), Over: f.on("over"),
		Around: draft.Around{Tags: f.values.Get("tags"), At: f.values.Get("at"), Template: f.values.Get("template"), Slug: f.values.Get("slug"), Note: f.values.Get("note"), Readers: f.values.Get("readers")},
	}
}

// begun puts what the viewer began at a place into its form: the text, if the address asks for it, and
// else the offer of it. here is the address of the form.
func (s *Site) begun(c echo.Context, form *views.Compose, d draft.Draft, here string) {
	if d.ID == 0 {
		return
	}
	form.Begun = views.Begun{ID: d.ID.String(), At: d.BegunAt, GoOn: here, Other: d.Other}
	if c.QueryParam("draft") != "" {
		form.Text, form.Begun.Revision = d.Text, d.Revision
	}
}

// goesOn is begun for a page that knows only that there is a draft.
func (s *Site) goesOn(c echo.Context, form *views.Compose, b draft.Begun, kind string, target id.ID, here string) error {
	if b.DraftID == nil {
		return nil
	}
	d := draft.Draft{ID: *b.DraftID, BegunAt: *b.DraftBegun}
	if c.QueryParam("draft") != "" {
		var err error
		if d, err = s.club.Drafts.Find(c.Request().Context(), viewer(c), kind, target); err != nil {
			return err
		}
	}
	s.begun(c, form, d, here)
	return nil
}

// keepDraft is the button that saves what was typed without a script, and leads back to it.
func (s *Site) keepDraft(c echo.Context, at draft.At, text, back string) error {
	w := draftOf(c)
	w.Text = text // with the files that came beside it
	if _, _, err := s.club.Drafts.Save(c.Request().Context(), viewer(c), at, w); err != nil {
		return err
	}
	say(c, "kept")
	return seeOther(c, back)
}

// discardDraft puts a draft away; restoreDraft brings it back; settleDraft puts the other text away.
func (s *Site) discardDraft(c echo.Context) error {
	_, err := s.club.Drafts.Discard(c.Request().Context(), viewer(c), pathID(c, "draft"), true)
	return done(c, err, "discarded", views.DraftsAddress)
}

func (s *Site) restoreDraft(c echo.Context) error {
	_, err := s.club.Drafts.Discard(c.Request().Context(), viewer(c), pathID(c, "draft"), false)
	return done(c, err, "restored", views.DraftsAddress)
}

func (s *Site) settleDraft(c echo.Context) error {
	_, err := s.club.Drafts.Settle(c.Request().Context(), viewer(c), pathID(c, "draft"))
	if back := ownPath(typed(c).values.Get("from")); err == nil && back != "/" {
		return seeOther(c, back)
	}
	return done(c, err, "settled", views.DraftsAddress)
}

// number is what stands under name if it is one, and else 0.
func (f *form) number(name string) int64 {
	n, err := strconv.ParseInt(f.values.Get(name), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
