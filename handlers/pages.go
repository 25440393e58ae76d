package handlers

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/diff"
	"guildhall/models/draft"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/site"
	"guildhall/views"
)

// readPage shows one of the club's own pages.
func (s *Site) readPage(c echo.Context) error {
	p, err := s.club.Site.Page(c.Request().Context(), viewer(c), c.Param("name"))
	if err != nil {
		return err
	}
	page := views.OwnPage{Page: p, Owner: viewer(c).Owner()}
	return s.page(c, http.StatusOK, page.Head(), views.ReadPage(page))
}

// managePages lists them, for owners.
func (s *Site) managePages(c echo.Context) error {
	all, err := s.club.Site.Pages(c.Request().Context(), viewer(c))
	if err != nil {
		return err
	}
	page := views.PagesPage{Pages: all}
	return s.page(c, http.StatusOK, page.Head(), views.ManagePages(page))
}

// newPage is the form for another one.
func (s *Site) newPage(c echo.Context) error {
	return s.pageGoesOn(c, views.PageForm{Typed: site.PageDraft{Audience: site.ForEveryone, InFooter: true}})
}

// managePage is the form of one, with its versions.
func (s *Site) managePage(c echo.Context) error {
	form, err := s.pageForm(c)
	if err != nil {
		return err
	}
	p := form.Page
	form.Typed = site.PageDraft{ID: p.ID, Was: p.Latest, Slug: p.Slug, Title: p.Title, Text: p.Source, Audience: p.Audience, InFooter: p.InFooter, Published: p.Published}
	return s.pageGoesOn(c, form)
}

// pageGoesOn draws the form with what the viewer began there before.
func (s *Site) pageGoesOn(c echo.Context, form views.PageForm) error {
	d, err := s.club.Drafts.Find(c.Request().Context(), viewer(c), draft.Page, form.Page.ID)
	if err != nil {
		return err
	}
	form.Text.Text = form.Typed.Text
	if s.begun(c, &form.Text, d, views.GoingOn(pageFormAddress(form.Page.ID))); form.Text.Begun.Revision > 0 {
		form.Typed.Title, form.Typed.Text, form.Typed.Note = d.Title, d.Text, d.Around.Note
		if !form.Page.Fixed() {
			form.Typed.Slug = d.Around.Slug
		}
	}
	return s.drawPageForm(c, http.StatusOK, form)
}

// pageFormAddress is where owners write a page; 0 is a new one.
func pageFormAddress(page id.ID) string {
	if page == 0 {
		return views.NewPageAddress
	}
	return views.ManagePageAddress(page)
}

// pageForm is the form of the page in the address, with nothing typed in it yet.
func (s *Site) pageForm(c echo.Context) (form views.PageForm, err error) {
	ctx, v := c.Request().Context(), viewer(c)
	if form.Page, err = s.club.Site.PageByID(ctx, v, pathID(c, "page")); err != nil {
		return form, err
	}
	if form.Versions, err = s.club.Site.Versions(ctx, v, form.Page.ID); err != nil {
		return form, err
	}
	form.By, err = s.people(ctx, saversOf(form.Versions))
	return form, err
}

func saversOf(versions []site.Version) (ids []id.ID) {
	for _, v := range versions {
		if v.ByID != nil {
			ids = append(ids, *v.ByID)
		}
	}
	return ids
}

// savePage makes a page, or changes the one of the address. What cannot be taken comes back with
// what was typed.
func (s *Site) savePage(c echo.Context) error {
	d, form := draftOfPage(c), views.PageForm{}
	if d.ID != 0 {
		var err error
		if form, err = s.pageForm(c); err != nil {
			return err
		}
	}
	text, err := s.attached(c, d.Text, typed(c).values.Get("key"))
	d.Text = text
	form.Typed = d
	if err == nil && typed(c).on("preview") {
		form.Text.Preview, form.Faults = pagePreview(text)
		return s.drawPageForm(c, http.StatusOK, form)
	}
	var saved site.Page
	switch {
	case err != nil:
	case typed(c).on("draft"):
		if err = s.keepDraft(c, ownPage(d.ID), text, views.GoingOn(pageFormAddress(d.ID))); err == nil {
			return nil
		}
	default:
		saved, err = s.club.Site.SavePage(c.Request().Context(), s.club.Access, viewer(c), d)
	}
	if p := fault(c, err); p != nil {
		form.Faults = views.FaultsOf(p)
		if p.Kind == problem.KindConflict {
			form.Typed.Was = form.Page.Latest // what they save next, they save knowing of it
		}
		return s.drawPageForm(c, kinds[p.Kind].status, form)
	}
	return done(c, err, "saved", views.ManagePageAddress(saved.ID))
}

