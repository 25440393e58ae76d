package prose

import (
	"html"
	"regexp"
	"strconv"
)

// Cite is a post that a text names by its address.
type Cite struct {
	Topic  string // the id that stands in the address
	Number int64  // of the post in it
	Quoted bool   // its words are quoted, as Quote does; else it is linked
	Site   string // the scheme and host before the address, or "": whether it is ours is not known here
}

var toTopic = regexp.MustCompile(`^(https?://[^/]+)?/s/[^/?#]+/t/([0-9A-Za-z]{11})(?:/[^/?#]*)?(?:\?(?:[^#]*&)?post=(\d{1,9})(?:&[^#]*)?|\?[^#]*)?(?:#p(\d{1,9}))?$`)

// cited adds the post of an address to those that a text names; what it quotes and links is quoted.
func cited(all []Cite, address string, quoted bool) []Cite {
	m := toTopic.FindStringSubmatch(address)
	if m == nil {
		return all
	}
	c := Cite{Topic: m[2], Number: 1, Quoted: quoted, Site: m[1]}
	for _, said := range m[3:] { // what follows the # is what a browser goes to
		if n, err := strconv.ParseInt(said, 10, 64); err == nil && n > 0 {
			c.Number = n
		}
	}
	for i, old := range all {
		if old.Topic == c.Topic && old.Number == c.Number && old.Site == c.Site {
			all[i].Quoted = old.Quoted || quoted
			return all
		}
	}
	if len(all) == mostCited {
		return all
	}
	return append(all, c)
}

const mostCited = 50

var anyLink = regexp.MustCompile(`<a href="([^"]*)"`)

// CitedIn are the posts that cooked HTML names in any of its links, so that a changed text tells of the
// others alone.
func CitedIn(cooked string) (all []Cite) {
	for _, m := range anyLink.FindAllStringSubmatch(cooked, -1) {
		all = cited(all, html.UnescapeString(m[1]), false)
	}
	return all
}
