package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/draft"
	"guildhall/models/forum"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// chooseSpace asks where a new topic belongs.
func (s *Site) chooseSpace(c echo.Context) error {
	spaces, err := s.club.Spaces.Seen(c.Request().Context(), viewer(c))
	if err != nil {
		return err
	}
	var page views.NewTopicPage
	for _, sp := range spaces {
		if viewer(c).CanStart(sp.ID) == nil {
			sp.Icon = glyph(sp.Icon)
			page.Choose = append(page.Choose, sp)
		}
	}
	return s.drawNewTopic(c, http.StatusOK, page)
}

// newTopic is the form for a topic.
func (s *Site) newTopic(c echo.Context) error {
	sp, err := s.into(c)
	if err != nil {
		return err
	}
	if err := viewer(c).CanStart(sp.ID); err != nil {
		return err
	}
	page, err := s.newTopicPage(c, sp)
	if err != nil {
		return err
	}
	d, err := s.club.Drafts.Find(c.Request().Context(), viewer(c), draft.Topic, sp.ID)
	if err != nil {
		return err
	}
	if page.Template = c.QueryParam("template"); page.Template == "" && c.QueryParam("draft") != "" {
		page.Template = d.Around.Template
	}
	if err := s.begin(c, &page); err != nil {
		return err
	}
	if s.begun(c, &page.Text, d, views.GoingOn(views.NewTopicAddress(sp.Slug))); page.Text.Begun.Revision > 0 {
		page.Title, page.Tags.Value, page.At = d.Title, d.Around.Tags, d.Around.At
	}
	return s.drawNewTopic(c, http.StatusOK, page)
}

// begin fills the form with the template that the address or the draft names, or the one of the space that comes first.
func (s *Site) begin(c echo.Context, page *views.NewTopicPage) error {
	all, err := s.club.Forum.Templates(c.Request().Context(), viewer(c), page.Space.ID)
	if err != nil {
		return err
	}
	want := page.Template
	for _, t := range all {
		on := want == t.ID.String() || want == "" && t.First
		if on {
			page.Title, page.Text.Text, page.Template = t.Title, t.Text, t.ID.String()
		}
		page.Templates = append(page.Templates, views.TemplateLink(page.Space.Slug, t, on))
	}
	if len(all) > 0 {
		page.Templates = append(page.Templates, views.NoTemplateLink(page.Space.Slug, page.Text.Text == ""))
	}
	return nil
}

// newTopicPage is the form for a topic, with what its space asks of tags.
func (s *Site) newTopicPage(c echo.Context, sp space.Space) (views.NewTopicPage, error) {
	tags, err := s.tagging(c, sp)
	at := views.NewTopicAddress(sp.Slug)
	return views.NewTopicPage{Space: sp, Tags: tags, Text: views.Compose{
		Action: at, Key: formKey(), Label: "What it is about, in Markdown", Button: "Post", Rows: 12, Draft: at, Away: views.SpaceAddress(sp.Slug), Keep: views.TopicDraftAddress(sp.Slug),
		Complete: views.CompleteAddress(sp.Slug),
	}}, err
}

// startTopic posts a new topic. What cannot be taken comes back with what was typed.
func (s *Site) startTopic(c echo.Context) error {
	sp, err := s.into(c)
	if err != nil {
		return err
	}
	page, err := s.newTopicPage(c, sp)
	if err != nil {
		return err
	}
	d, err := s.drafted(c)
	if err == nil {
		d.Tags, err = typedTags(c)
	}
	page.Title, page.Text.Text, page.Text.Key, page.Tags.Value = d.Title, d.Text, d.Key, typed(c).values.Get("tags")
	page.At, page.Template = typed(c).values.Get("at"), typed(c).values.Get("template")
	if err == nil && typed(c).on("preview") {
		if err = s.previewIn(c, &page.Text, sp, d.Text); err != nil {
			return err
		}
		if page.Alike, err = s.alike(c, d.Title); err != nil {
			return err
		}
		return s.drawNewTopic(c, http.StatusOK, page)
	}
	at, wrong := s.moment(c, "at")
	if err == nil {
		err = wrong
	}
	var t forum.Topic
	switch {
	case err != nil:
	case typed(c).on("draft"):
		if err = s.keepDraft(c, topicIn(sp), d.Text, views.GoingOn(views.NewTopicAddress(sp.Slug))); err == nil {
			return nil
		}
	case at != nil:
		_, err = s.club.Forum.Schedule(c.Request().Context(), viewer(c), sp.ID, d, *at)
	default:
		if d.Here, err = s.nearby(c, d.Text, sp, 0); err != nil {
			return err
		}
		t, err = s.club.Forum.Start(c.Request().Context(), viewer(c), sp.ID, d)
	}
	if p := problem.Of(err); p != nil && returns(p) && !wantsJSON(c) {
		page.Faults = views.FaultsOf(p)
		page.Text.Faults, page.Tags.Fault = page.Faults, page.Faults["tags"]
		return s.drawNewTopic(c, kinds[p.Kind].status, page)
	}
	if err != nil {
		return err
	}
	if at != nil {
		return done(c, nil, "scheduled", views.ScheduledAddress)
	}
	say(c, untoldOr("posted", t.Untold, d.Text))
	return seeOther(c, views.TopicAddress(sp.Slug, t.ID, t.Slug))
}

func (s *Site) drawNewTopic(c echo.Context, status int, page views.NewTopicPage) error {
	r, err := s.reader(c)
	if err != nil {
		return err
	}
	return s.page(c, status, page.Head(r.Words), views.NewTopic(page))
}