// pagePreview is a page as it would look, with what keeps it from being saved.
func pagePreview(text string) (html string, faults views.Faults) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	cooked, err := site.CookPage(text)
	if err != nil {
		faults = views.FaultsOf(problem.Of(err))
	}
	return cooked.HTML, faults
}

func draftOfPage(c echo.Context) site.PageDraft {
	f := typed(c)
	was, _ := strconv.Atoi(f.values.Get("was")) // what is no number is no version either
	return site.PageDraft{
		ID: pathID(c, "page"), Was: was, Slug: f.values.Get("slug"), Title: f.values.Get("title"), Text: f.values.Get("text"), Note: f.values.Get("note"),
		Audience: withDefault(f.values.Get("audience"), site.ForEveryone), InFooter: f.on("in_footer"), Published: f.on("published"), Consent: f.on("consent"),
	}
}

func withDefault(typed, otherwise string) string {
	if typed == "" {
		return otherwise
	}
	return typed
}

func (s *Site) drawPageForm(c echo.Context, status int, form views.PageForm) error {
	form.Text.Action, form.Text.Text, form.Text.Key, form.Text.As = views.ManagePagesAddress, form.Typed.Text, formKey(), "page"
	form.Text.Label, form.Text.Button, form.Text.Rows, form.Text.Away = "The page, in Markdown", "Save", 16, views.ManagePagesAddress
	form.Text.Draft, form.Text.Keep, form.Text.Complete = pageFormAddress(form.Page.ID), views.PageDraftAddress(form.Page.ID), views.CompletePageAddress
	form.Text.Faults = form.Faults
	if form.Page.ID != 0 {
		form.Text.Action = views.ManagePageAddress(form.Page.ID)
	}
	return s.page(c, status, form.Head(), views.ManagePage(form))
}

// movePage puts a page one place up or down.
func (s *Site) movePage(c echo.Context) error {
	err := s.club.Site.MovePage(c.Request().Context(), s.club.Access, viewer(c), pathID(c, "page"), upwards(c))
	return done(c, err, "saved", views.ManagePagesAddress)
}

// removePage takes a draft away.
func (s *Site) removePage(c echo.Context) error {
	err := s.club.Site.RemovePage(c.Request().Context(), s.club.Access, viewer(c), pathID(c, "page"))
	return done(c, err, "gone", views.ManagePagesAddress)
}

// manageVersion shows an earlier version beside the one that holds.
func (s *Site) manageVersion(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	p, err := s.club.Site.PageByID(ctx, v, pathID(c, "page"))
	if err != nil {
		return err
	}
	page := views.PageVersion{Page: p}
	if page.Version, err = s.club.Site.Version(ctx, v, p.ID, versionAt(c)); err != nil {
		return err
	}
	people, err := s.people(ctx, saversOf([]site.Version{page.Version}))
	if err != nil {
		return err
	}
	if by := page.Version.ByID; by != nil {
		page.By = people[*by]
	}
	page.Changes = diff.Words(page.Version.Source, p.Source)
	return s.page(c, http.StatusOK, page.Head(), views.ManageVersion(page))
}

// versionAt is the version in the address; what is no number never was one.
func versionAt(c echo.Context) int {
	n, _ := strconv.Atoi(c.Param("version"))
	return n
}

// restorePage brings the words of an earlier version back.
func (s *Site) restorePage(c echo.Context) error {
	page := pathID(c, "page")
	err := s.club.Site.RestorePage(c.Request().Context(), s.club.Access, viewer(c), page, versionAt(c))
	return done(c, err, "saved", views.ManagePageAddress(page))
}

// agreements is the record of who agreed to the rules.
func (s *Site) agreements(c echo.Context) error {
	ctx, v := c.Request().Context(), viewer(c)
	record, next, err := s.club.Site.Record(ctx, v, site.Cursor(c.QueryParam("after")))
	if err != nil {
		return err
	}
	rules, err := s.club.Site.Page(ctx, v, site.RulesPage)
	if err != nil {
		return err
	}
	page := views.AgreementsPage{Record: record, Rules: rules.ID, Next: string(next)}
	if page.People, err = s.agreed(ctx, record); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, page.Head(), views.Agreements(page))
}

func (s *Site) agreed(ctx context.Context, r site.Record) (map[id.ID]views.Person, error) {
	ids := make([]id.ID, len(r.Latest))
	for i, c := range r.Latest {
		ids[i] = c.MemberID
	}
	return s.people(ctx, ids)
}
