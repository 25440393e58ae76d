package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/forum"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/views"
)

// tags lists those that the viewer knows of.
func (s *Site) tags(c echo.Context) error {
	tags, err := s.club.Forum.Tags(c.Request().Context(), viewer(c))
	if err != nil {
		return err
	}
	page := views.TagsPage{Tags: tags, Owner: viewer(c).Owner()}
	return s.page(c, http.StatusOK, page.Head(), views.Tags(page))
}

// tagged lists the topics of one. What it was called before leads on to it.
func (s *Site) tagged(c echo.Context) error {
	tag, err := s.club.Forum.Tag(c.Request().Context(), viewer(c), c.Param("tag"))
	if err != nil {
		return err
	}
	if tag.Name != c.Param("tag") {
		return seeOther(c, views.TagAddress(tag.Name))
	}
	of := s.asksOf(c)
	of.Tag = tag.ID
	page := views.TagPage{Tag: tag, Listing: views.Listing{Root: views.TagAddress(tag.Name), Questions: true}}
	if _, err := s.fillListing(c, &page.Listing, of, nil); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.TagPageOf(page))
}

// mostOffered is how many tags are offered while somebody types.
const mostOffered = 8

// suggestTags offers how a tag goes on that somebody types.
func (s *Site) suggestTags(c echo.Context) error {
	typed := c.QueryParam("q")
	if len(typed) > 2*forum.MaxTag {
		typed = ""
	}
	names, err := s.club.Forum.CompleteTags(c.Request().Context(), viewer(c), parseID(c.QueryParam("space")), typed, mostOffered)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, append([]string{}, names...))
}

// typedTags are those in the field of a form.
func typedTags(c echo.Context) ([]string, error) {
	text := typed(c).text("tags", 2_000)
	if err := typed(c).Err(); err != nil {
		return nil, err
	}
	return forum.TagNames(text)
}

// tagging is the field for the tags of a topic in a space, empty.
func (s *Site) tagging(c echo.Context, sp space.Space) (views.Tagging, error) {
	rule, err := s.club.Forum.TagRule(c.Request().Context(), sp.ID)
	return views.Tagging{Space: sp.ID, Least: rule.Least, Allowed: rule.Names()}, err
}

// retag changes the tags of a topic.
func (s *Site) retag(c echo.Context) error {
	sp, t, err := s.topicAt(c)
	if err != nil {
		return err
	}
	names, err := typedTags(c)
	if !typed(c).values.Has("tags") {
		err = problem.Invalid("", "The form is out of date. Load the page again.")
	}
	if err == nil {
		_, err = s.club.Forum.Retag(c.Request().Context(), viewer(c), t.ID, names)
	}
	if p := problem.Of(err); p != nil && p.Kind == problem.KindInvalid && !wantsJSON(c) {
		page, err := s.topicPage(c, sp, t)
		if err != nil {
			return err
		}
		page.Retagged, page.Faults = typed(c).values.Get("tags"), views.FaultsOf(p)
		return s.page(c, kinds[p.Kind].status, page.Head(), views.Topic(page))
	}
	if err != nil {
		return err
	}
	say(c, "saved")
	return s.toTopic(c, t, 0)
}
