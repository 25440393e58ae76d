package handlers

import (
	"errors"
	"net/http"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"guildhall/models/forum"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// reply posts in a topic. What cannot be taken comes back in the page, with what was typed.
func (s *Site) reply(c echo.Context) error {
	sp, t, err := s.topicAt(c)
	if err != nil {
		return err
	}
	d, err := s.drafted(c)
	if err == nil && typed(c).on("preview") {
		return s.replyAgain(c, sp, t, http.StatusOK, d, nil)
	}
	if saved := typed(c).values.Get("saved"); err == nil && saved != "" && viewer(c).Keeps(sp.ID) {
		return s.replyFrom(c, sp, t, d, saved)
	}
	var post forum.Post
	switch {
	case err != nil:
	case typed(c).on("draft"):
		if err = s.keepDraft(c, replyIn(t.Topic), d.Text, views.GoingOn(views.TopicAddress(sp.Slug, t.ID, t.Slug))); err == nil {
			return nil
		}
	default:
		if d.Here, err = s.nearby(c, d.Text, sp, t.ID); err != nil {
			return err
		}
		post, err = s.club.Forum.Reply(c.Request().Context(), viewer(c), t.ID, d)
	}
	if late := (*forum.Overtaken)(nil); errors.As(err, &late) && !wantsJSON(c) {
		return s.replyOvertaken(c, d, late)
	}
	if p := problem.Of(err); p != nil && returns(p) && !wantsJSON(c) {
		return s.replyAgain(c, sp, t, kinds[p.Kind].status, d, p)
	}
	if err != nil {
		return err
	}
	say(c, untoldOr("posted", len(post.Untold) > 0, d.Text))
	return s.toTopic(c, t, post.Number)
}

// drafted is what was typed in a form that posts, with the files that came beside it. What cannot be
// taken of those leaves the rest as it was.
func (s *Site) drafted(c echo.Context) (d forum.Draft, err error) {
	f := typed(c)
	d = forum.Draft{Key: f.values.Get("key"), Title: f.values.Get("title"), Seen: f.number("seen")}
	d.Text, err = s.attached(c, f.values.Get("text"), d.Key)
	return d, err
}

// returns tells whether a problem is answered by the form that it came from.
func returns(p *problem.Problem) bool {
	return p.Kind != problem.KindMissing
}

// replyAgain draws the end of the topic with what was typed: as a preview, or with what is wrong.
func (s *Site) replyAgain(c echo.Context, sp space.Space, t forum.Listed, status int, d forum.Draft, p *problem.Problem) error {
	page, err := s.topicPage(c, sp, t)
	if err != nil {
		return err
	}
	putBack(&page, d)
	page.Reply.Seen = d.Seen
	if p != nil {
		page.Reply.Faults = views.FaultsOf(p)
	} else if err := s.previewIn(c, &page.Reply, sp, d.Text); err != nil {
		return err
	}
	return s.page(c, status, page.Head(), views.Topic(page))
}

// putBack puts what was typed back into the form below a topic.
func putBack(page *views.TopicPage, d forum.Draft) {
	page.Reply.Text, page.Reply.Key = d.Text, d.Key
	if page.Reply.Begun.Revision == 0 {
		page.Reply.Begun = views.Begun{} // it is not offered above another text
	}
}

// replyOvertaken draws the topic from the first reply that was not seen, with what was typed below it:
// once, as the form has seen them then.
func (s *Site) replyOvertaken(c echo.Context, d forum.Draft, late *forum.Overtaken) error {
	sp, t, err := s.topicAt(c)
	if err != nil {
		return err
	}
	posts, err := s.club.Forum.Posts(c.Request().Context(), viewer(c), t, forum.Around(late.From))
	if err != nil {
		return err
	}
	page, err := s.pageAround(c, sp, t, posts)
	if err != nil {
		return err
	}
	putBack(&page, d)
	page.Reply.Anyway, page.Reply.Faults = "Post anyway", views.FaultsOf(late)
	return s.page(c, http.StatusConflict, page.Head(), views.Topic(page))
}

// preview puts a text into its form as it would be posted, with what would keep it from that.
func preview(form *views.Compose, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	cooked, err := forum.Cook(text)
	if form.Preview = cooked.HTML; err != nil {
		form.Faults = views.FaultsOf(problem.Of(err))
	}
}

// previewed draws a text as it would be posted, for the pane beside it.
func (s *Site) previewed(c echo.Context) error {
	text := typed(c).text("text", forum.MaxText)
	untold, err := s.untold(c, text)
	if err != nil {
		return err
	}
	var form views.Compose
	if typed(c).values.Get("as") == "page" {
		form.Preview, form.Faults = pagePreview(text)
	} else {
		preview(&form, text)
	}
	return draw(c, http.StatusOK, templ.Join(views.Flaw(form.Faults["text"]), templ.Raw(form.Preview), views.Untold(untold), views.TooMany(tooMany(text))))
}
