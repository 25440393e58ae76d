package prose

import (
	"regexp"
	"slices"
)

var mentionLink = regexp.MustCompile(`<a class="mention" href="/m/([a-z0-9_]{2,30})">(@[A-Za-z0-9_]{2,30})</a>`)

// MentionedIn are the handles that HTML of this package mentions, quoted ones too: unique, in order.
func MentionedIn(html string) []string {
	var all gathered
	for _, m := range mentionLink.FindAllStringSubmatch(html, -1) {
		all.add(m[1])
	}
	return all.list
}

// Mentioning is HTML of this package in which only mentions of members lead to their pages. Those of
// groups stay marked, and what is neither is words again.
func Mentioning(html string, members map[string]bool, groups []string) string {
	return mentionLink.ReplaceAllStringFunc(html, func(link string) string {
		m := mentionLink.FindStringSubmatch(link)
		switch {
		case members[m[1]]:
			return link
		case slices.Contains(groups, m[1]):
			return `<span class="mention">` + m[2] + `</span>`
		}
		return m[2]
	})
}
