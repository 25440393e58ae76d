package prose

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// policy is the allow-list over what was rendered. It trusts nothing before it: it would
// hold if the parser let a tag through.
var policy = allowList()

func allowList() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(
		"p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "em", "del", "code", "pre",
		"blockquote", "cite", "ul", "ol", "li", "figure", "figcaption",
		"table", "thead", "tbody", "tr", "th", "td")

	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(true)
	p.AllowURLSchemes("http", "https", "mailto")
	p.RequireNoFollowOnFullyQualifiedLinks(true)
	p.RequireNoReferrerOnFullyQualifiedLinks(true)
	allow(p, "href", "a", `(https?://|mailto:)[!-~]+|/([!-.0-\[\]-_a-~][!-\[\]-_a-~]*)?`) // never // or /\
	allow(p, "rel", "a", outgoing)
	allow(p, "class", "a", "mention")

	p.AllowAttrs("src").Matching(ownFile).OnElements("img")
	p.AllowAttrs("alt").OnElements("img")
	allow(p, "loading", "img", "lazy")

	allow(p, "class", "figure", "player")
	allow(p, "type", "button", "button")
	allow(p, "class", "button", "btn small")
	allow(p, "data-player", "button", playerFrame)
	p.AllowElements("small")

	allow(p, "class", "label", "spoiler")
	allow(p, "class", "details", "spoiler")
	allow(p, "class", "span", "veiled|"+colourPrefix+"[kscmftid]")
	p.AllowElements("summary")

	const instant = `[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?`
	allow(p, "datetime", "time", instant)
	allow(p, "data-when", "time", "moment")

	allow(p, "class", "section", "poll")
	allow(p, "data-poll", "section", "[1-5]")
	allow(p, "data-most", "section", "[1-9][0-9]?")
	allow(p, "data-results", "section", Always+"|"+AfterVoting+"|"+AfterClosing)
	allow(p, "data-closes", "section", instant)
	allow(p, "data-names", "section", "shown")

	allow(p, "class", "blockquote", "quote")
	allow(p, "class", "code", `language-[A-Za-z0-9_+#.-]{1,40}`)
	allow(p, "tabindex", "pre", "0")
	allow(p, "tabindex", "table", "0")
	allow(p, "start", "ol", `[0-9]{1,9}`)
	allow(p, "align", "th", "left|center|right")
	allow(p, "align", "td", "left|center|right")

	allow(p, "type", "input", "checkbox")
	allow(p, "disabled", "input", "")
	allow(p, "checked", "input", "")
	allow(p, "aria-label", "input", "Done|To do|Show what is hidden")
	return p
}

// allow lets element carry attribute if its whole value has the form.
func allow(p *bluemonday.Policy, attribute, element, form string) {
	p.AllowAttrs(attribute).Matching(regexp.MustCompile(`^(?:` + form + `)$`)).OnElements(element)
}
