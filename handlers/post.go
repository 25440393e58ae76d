package handlers

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/diff"
	"guildhall/models/draft"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// postAt finds the post of an address, with its topic. The space is asked first, as in topicAt; a post
// that stands elsewhere, behind another door or in the open, never was here.
func (s *Site) postAt(c echo.Context) (space.Space, forum.Post, forum.Listed, error) {
	sp, t, err := s.topicAt(c)
	if err != nil {
		return sp, forum.Post{}, t, err
	}
	p, _, err := s.club.Forum.Post(c.Request().Context(), viewer(c), pathID(c, "post"))
	if problem.Of(err) != nil || err == nil && p.TopicID != t.ID {
		err = s.club.Nothing()
	}
	return sp, p, t, err
}

// editPost is the form that changes a post.
func (s *Site) editPost(c echo.Context) error {
	sp, p, t, err := s.postAt(c)
	if err != nil {
		return err
	}
	if err := forum.CanEdit(viewer(c), t.Topic, p); err != nil {
		return err
	}
	d, err := s.club.Drafts.Find(c.Request().Context(), viewer(c), draft.Edit, p.ID)
	if err != nil {
		return err
	}
	page := editPage(viewer(c), sp, p, t, p.Source)
	s.begun(c, &page.Text, d, views.GoingOn(page.EditAddress()))
	if page.Text.Begun.Revision > 0 && p.EditedAt != nil && p.EditedAt.After(d.BegunAt) {
		page.Text.From = changedSince
	}
	page.Notices, page.Notice = viewer(c).Keeps(sp.ID), p.Notice
	return s.drawEdit(c, http.StatusOK, page)
}

// changedSince is no wording: a draft goes on from what the post said before it was changed.
const changedSince = "changed"

func editPage(v access.Viewer, sp space.Space, p forum.Post, t forum.Listed, text string) views.EditPostPage {
	posted := views.Posted{Post: p, Topic: t.Topic, In: sp}
	return views.EditPostPage{Posted: posted, Others: p.AuthorID != v.ID, Removes: p.Number > 1 && !p.Removed() && forum.CanRemove(v, t.Topic, p) == nil, Wikis: forum.CanMakeWiki(v, t.Topic, p) == nil, Text: views.Compose{
		Action: posted.EditAddress(), Key: formKey(), Text: text, Label: "The post, in Markdown", Button: "Save", Rows: 12,
		Away: views.PostAddress(sp.Slug, t.ID, t.Slug, p.Number), Draft: posted.EditAddress(), Keep: posted.DraftAddress(), Why: why(""),
		Complete: views.CompleteAddress(sp.Slug), Topic: t.ID.String(), From: p.Wording(),
	}}
}

func (s *Site) drawEdit(c echo.Context, status int, page views.EditPostPage) error {
	return s.page(c, status, page.Head(), views.EditPost(page))
}

// why asks for the reason of an edit.
func why(given string) *views.Input {
	return &views.Input{Name: "reason", Label: "Reason, if you like", Hint: "It stands in the history of the post, which everybody may read who reads the post.", Value: given, Max: forum.MaxWhy, Autocomplete: "off"}
}

