package site

import (
	"guildhall/models/prose"
	"guildhall/models/store"
)

// StarterPage is a page that a club begins with.
type StarterPage struct {
	Slug, Title, Text string
	Published         bool
	Adapt             bool // the owners are told to make it their own
}

// rulesPosition is where the rules stand among the pages that a club begins with.
const rulesPosition = 2

// Furnish writes the pages that a new club begins with. The rules are there already.
func Furnish(tx *store.Tx, all []StarterPage) error {
	for i, start := range all {
		position := i
		if i >= rulesPosition {
			position++
		}
		cooked, err := prose.Page(start.Text)
		if err != nil {
			return err
		}
		p := Page{
			ID: tx.NewID(), Slug: start.Slug, Audience: ForEveryone, InFooter: start.Slug != FrontPage, Position: position, Published: start.Published, Starter: start.Adapt,
			Latest: 1, ChangedAt: tx.Now, Title: start.Title, Source: cooked.Source, HTML: cooked.HTML,
		}
		if err := edition(tx, 0, p, PageDraft{}); err != nil {
			return err
		}
	}
	return nil
}

// foundRules makes the rules of a new club the first version of their page.
func foundRules(tx *store.Tx, c Club) error {
	p := Page{ID: tx.NewID(), Slug: RulesPage, Audience: ForEveryone, InFooter: true, Position: rulesPosition, Published: true, Latest: 1, ChangedAt: tx.Now, Title: "House rules", Source: c.Rules, HTML: c.RulesHTML}
	return edition(tx, 0, p, PageDraft{})
}
