package handlers

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"guildhall/models/draft"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// topic shows a stretch of a topic.
func (s *Site) topic(c echo.Context) error {
	sp, t, err := s.topicAt(c)
	if err != nil {
		return err
	}
	if t.ID != pathID(c, "topic") { // it was merged
		return s.toMoved(c, t)
	}
	if t.SpaceID != sp.ID || c.Param("slug") != t.Slug {
		return s.toTopic(c, t, 0)
	}
	switch {
	case jumps(c):
		return s.jump(c, sp, t)
	case c.QueryParam("view") == "summary":
		return s.summary(c, sp, t)
	}
	page, err := s.topicPage(c, sp, t)
	if err != nil {
		return err
	}
	if asks(c) && !holds(page.Posts, numbered(c, "post")) {
		p, to, ok, err := s.club.Forum.Moved(c.Request().Context(), viewer(c), t.ID, numbered(c, "post"))
		if err != nil {
			return err
		}
		if ok {
			return s.toTopic(c, to, p.Number)
		}
	}
	seen := page.Seen()
	if tellsAlong(c) {
		seen = page.Opened()
	}
	if err := s.club.Forum.Look(c.Request().Context(), viewer(c), t, page.Sight(seen)); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Topic(page))
}

// toMoved sends the browser from the address of a topic that was merged to where its posts stand: the one
// that the address asks for, if it does.
func (s *Site) toMoved(c echo.Context, t forum.Listed) error {
	if !asks(c) {
		return s.toTopic(c, t, 0)
	}
	p, to, ok, err := s.club.Forum.Moved(c.Request().Context(), viewer(c), pathID(c, "topic"), numbered(c, "post"))
	if err != nil || !ok {
		to, p.Number = t, 0
	}
	if err != nil {
		return err
	}
	return s.toTopic(c, to, p.Number)
}

// asks tells whether an address asks for a post by its number.
func asks(c echo.Context) bool { return c.QueryParam("post") != "" }

func holds(posts []forum.Post, number int64) bool {
	return slices.ContainsFunc(posts, func(p forum.Post) bool { return p.Number == number })
}

// cared are those who looked after what a page shows: who are named between its posts and beside them.
func cared(page views.TopicPage) (ids []id.ID) {
	for _, told := range page.Told {
		ids = append(ids, told.By)
	}
	for _, p := range page.Posts {
		if p.NoticeBy != nil {
			ids = append(ids, *p.NoticeBy)
		}
	}
	if by := page.Topic.SlowBy; by != nil {
		ids = append(ids, *by)
	}
	return ids
}

// topicAt finds the topic of an address and the space that the address names.
func (s *Site) topicAt(c echo.Context) (space.Space, forum.Listed, error) {
	return s.club.TopicAt(c.Request().Context(), viewer(c), c.Param("space"), pathID(c, "topic"))
}

// toTopic sends the browser to where a topic stands now, at a post if number is not 0. Whoever may
// read it may know where that is.
func (s *Site) toTopic(c echo.Context, t forum.Listed, number int64) error {
	sp, err := s.club.Spaces.Get(c.Request().Context(), viewer(c), t.SpaceID)
	if err != nil {
		return err
	}
	if number > 0 {
		return seeOther(c, views.PostAddress(sp.Slug, t.ID, t.Slug, number))
	}
	return seeOther(c, views.TopicAddress(sp.Slug, t.ID, t.Slug))
}

// topicPage gathers what a topic's page shows, from the post that the address names.
func (s *Site) topicPage(c echo.Context, sp space.Space, t forum.Listed) (views.TopicPage, error) {
	posts, err := s.club.Forum.Stretch(c.Request().Context(), viewer(c), t, stretch(c, sp))
	if err != nil {
		return views.TopicPage{}, err
	}
	return s.pageAround(c, sp, t, posts)
}

// pageAround gathers what stands around a topic's posts.
func (s *Site) pageAround(c echo.Context, sp space.Space, t forum.Listed, posts forum.Page) (views.TopicPage, error) {
	ctx, v := c.Request().Context(), viewer(c)
	page := views.TopicPage{Page: posts, Space: sp, Rights: views.TopicRights(v, t.Topic, sp), Announced: t.Announced}
	here, all, err := s.present(ctx, v, t.ID, mostHere)
	if err != nil {
		return page, err
	}
	page.Told = t.Deeds()
	ids := append([]id.ID{t.AuthorID}, here...)
	for _, p := range page.Posts {
		ids = append(ids, p.AuthorID, editor(p))
	}
	ids = append(ids, cared(page)...)
	if page.Answer != nil {
		ids = append(ids, page.Answer.AuthorID)
	}
	if page.People, err = s.people(ctx, ids); err != nil {
		return page, err
	}
	page.Here, page.HereN = those(here, page.People), all
	page.Wait = t.Wait(v, s.club.Now(ctx))
	texts := make([]*string, len(page.Posts))
	for i := range page.Posts {
		texts[i] = &page.Posts[i].HTML
	}
	if err := s.nameLinks(c, texts...); err != nil {
		return page, err
	}
	page.Reply, err = s.replyForm(c, sp, t)
	return page, err
}

// replyForm is where one writes below a topic, begun with a quote if the address names one.
func (s *Site) replyForm(c echo.Context, sp space.Space, t forum.Listed) (views.Compose, error) {
	at := views.TopicAddress(sp.Slug, t.ID, t.Slug)
	form := views.Compose{Action: views.ReplyAddress(sp.Slug, t.ID), Key: formKey(), Label: "Your reply, in Markdown", Button: "Post reply", Draft: at,
		Seen: t.LastNumber, Keep: views.ReplyDraftAddress(sp.Slug, t.ID), Complete: views.CompleteAddress(sp.Slug), Topic: t.ID.String()}
	if viewer(c).Keeps(sp.ID) {
		form.Saved = views.RepliesAddress(sp.Slug, t.ID)
	}
	if err := s.goesOn(c, &form, t.Begun, draft.Reply, t.ID, views.GoingOn(at)); err != nil {
		return form, err
	}
	if c.QueryParam("saved") != "" {
		var err error
		form.Text, err = s.savedReply(c, sp, t, parseID(c.QueryParam("saved")))
		return form, err
	}
	quoted := parseID(c.QueryParam("quote"))
	if quoted == 0 {
		return form, nil
	}
	text, err := s.club.Forum.Quote(c.Request().Context(), viewer(c), t.ID, quoted, at)
	if problem.Of(err) != nil {
		return form, nil // what cannot be read is not quoted
	}
	form.Text = text
	return form, err
}

// moves are the other spaces that a moderator may carry a topic to.
func (s *Site) moves(c echo.Context, from space.Space) ([]views.Option, error) {
	spaces, err := s.club.Spaces.Seen(c.Request().Context(), viewer(c))
	if err != nil {
		return nil, err
	}
	var to []views.Option
	for _, sp := range spaces {
		if sp.ID != from.ID && viewer(c).Keeps(sp.ID) {
			to = append(to, views.Option{Value: sp.Slug, Text: sp.Name})
		}
	}
	return to, nil
}

// editor is who last changed a wiki; 0 for any other post, whose history says it.
func editor(p forum.Post) id.ID {
	if !p.Wiki || p.EditedBy == nil {
		return 0
	}
	return *p.EditedBy
}

// formKey is the key of a form: the same one twice makes one thing.
func formKey() string { return random(16) }
