package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// texts is the page of a space's saved replies and templates, for those who keep it.
func (s *Site) texts(c echo.Context) error {
	sp, err := s.into(c)
	if err != nil {
		return err
	}
	return s.drawTexts(c, http.StatusOK, views.TextsPage{Space: sp})
}

// drawTexts draws the lists around what was typed, or around the one that the address names.
func (s *Site) drawTexts(c echo.Context, status int, page views.TextsPage) (err error) {
	ctx, v := c.Request().Context(), viewer(c)
	if page.Replies, err = s.club.Forum.SavedReplies(ctx, v, page.Space.ID); err != nil {
		return err
	}
	if page.Templates, err = s.club.Forum.Templates(ctx, v, page.Space.ID); err != nil {
		return err
	}
	if page.Waiting, err = s.club.Forum.ScheduledIn(ctx, v, page.Space.ID); err != nil {
		return err
	}
	for _, r := range page.Replies {
		if page.Form == "" && r.ID == parseID(c.QueryParam("reply")) {
			page.Reply = r
		}
	}
	for _, t := range page.Templates {
		if page.Form == "" && t.ID == parseID(c.QueryParam("template")) {
			page.Template = t
		}
	}
	ids := make([]id.ID, len(page.Waiting))
	for i, w := range page.Waiting {
		ids[i] = w.AuthorID
	}
	if page.People, err = s.people(ctx, ids); err != nil {
		return err
	}
	return s.page(c, status, page.Head(), views.Texts(page))
}

// saveReply keeps a saved reply.
func (s *Site) saveReply(c echo.Context) error {
	sp, err := s.into(c)
	if err != nil {
		return err
	}
	f := typed(c)
	r := forum.SavedReply{ID: f.id("id"), SpaceID: sp.ID, Name: f.values.Get("name"), Text: f.values.Get("text")}
	_, err = s.club.Forum.SaveReply(c.Request().Context(), viewer(c), r)
	if p := fault(c, err); p != nil {
		return s.drawTexts(c, kinds[p.Kind].status, views.TextsPage{Space: sp, Reply: r, Form: "reply", Faults: views.FaultsOf(p)})
	}
	return done(c, err, "saved", views.TextsAddress(sp.Slug))
}

// saveTemplate keeps a template.
func (s *Site) saveTemplate(c echo.Context) error {
	sp, err := s.into(c)
	if err != nil {
		return err
	}
	f := typed(c)
	t := forum.Template{ID: f.id("id"), SpaceID: sp.ID, Name: f.values.Get("name"), Title: f.values.Get("title"), Text: f.values.Get("text"), First: f.on("first")}
	_, err = s.club.Forum.SaveTemplate(c.Request().Context(), viewer(c), t)
	if p := fault(c, err); p != nil {
		return s.drawTexts(c, kinds[p.Kind].status, views.TextsPage{Space: sp, Template: t, Form: "template", Faults: views.FaultsOf(p)})
	}
	return done(c, err, "saved", views.TextsAddress(sp.Slug))
}

// dropReply and dropTemplate take one away.
func (s *Site) dropReply(c echo.Context) error {
	sp, err := s.into(c)
	if err != nil {
		return err
	}
	return done(c, s.club.Forum.DropReply(c.Request().Context(), viewer(c), sp.ID, pathID(c, "kept")), "forgot", views.TextsAddress(sp.Slug))
}

func (s *Site) dropTemplate(c echo.Context) error {
	sp, err := s.into(c)
	if err != nil {
		return err
	}
	return done(c, s.club.Forum.DropTemplate(c.Request().Context(), viewer(c), sp.ID, pathID(c, "kept")), "forgot", views.TextsAddress(sp.Slug))
}

// chooseReply lists the saved replies for the composer of a topic.
func (s *Site) chooseReply(c echo.Context) error {
	sp, t, err := s.keptTopic(c)
	if err != nil {
		return err
	}
	return s.drawReplies(c, sp, t, views.Compose{})
}

// drawReplies lists them beside what was typed, if anything was.
func (s *Site) drawReplies(c echo.Context, sp space.Space, t forum.Listed, typed views.Compose) error {
	replies, err := s.filledReplies(c, sp, t)
	if err != nil {
		return err
	}
	page := views.RepliesPage{Space: sp, Topic: t.Topic, Replies: replies, Typed: typed}
	return s.page(c, http.StatusOK, page.Head(), views.Replies(page))
}

// replyFrom is the button for saved replies in the form of a reply, and the choice of one: what was typed goes
// along, and what is chosen stands below it.
func (s *Site) replyFrom(c echo.Context, sp space.Space, t forum.Listed, d forum.Draft, saved string) error {
	if saved == "choose" {
		return s.drawReplies(c, sp, t, views.Compose{Key: d.Key, Text: d.Text, Seen: d.Seen})
	}
	text, err := s.savedReply(c, sp, t, parseID(saved))
	if err != nil {
		return err
	}
	if text != "" {
		d.Text = strings.TrimLeft(strings.TrimRight(d.Text, "\n")+"\n\n"+text, "\n")
	}
	page, err := s.topicPage(c, sp, t)
	if err != nil {
		return err
	}
	putBack(&page, d)
	page.Reply.Seen = d.Seen
	return s.page(c, http.StatusOK, page.Head(), views.Topic(page))
}

// savedReply is the text of a saved reply, filled in for the topic; nothing for whoever does not keep the space.
func (s *Site) savedReply(c echo.Context, sp space.Space, t forum.Listed, key id.ID) (string, error) {
	replies, err := s.filledReplies(c, sp, t)
	if problem.Of(err) != nil {
		return "", nil
	}
	for _, r := range replies {
		if r.ID == key {
			return r.Text, nil
		}
	}
	return "", err
}

// filledReplies are the saved replies of a space, filled in for a topic.
func (s *Site) filledReplies(c echo.Context, sp space.Space, t forum.Listed) ([]forum.SavedReply, error) {
	ctx := c.Request().Context()
	replies, err := s.club.Forum.SavedReplies(ctx, viewer(c), sp.ID)
	if err != nil {
		return nil, err
	}
	people, err := s.people(ctx, []id.ID{t.AuthorID, viewer(c).ID})
	for i, r := range replies {
		replies[i].Text = forum.Fill(r.Text, views.First(people[t.AuthorID].Name), views.First(people[viewer(c).ID].Name), t.Title, sp.Name)
	}
	return replies, err
}
