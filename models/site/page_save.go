package site

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/store"
)

// How long the parts of a page may be, in bytes.
const (
	MaxPage      = prose.MaxPost
	MaxPageTitle = 80
	MaxPageSlug  = 60
	MaxPageNote  = 300
)

// PageDraft is a page as it is typed.
type PageDraft struct {
	ID        id.ID // 0 for a new one
	Was       int   // the version that was edited
	Slug      string
	Title     string
	Text      string // Markdown
	Note      string // what changed
	Audience  string
	InFooter  bool
	Published bool
	Consent   bool // of the rules: members are asked to agree to this version before they write
}

// Kept follows when v saved a page, within the same change: its draft ends, and the files that the text names
// are the page's from then on. was is the page that was edited, 0 for a new one. It returns how the pictures
// of the page are drawn, by id.
type Kept func(tx *store.Tx, v access.Viewer, was, page id.ID, named []string) (map[string]prose.Size, error)

// OnSaving says what follows when a page is saved. It is called before the club is served.
func (s *Site) OnSaving(kept Kept) { s.kept = kept }

var pageSlug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (d *PageDraft) check() error {
	d.Title, d.Note, d.Slug = strings.TrimSpace(d.Title), strings.TrimSpace(d.Note), strings.TrimSpace(d.Slug)
	switch {
	case d.Title == "":
		return problem.Invalid("title", "Give the page a title.")
	case len(d.Title) > MaxPageTitle:
		return problem.Invalid("title", "The title has at most %d bytes.", MaxPageTitle)
	case len(d.Slug) > MaxPageSlug || !pageSlug.MatchString(d.Slug):
		return problem.Invalid("slug", "The address is small letters, digits and hyphens, at most %d of them.", MaxPageSlug)
	case strings.TrimSpace(d.Text) == "":
		return problem.Invalid("text", "Write something on the page, or leave it as it is.")
	case len(d.Note) > MaxPageNote:
		return problem.Invalid("note", "What changed is said in at most %d bytes.", MaxPageNote)
	case d.Audience != ForEveryone && d.Audience != ForMembers:
		return problem.Invalid("audience", "Say who may read it.")
	}
	return nil
}

// SavePage makes a page or changes one. Other words are a new version, and the version before stays;
// somebody who edited an older one is told so. New rules that ask for consent are put to every
// member before they write again; whoever saves them has agreed.
func (s *Site) SavePage(ctx context.Context, a *access.Access, v access.Viewer, d PageDraft) (p Page, err error) {
	if err := d.check(); err != nil {
		return p, err
	}
	cooked, err := CookPage(d.Text)
	if err != nil {
		return p, err
	}
	err = s.store.Write(ctx, func(tx *store.Tx) error {
		if err := owned(tx, a, &v); err != nil {
			return err
		}
		if p, err = d.settle(tx); err != nil {
			return err
		}
		reworded := p.Title != d.Title || p.Source != cooked.Source
		if reworded {
			p.Title, p.Source, p.HTML, p.Latest, p.Starter, p.ChangedAt = d.Title, cooked.Source, cooked.HTML, p.Latest+1, false, tx.Now
		}
		if err := tx.Save(p.row()).Error; err != nil {
			return taken(err)
		}
		if s.kept != nil {
			sizes, err := s.kept(tx, v, d.ID, p.ID, cooked.Files)
			if err != nil {
				return err
			}
			p.HTML = prose.Sized(p.HTML, sizes)
		}
		if reworded {
			if err := edition(tx, v.ID, p, d); err != nil {
				return err
			}
		}
		tx.Say(Changed{})
		return audit.Write(tx, audit.Line{By: v.ID, What: "page.saved", Subject: p.ID, Detail: p.Slug, Why: d.Note})
	})
	return p, err
}

// settle is the page that a draft is of, with all that the draft says but for its words.
func (d PageDraft) settle(tx *store.Tx) (p Page, err error) {
	if d.ID == 0 {
		p.ID, p.ChangedAt = tx.NewID(), tx.Now
		p.Position, err = store.Value[int](tx.Table("pages").Select("coalesce(max(position), 0) + 1"))
		p.Slug = d.Slug
	} else {
		if err := pages(store.ForUpdate(tx.DB)).Where("pages.id = ?", d.ID).Take(&p).Error; err != nil {
			return p, gone(err)
		}
		if p.Latest != d.Was {
			return p, problem.Conflict("Somebody saved version %d of this page meanwhile. What you wrote is still here: compare the two before you save it.", p.Latest)
		}
	}
	p.Audience, p.InFooter, p.Published = d.Audience, d.InFooter, d.Published
	if p.Fixed() {
		p.Audience, p.Published = ForEveryone, true
	} else {
		p.Slug = d.Slug
	}
	return p, err
}

