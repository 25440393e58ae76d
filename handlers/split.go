package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// askSplit is the page on which posts are chosen that leave a topic.
func (s *Site) askSplit(c echo.Context) error {
	sp, t, err := s.keptTopic(c)
	if err != nil {
		return err
	}
	return s.drawSplit(c, http.StatusOK, sp, t, views.SplitPage{Key: formKey()})
}

// splitTopic moves them.
func (s *Site) splitTopic(c echo.Context) error {
	sp, t, err := s.keptTopic(c)
	if err != nil {
		return err
	}
	f := typed(c)
	page := views.SplitPage{Key: f.values.Get("key"), Title: f.values.Get("title"), Into: f.values.Get("into"), Why: f.values.Get("why"), Chosen: chosen(c, "posts")}
	split := forum.Splitting{Key: page.Key, Title: page.Title, Why: page.Why}
	for key := range page.Chosen {
		split.Posts = append(split.Posts, key)
	}
	var to forum.Listed
	if page.Into != "" {
		to, err = s.typedTopic(c, "into")
		split.To = to.ID
	}
	var line id.ID
	if err == nil {
		to.Topic, line, err = s.club.Forum.Split(c.Request().Context(), viewer(c), t.ID, split)
	}
	if p := fault(c, err); p != nil {
		page.Faults = views.FaultsOf(p)
		return s.drawSplit(c, kinds[p.Kind].status, sp, t, page)
	}
	if err != nil {
		return err
	}
	sayDeed(c, "split", line)
	return s.toTopic(c, to, 0)
}

// chosen are the ids that were ticked under name.
func chosen(c echo.Context, name string) map[id.ID]bool {
	all := map[id.ID]bool{}
	for _, text := range typed(c).texts(name, 11) {
		if key := parseID(text); key != 0 {
			all[key] = true
		}
	}
	return all
}

// drawSplit lists the posts from the one that the address names.
func (s *Site) drawSplit(c echo.Context, status int, sp space.Space, t forum.Listed, page views.SplitPage) (err error) {
	ctx := c.Request().Context()
	page.Topic, page.Space = t, sp
	if page.Posts, page.Next, err = s.club.Forum.Outline(ctx, viewer(c), t, numbered(c, "post")); err != nil {
		return err
	}
	ids := make([]id.ID, len(page.Posts))
	for i, p := range page.Posts {
		ids[i] = p.AuthorID
	}
	if page.People, err = s.people(ctx, ids); err != nil {
		return err
	}
	return s.page(c, status, page.Head(), views.Split(page))
}

// noticePost puts a staff notice beside a post, or takes it away.
func (s *Site) noticePost(c echo.Context) error {
	sp, p, t, err := s.postAt(c)
	if err != nil {
		return err
	}
	text := typed(c).values.Get("notice")
	_, err = s.club.Forum.Notice(c.Request().Context(), viewer(c), p.ID, text)
	if wrong := problem.Of(err); wrong != nil && fault(c, err) != nil {
		page := editPage(viewer(c), sp, p, t, p.Source)
		page.Notices, page.Notice, page.NoticeFault = true, text, wrong.Text
		return s.drawEdit(c, kinds[wrong.Kind].status, page)
	}
	if err != nil {
		return err
	}
	say(c, "saved")
	return s.toTopic(c, t, p.Number)
}
