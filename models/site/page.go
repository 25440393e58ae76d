package site

import (
	"context"
	"errors"
	"slices"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Who may read a page.
const (
	ForEveryone = "everyone"
	ForMembers  = "members"
)

// The pages that the program itself asks for: what strangers read first, and what members agree to.
const (
	FrontPage = "front"
	RulesPage = "rules"
)

// Page is one of the club's own pages with the words of its latest version.
type Page struct {
	ID        id.ID
	Slug      string
	Audience  string
	InFooter  bool
	Position  int
	Published bool // a draft is the owners' alone
	Starter   bool // its words came with the program, and nobody adapted them yet
	Latest    int  // the number of its version
	ChangedAt time.Time
	Title     string
	Source    string
	HTML      string
}

// Fixed tells whether the program itself asks for the page: it keeps its name and stays published.
func (p Page) Fixed() bool { return p.Slug == FrontPage || p.Slug == RulesPage }

// pageRow is a Page as its table has it: the words are its versions'.
type pageRow struct {
	ID        id.ID
	Slug      string
	Audience  string
	InFooter  bool
	Position  int
	Published bool
	Starter   bool
	Latest    int
	ChangedAt time.Time
}

func (pageRow) TableName() string { return "pages" }

// Version is a page as it was saved once.
type Version struct {
	PageID id.ID
	Number int
	Title  string
	Source string
	HTML   string
	Note   string // what changed, in the words of whoever changed it
	ByID   *id.ID
	At     time.Time
}

// TableName is the table of Version.
func (Version) TableName() string { return "page_versions" }

const noPage = "There is nothing here, or nothing that is open to you."

// CanReadPage is nil when v may read the page; to anybody else it never was.
func CanReadPage(v access.Viewer, p Page) error {
	switch {
	case v.Owner():
		return nil
	case !p.Published, p.Audience == ForMembers && !v.SignedIn():
		return problem.Missing(noPage)
	}
	return nil
}

// pages selects pages with the words of their latest versions.
func pages(db *store.DB) *store.DB {
	return db.Table("pages").Select("pages.*, v.title, v.source, v.html").
		Joins("join page_versions v on v.page_id = pages.id and v.number = pages.latest")
}

// Page returns the page of that name, if v may read it.
func (s *Site) Page(ctx context.Context, v access.Viewer, slug string) (p Page, err error) {
	if err := pages(s.store.Read(ctx)).Where("pages.slug = ?", slug).Take(&p).Error; err != nil {
		return p, gone(err)
	}
	if err := CanReadPage(v, p); err != nil {
		return Page{}, err
	}
	return p, nil
}

// Pages returns every page of the club in order, for owners.
func (s *Site) Pages(ctx context.Context, v access.Viewer) (all []Page, err error) {
	if err := v.CanOwn(); err != nil {
		return nil, err
	}
	err = pages(s.store.Read(ctx)).Order("pages.position, pages.id").Find(&all).Error
	return all, err
}

// PageByID returns one page, for owners.
func (s *Site) PageByID(ctx context.Context, v access.Viewer, key id.ID) (p Page, err error) {
	if err := v.CanOwn(); err != nil {
		return p, err
	}
	err = pages(s.store.Read(ctx)).Where("pages.id = ?", key).Take(&p).Error
	return p, gone(err)
}

// mostVersions is how many versions of a page are listed: the latest of them.
const mostVersions = 100

// Versions returns the versions of a page, latest first and without their words, for owners.
func (s *Site) Versions(ctx context.Context, v access.Viewer, page id.ID) (all []Version, err error) {
	if err := v.CanOwn(); err != nil {
		return nil, err
	}
	err = s.store.Read(ctx).Omit("source", "html").Where("page_id = ?", page).Order("number desc").Limit(mostVersions).Find(&all).Error
	return all, err
}

// Version returns one version of a page, for owners.
func (s *Site) Version(ctx context.Context, v access.Viewer, page id.ID, number int) (w Version, err error) {
	if err := v.CanOwn(); err != nil {
		return w, err
	}
	return version(s.store.Read(ctx), page, number)
}

func version(db *store.DB, page id.ID, number int) (w Version, err error) {
	err = db.Take(&w, "page_id = ? and number = ?", page, number).Error
	return w, gone(err)
}

func gone(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return problem.Missing(noPage)
	}
	return err
}

// Link is a page as the foot of every other page names it.
type Link struct {
	Slug     string
	Title    string
	Audience string
}

// Links are the pages that the foot of a page leads to, for v.
func (c Club) Links(v access.Viewer) []Link {
	if v.SignedIn() {
		return c.Footer
	}
	return slices.DeleteFunc(slices.Clone(c.Footer), func(l Link) bool { return l.Audience != ForEveryone })
}

// footer reads the links of every page, in order.
func footer(db *store.DB) (links []Link, err error) {
	err = db.Table("pages").Select("pages.slug, v.title, pages.audience").
		Joins("join page_versions v on v.page_id = pages.id and v.number = pages.latest").
		Where("pages.published and pages.in_footer and pages.slug <> ?", FrontPage).Order("pages.position, pages.id").Limit(mostLinks).Find(&links).Error
	return links, err
}

// mostLinks is how many pages the foot of a page has room for.
const mostLinks = 20

// OpenPages tells whether v may read one of some pages, as CanReadPage says of each: of drafts and of those for
// members. A page that is not there is open to nobody.
func OpenPages(db *store.DB, v access.Viewer, keys []id.ID) (bool, error) {
	var rows []pageRow
	if err := db.Where("id in ?", keys).Find(&rows).Error; err != nil {
		return false, err
	}
	return slices.ContainsFunc(rows, func(r pageRow) bool {
		return CanReadPage(v, Page{Published: r.Published, Audience: r.Audience}) == nil
	}), nil
}
