package founding

import (
	"slices"
	"strings"
)

// tagsBy are the tags of the demo club, each by the beginnings of words that call for it.
var tagsBy = []struct {
	tag   string
	words []string
}{
	{"film", []string{"film", "hp5", "tri-x", "portra", "negative", "roll"}},
	{"paper", []string{"paper", "fibre"}},
	{"developing", []string{"develop", "stop", "fix", "blix", "chemistry", "push"}},
	{"printing", []string{"print", "enlarger", "enlarging", "darkroom"}},
	{"cameras", []string{"camera", "lens", "shutter", "meter", "bag"}},
	{"meet-ups", []string{"meet", "walk", "evening", "exhibition"}},
}

// mostTags is how many of them a topic has.
const mostTags = 3

// tagsOf are those that a title calls for.
func tagsOf(title string) (tags []string) {
	words := strings.Fields(strings.ToLower(title))
	for _, by := range tagsBy {
		calls := slices.ContainsFunc(words, func(w string) bool {
			return slices.ContainsFunc(by.words, func(begin string) bool { return strings.HasPrefix(w, begin) })
		})
		if calls && len(tags) < mostTags {
			tags = append(tags, by.tag)
		}
	}
	return tags
}