// savePost changes a post.
func (s *Site) savePost(c echo.Context) error {
	sp, p, t, err := s.postAt(c)
	if err != nil {
		return err
	}
	text, err := s.attached(c, typed(c).values.Get("text"), typed(c).values.Get("key"))
	page, reason := editPage(viewer(c), sp, p, t, text), typed(c).values.Get("reason")
	page.Text.Why, page.Text.From = why(reason), typed(c).values.Get("from")
	if err == nil && typed(c).on("preview") {
		if err = s.previewIn(c, &page.Text, sp, text); err != nil {
			return err
		}
		return s.drawEdit(c, http.StatusOK, page)
	}
	switch {
	case err != nil:
	case typed(c).on("draft"):
		if err = s.keepDraft(c, editOf(t.Topic, p), text, views.GoingOn(page.EditAddress())); err == nil {
			return nil
		}
	default:
		p, err = s.club.Forum.EditFrom(c.Request().Context(), viewer(c), p.ID, forum.Change{Text: text, Why: reason, From: page.Text.From})
	}
	if late := (*forum.Rewritten)(nil); errors.As(err, &late) {
		page.Text.From, page.Text.Anyway, page.Changes = late.Now.Wording(), "Save anyway", diff.Words(late.Now.Source, text)
	}
	if wrong := problem.Of(err); wrong != nil && returns(wrong) && !wantsJSON(c) {
		page.Text.Faults = views.FaultsOf(wrong)
		page.Text.Why.Fault = page.Text.Faults["reason"]
		return s.drawEdit(c, kinds[wrong.Kind].status, page)
	}
	if err != nil {
		return err
	}
	say(c, untoldOr("saved", len(p.Untold) > 0, text))
	return s.toTopic(c, t, p.Number)
}

// removePost takes a post away: somebody else's for a reason, which comes back with what is wrong with it.
func (s *Site) removePost(c echo.Context) error {
	sp, p, t, err := s.postAt(c)
	if err != nil {
		return err
	}
	reason := typed(c).values.Get("reason")
	_, err = s.club.Forum.RemoveBecause(c.Request().Context(), viewer(c), p.ID, reason)
	if wrong := problem.Of(err); wrong != nil && wrong.Field == "reason" && !wantsJSON(c) {
		page := editPage(viewer(c), sp, p, t, p.Source)
		page.RemoveWhy, page.RemoveFault = reason, wrong.Text
		return s.drawEdit(c, kinds[wrong.Kind].status, page)
	}
	if err != nil {
		return err
	}
	say(c, "removed")
	return s.toTopic(c, t, p.Number)
}

// toPost makes a handler of an operation on one post, which leads back to it.
func toPost(word string, do func(f *forum.Forum, ctx context.Context, v access.Viewer, post id.ID) (forum.Post, error)) func(*Site, echo.Context) error {
	return func(s *Site, c echo.Context) error {
		_, p, t, err := s.postAt(c)
		if err != nil {
			return err
		}
		if _, err := do(s.club.Forum, c.Request().Context(), viewer(c), p.ID); err != nil {
			return err
		}
		say(c, word)
		return s.toTopic(c, t, p.Number)
	}
}

// reactPost gives a reaction to a post or takes it back: the form names the kind as on or off.
func (s *Site) reactPost(c echo.Context) error {
	_, p, t, err := s.postAt(c)
	if err != nil {
		return err
	}
	kind, on := chosenReaction(c)
	if _, err := answerTo(s.club.Forum, c.Request().Context(), viewer(c), p.ID, kind, on); err != nil {
		return err
	}
	return s.toTopic(c, t, p.Number)
}

// answerTo gives a reaction, or the vote that stands among the reactions to an answer, or takes it back.
func answerTo(f *forum.Forum, ctx context.Context, v access.Viewer, post id.ID, kind string, on bool) (forum.Post, error) {
	if kind == forum.Voted {
		return f.Vote(ctx, v, post, on)
	}
	return f.React(ctx, v, post, kind, on)
}

// makeWiki opens a post to the edits of others, or closes it.
func makeWiki(f *forum.Forum, ctx context.Context, v access.Viewer, post id.ID) (forum.Post, error) {
	return f.MakeWiki(ctx, v, post, true)
}

func endWiki(f *forum.Forum, ctx context.Context, v access.Viewer, post id.ID) (forum.Post, error) {
	return f.MakeWiki(ctx, v, post, false)
}

// chosenReaction reads the button of a row of reactions.
func chosenReaction(c echo.Context) (kind string, on bool) {
	f := typed(c)
	if kind = f.values.Get("on"); kind != "" {
		return kind, true
	}
	return f.values.Get("off"), false
}
