package founding

import (
	"embed"
	"fmt"
	"strings"

	"guildhall/models/site"
	"guildhall/models/store"
)

// Each is a page: its first line is the title, the rest its Markdown.
//
//go:embed pages/*/*.md
var pages embed.FS

// clubPages are the names of the pages that a club begins with, in the order of the foot.
var clubPages = []string{site.FrontPage, "about", "privacy", "terms", "imprint"}

// furnish gives a club the pages of a folder, with its name in them. Those of a new club are to be
// adapted: what the law asks for stays a draft until its owners have seen to it.
func furnish(tx *store.Tx, folder, club string, demo bool) error {
	var all []site.StarterPage
	for _, slug := range clubPages {
		title, text, err := pageText(folder, slug, club)
		if err != nil {
			return err
		}
		open := demo || slug == site.FrontPage || slug == "about"
		all = append(all, site.StarterPage{Slug: slug, Title: title, Text: text, Published: open, Adapt: !demo})
	}
	return site.Furnish(tx, all)
}

func pageText(folder, slug, club string) (title, text string, err error) {
	raw, err := pages.ReadFile("pages/" + folder + "/" + slug + ".md")
	if err != nil {
		return "", "", fmt.Errorf("the page %s of %s: %w", slug, folder, err)
	}
	title, text, _ = strings.Cut(strings.ReplaceAll(string(raw), "{club}", club), "\n")
	return title, strings.TrimSpace(text), nil
}