func (p Page) row() *pageRow {
	return &pageRow{p.ID, p.Slug, p.Audience, p.InFooter, p.Position, p.Published, p.Starter, p.Latest, p.ChangedAt}
}

// edition keeps the words of a page as its latest version; of the rules also as those that hold.
func edition(tx *store.Tx, by id.ID, p Page, d PageDraft) error {
	if err := tx.Save(p.row()).Error; err != nil {
		return taken(err)
	}
	w := Version{PageID: p.ID, Number: p.Latest, Title: p.Title, Source: p.Source, HTML: p.HTML, Note: d.Note, At: tx.Now}
	if by != 0 {
		w.ByID = &by
	}
	if err := tx.Create(&w).Error; err != nil || p.Slug != RulesPage {
		return err
	}
	change := map[string]any{"rules": p.Source, "rules_html": p.HTML, "rules_at": tx.Now, "rules_version": p.Latest}
	if d.Consent {
		change["consent_version"] = p.Latest
	}
	if err := tx.Model(&Club{}).Where("id = 1").Updates(change).Error; err != nil {
		return err
	}
	if by != 0 {
		if err := Agreed(tx, by); err != nil {
			return err
		}
	}
	if d.Consent {
		return access.RaiseClub(tx)
	}
	return nil
}

// CookPage makes the text of a page HTML. With a problem it returns what there is to show all the same.
func CookPage(text string) (prose.Cooked, error) {
	cooked, err := prose.Page(text)
	switch {
	case errors.Is(err, prose.ErrTooLong):
		return cooked, problem.TooLarge("text", "A page has at most %d bytes. Yours has %d.", MaxPage, len(text))
	case err != nil:
		return cooked, problem.Invalid("text", "That text has characters that cannot be kept. Paste it as plain text.")
	case cooked.Flaw != "":
		return cooked, problem.Invalid("text", "%s", cooked.Flaw)
	}
	return cooked, nil
}

func taken(err error) error {
	if errors.Is(err, store.ErrDuplicate) {
		return problem.Invalid("slug", "Another page has that address already.")
	}
	return err
}

// RestorePage makes an earlier version of a page its latest again: a new version with the old words.
func (s *Site) RestorePage(ctx context.Context, a *access.Access, v access.Viewer, page id.ID, number int) error {
	old, err := s.Version(ctx, v, page, number)
	if err != nil {
		return err
	}
	p, err := s.PageByID(ctx, v, page)
	if err != nil {
		return err
	}
	_, err = s.SavePage(ctx, a, v, PageDraft{
		ID: page, Was: p.Latest, Slug: p.Slug, Title: old.Title, Text: old.Source, Audience: p.Audience, InFooter: p.InFooter, Published: p.Published,
		Note: "Back to the words of " + old.At.Format("2 January 2006") + ".",
	})
	return err
}

// RemovePage takes a draft away with all its versions. What is published is taken down first.
func (s *Site) RemovePage(ctx context.Context, a *access.Access, v access.Viewer, page id.ID) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		if err := owned(tx, a, &v); err != nil {
			return err
		}
		res := tx.Where("id = ? and not published", page).Delete(&pageRow{})
		if res.Error == nil && res.RowsAffected == 0 {
			return problem.Conflict("Take the page down first: only a draft can be removed.")
		}
		if res.Error != nil {
			return res.Error
		}
		tx.Say(Changed{})
		return audit.Write(tx, audit.Line{By: v.ID, What: "page.removed", Subject: page})
	})
}

// MovePage puts a page one place up or down in the foot of every page.
func (s *Site) MovePage(ctx context.Context, a *access.Access, v access.Viewer, page id.ID, up bool) error {
	return s.store.Write(ctx, func(tx *store.Tx) error {
		if err := owned(tx, a, &v); err != nil {
			return err
		}
		var order []id.ID
		if err := store.ForUpdate(tx.DB).Model(&pageRow{}).Order("position, id").Pluck("id", &order).Error; err != nil {
			return err
		}
		shift(order, page, up)
		for i, key := range order { // a handful: owners write them by hand
			if err := tx.Model(&pageRow{}).Where("id = ? and position <> ?", key, i+1).Update("position", i+1).Error; err != nil {
				return err
			}
		}
		tx.Say(Changed{})
		return nil
	})
}

func shift(order []id.ID, key id.ID, up bool) {
	for i := range order {
		j := i + 1
		if up {
			j = i - 1
		}
		if order[i] == key && j >= 0 && j < len(order) {
			order[i], order[j] = order[j], order[i]
			return
		}
	}
}

// owned renews v within tx and asks whether the club is theirs.
func owned(tx *store.Tx, a *access.Access, v *access.Viewer) (err error) {
	if *v, err = a.Renew(tx, *v); err != nil {
		return err
	}
	return v.CanOwn()
}
