package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/views"
)

// tagsPerPage is how many tags a page of the back office lists.
const tagsPerPage = 50

// manageTags lists every tag, who may make them, and what each space asks of them.
func (s *Site) manageTags(c echo.Context) error {
	return s.drawTags(c, http.StatusOK, views.ManageTagsPage{})
}

func (s *Site) drawTags(c echo.Context, status int, page views.ManageTagsPage) (err error) {
	ctx, v := c.Request().Context(), viewer(c)
	after := c.QueryParam("after")
	if page.Tags, page.Next, err = s.club.Forum.AllTags(ctx, v, after, tagsPerPage); err != nil {
		return err
	}
	page.Later = after != ""
	var rules []forum.TagRule
	if page.Makers, rules, err = s.club.Forum.TagRules(ctx, v); err != nil {
		return err
	}
	spaces, err := s.spaces(ctx, v)
	if err != nil {
		return err
	}
	for _, r := range rules {
		page.Rules = append(page.Rules, views.AskedOf{Space: spaces[r.Space], TagRule: r})
	}
	if page.Ladder, err = s.club.Standing.Ladder(ctx); err != nil {
		return err
	}
	if page.Tiers, err = s.club.Access.Tiers(ctx); err != nil {
		return err
	}
	return s.office(c, status, page.Head, views.ManageTags(page))
}

// answerTags goes back to the list, or shows on it what was wrong.
func (s *Site) answerTags(c echo.Context, err error, word string, at id.ID) error {
	if p := fault(c, err); p != nil {
		return s.drawTags(c, kinds[p.Kind].status, views.ManageTagsPage{Faults: views.FaultsOf(p), Wrong: at, Typed: typed(c).values.Get(p.Field)})
	}
	return done(c, err, word, views.ManageTagsAddress)
}

// setTagMakers says who may make new tags. The choice names the status or tier with its kind.
func (s *Site) setTagMakers(c echo.Context) error {
	kind, which, _ := strings.Cut(typed(c).values.Get("makers"), ":")
	m := forum.TagMakers{Makers: kind}
	if position, err := strconv.Atoi(which); err == nil && kind == forum.ByStatus {
		m.RefID = id.ID(position)
	} else if kind == forum.ByTier {
		m.RefID = parseID(which)
	}
	err := s.club.Forum.SetTagMakers(c.Request().Context(), viewer(c), m)
	return s.answerTags(c, err, "saved", 0)
}

// setTagRule says what a space asks of its topics.
func (s *Site) setTagRule(c echo.Context) error {
	sp, err := s.spaceAt(c)
	if err != nil {
		return err
	}
	least, bad := strconv.Atoi(typed(c).values.Get("least"))
	if bad != nil {
		err = problem.Invalid("least", "Write a number from 0 to %d.", forum.MaxTags)
	}
	var names []string
	for one := range strings.FieldsFuncSeq(typed(c).values.Get("allowed"), func(r rune) bool { return r == ',' || r == ' ' || r == '\n' }) {
		name, ok := forum.TagName(one)
		if !ok && err == nil {
			err = problem.Invalid("allowed", "One of these cannot be a tag: write letters, digits and hyphens.")
		}
		names = append(names, name)
	}
	if len(names) > 200 && err == nil {
		err = problem.Invalid("allowed", "A space lists at most 200 tags.")
	}
	if err == nil {
		err = s.club.Forum.SetTagRule(c.Request().Context(), viewer(c), sp.ID, least, names)
	}
	return s.answerTags(c, err, "saved", sp.ID)
}

func (s *Site) renameTag(c echo.Context) error {
	_, err := s.club.Forum.RenameTag(c.Request().Context(), viewer(c), pathID(c, "label"), typed(c).text("name", 200))
	return s.answerTags(c, err, "saved", pathID(c, "label"))
}

func (s *Site) mergeTag(c echo.Context) error {
	err := s.club.Forum.MergeTag(c.Request().Context(), viewer(c), pathID(c, "label"), typed(c).text("into", 200))
	return s.answerTags(c, err, "merged", pathID(c, "label"))
}

func (s *Site) deleteTag(c echo.Context) error {
	err := s.club.Forum.DeleteTag(c.Request().Context(), viewer(c), pathID(c, "label"))
	return s.answerTags(c, err, "gone", pathID(c, "label"))
}
