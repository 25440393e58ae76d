package prose

import (
	"html"
	"regexp"
	"strings"
)

// shownLink is a link of cooked HTML whose words are one piece of text.
var shownLink = regexp.MustCompile(`<a href="([^"]*)"[^>]*>([^<]*)</a>`)

// Inner returns the club's own paths that stand in cooked HTML as bare addresses, each once, in order:
// "/s/questions" for the club at base. Whether there is anything is not known here.
func Inner(cooked, base string) []string {
	var paths gathered
	eachInner(cooked, base, func(path, link string) string {
		paths.add(path)
		return link
	})
	return paths.list
}

// Named is cooked HTML in which the club's own bare addresses show names instead, by path; one without
// a name stays as it was typed. Names depend on who reads: what comes out is for them alone.
func Named(cooked, base string, names map[string]string) string {
	if len(names) == 0 {
		return cooked
	}
	return eachInner(cooked, base, func(path, link string) string {
		name := names[path]
		if name == "" {
			return link
		}
		return link[:strings.IndexByte(link, '>')+1] + html.EscapeString(name) + "</a>"
	})
}

func eachInner(cooked, base string, do func(path, link string) string) string {
	if !strings.Contains(cooked, `href="/`) && !strings.Contains(cooked, `href="`+base+`/`) {
		return cooked
	}
	return shownLink.ReplaceAllStringFunc(cooked, func(link string) string {
		m := shownLink.FindStringSubmatch(link)
		address, words := html.UnescapeString(m[1]), html.UnescapeString(m[2])
		path, own := strings.CutPrefix(address, base+"/")
		if !own {
			path, own = strings.CutPrefix(address, "/")
		}
		if !own || !strings.EqualFold(strings.TrimSuffix(words, "/"), strings.TrimSuffix(address, "/")) {
			return link // words that somebody chose
		}
		return do("/"+path, link)
	})
}
