package prose

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The inspector reads HTML as a browser would and says all that is wrong with it. It shares
// no rule with the code under test.

var permitted = map[string]map[string]*regexp.Regexp{
	"p": nil, "br": nil, "hr": nil, "h3": nil, "h4": nil, "h5": nil, "h6": nil, "strong": nil,
	"em": nil, "del": nil, "cite": nil, "ul": nil, "li": nil, "figcaption": nil, "small": nil, "summary": nil,
	"table": {"tabindex": regexp.MustCompile(`^0$`)}, "thead": nil, "tbody": nil, "tr": nil,
	"code":    {"class": regexp.MustCompile(`^language-[\w+#.-]+$`)},
	"figure":  {"class": regexp.MustCompile(`^player$`)},
	"label":   {"class": regexp.MustCompile(`^spoiler$`)},
	"details": {"class": regexp.MustCompile(`^spoiler$`)},
	"span":    {"class": regexp.MustCompile(`^(veiled|hl-[a-z])$`)},
	"time": {
		"datetime":  regexp.MustCompile(`^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$`),
		"data-when": regexp.MustCompile(`^moment$`),
	},
	"section": {
		"class": regexp.MustCompile(`^poll$`), "data-poll": regexp.MustCompile(`^[1-5]$`), "data-most": regexp.MustCompile(`^\d{1,2}$`),
		"data-results": regexp.MustCompile(`^(always|voted|closed)$`), "data-closes": regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`),
		"data-names": regexp.MustCompile(`^shown$`),
	},
	"button": {
		"type": regexp.MustCompile(`^button$`), "class": regexp.MustCompile(`^btn small$`),
		"data-player": regexp.MustCompile(`^(https://(www\.youtube-nocookie\.com|player\.vimeo\.com|w\.soundcloud\.com|open\.spotify\.com)/[\w/?=&%.-]+|/files/\w{11})$`),
	},
	"pre":        {"tabindex": regexp.MustCompile(`^0$`)},
	"blockquote": {"class": regexp.MustCompile(`^quote$`)},
	"ol":         {"start": regexp.MustCompile(`^\d+$`)},
	"th":         {"align": regexp.MustCompile(`^(left|right|center)$`)},
	"td":         {"align": regexp.MustCompile(`^(left|right|center)$`)},
	"img": {
		"src":     regexp.MustCompile(`^/files/[^/.][^"<>\\\s]*$`),
		"alt":     regexp.MustCompile(``),
		"loading": regexp.MustCompile(`^lazy$`),
	},
	"a": {
		"href":  regexp.MustCompile(``), // looked at by addressFlaw
		"rel":   regexp.MustCompile(`^nofollow ugc noopener noreferrer$`),
		"class": regexp.MustCompile(`^mention$`),
	},
	"input": {
		"type":       regexp.MustCompile(`^checkbox$`),
		"disabled":   regexp.MustCompile(`^$`),
		"checked":    regexp.MustCompile(`^$`),
		"aria-label": regexp.MustCompile(`^(Done|To do|Show what is hidden)$`),
	},
}

// flaws is empty for cooked HTML that may be shown: only what is permitted, and nothing left
// open that could swallow the page around it.
func flaws(cooked string) []string {
	root, found := inspect(cooked)
	return append(found, shapeFlaws(cooked, root)...)
}

// inspect parses markup and walks it. What it does not look at is whether the tags close.
func inspect(markup string) (*html.Node, []string) {
	root := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(markup), root)
	if err != nil {
		return root, []string{err.Error()}
	}
	var found []string
	for _, n := range nodes {
		root.AppendChild(n)
	}
	for n := range root.Descendants() {
		switch n.Type {
		case html.TextNode:
		case html.ElementNode:
			found = append(found, elementFlaws(n)...)
		default:
			found = append(found, fmt.Sprintf("neither text nor element: %q", n.Data))
		}
	}
	return root, found
}

func elementFlaws(n *html.Node) (found []string) {
	rules, known := permitted[n.Data]
	if !known || n.Namespace != "" {
		return []string{"element " + n.Namespace + " " + n.Data}
	}
	for _, a := range n.Attr {
		rule := rules[a.Key]
		if rule == nil || a.Namespace != "" || !rule.MatchString(a.Val) {
			found = append(found, fmt.Sprintf("attribute %s %s=%q", n.Data, a.Key, a.Val))
		}
	}
	href, isLink := attribute(n, "href")
	if isLink {
		if flaw := addressFlaw(href); flaw != "" {
			found = append(found, flaw)
		}
		if _, rel := attribute(n, "rel"); !rel && !strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "mailto:") {
			found = append(found, "no rel on "+href)
		}
	}
	if n.Data == "a" && !isLink {
		found = append(found, "a without href")
	}
	return found
}

// addressFlaw reads an address as browsers do: blanks around it and line ends in it vanish,
// a backslash is a slash.
func addressFlaw(href string) string {
	seen := strings.TrimFunc(href, func(r rune) bool { return r <= ' ' })
	seen = strings.NewReplacer("\t", "", "\n", "", "\r", "", `\`, "/").Replace(seen)
	scheme, rest, hasScheme := strings.Cut(strings.ToLower(seen), ":")
	switch {
	case seen != href:
		return fmt.Sprintf("address is not what it seems: %q", href)
	case strings.HasPrefix(seen, "/"):
		if strings.HasPrefix(seen, "//") {
			return fmt.Sprintf("address leads to another host: %q", href)
		}
	case hasScheme && (scheme == "http" || scheme == "https"):
		host := strings.FieldsFunc(rest+"/", func(r rune) bool { return strings.ContainsRune("/?#", r) })
		if !strings.HasPrefix(rest, "//") || len(host) == 0 || strings.Contains(host[0], "@") {
			return fmt.Sprintf("no plain host: %q", href)
		}
	case hasScheme && scheme == "mailto":
	default:
		return fmt.Sprintf("scheme: %q", href)
	}
	return ""
}

// shapeFlaws are those of a page: tags that do not close, links in links, pictures and boxes
// without what they need, a tree too deep to draw.
func shapeFlaws(cooked string, root *html.Node) (found []string) {
	var elements []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		elements = append(elements, n.Data)
		above := slices.Collect(n.Ancestors())
		if len(above) > 64 {
			found = append(found, "deeper than 64 elements")
		}
		if n.Data == "a" && slices.ContainsFunc(above, func(up *html.Node) bool { return up.Data == "a" }) {
			found = append(found, "a link in a link")
		}
		for element, needed := range map[string][]string{"img": {"src", "alt"}, "input": {"type", "aria-label"}, "pre": {"tabindex"}} {
			for _, key := range needed {
				if _, has := attribute(n, key); n.Data == element && !has {
					found = append(found, element+" without "+key)
				}
			}
		}
		if label, _ := attribute(n, "aria-label"); n.Data == "input" {
			if _, has := attribute(n, "disabled"); has == (label == "Show what is hidden") {
				found = append(found, "a box to tick that is no spoiler's: "+label)
			}
		}
		if class, _ := attribute(n, "class"); class == "mention" {
			href, _ := attribute(n, "href")
			if words := n.FirstChild; words == nil || href != "/m/"+strings.TrimPrefix(words.Data, "@") {
				found = append(found, "a mention that leads to another member: "+href)
			}
		}
	}
	tags, open := balance(cooked)
	if open != "" || !slices.Equal(tags, elements) {
		found = append(found, fmt.Sprintf("tags %q make elements %q, open %q", tags, elements, open))
	}
	return found
}

// balance lists the tags that open, and names those that are not closed in their turn.
func balance(cooked string) (tags []string, open string) {
	var stack []string
	z := html.NewTokenizer(strings.NewReader(cooked))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return tags, strings.Join(stack, " ")
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tags = append(tags, string(name))
			if !slices.Contains([]string{"br", "hr", "img", "input"}, string(name)) {
				stack = append(stack, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(stack) == 0 || stack[len(stack)-1] != string(name) {
				return tags, "/" + string(name)
			}
			stack = stack[:len(stack)-1]
		}
	}
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// The inspector itself must see what it is there to see.
func TestInspectorSeesFlaws(t *testing.T) {
	for _, bad := range []string{
		`<script>alert(1)</script>`, `<p onclick="x">a</p>`, `<p style="color:red">a</p>`, `<p id="main">a</p>`,
		`<p class="btn">a</p>`, `<h1>a</h1>`, `<h2>a</h2>`, `<svg><a href="/x">a</a></svg>`, `<!-- a -->`,
		`<a href="javascript:alert(1)">a</a>`, `<a href=" javascript:alert(1)">a</a>`, `<a href="java&#10;script:x">a</a>`,
		`<a href="//evil.example">a</a>`, `<a href="/\evil.example">a</a>`, `<a href="/&#9;/evil.example">a</a>`,
		`<a href="data:text/html,x">a</a>`, `<a href="#top">a</a>`, `<a href="">a</a>`, `<a>a</a>`,
		`<a href="http://a.example">a</a>`, `<a href="http://b@a.example" rel="nofollow ugc noopener noreferrer">a</a>`,
		`<a href="/x"><em><a href="/y">a</a></em></a>`, `<a class="mention" href="/m/june">@kofi</a>`,
		`<img src="http://a.example/x.png" alt="">`, `<img src="/files/../x" alt="">`, `<img src="/files/x">`,
		`<input type="text">`, `<input type="checkbox" aria-label="Done">`, `<pre>a</pre>`,
		`<p>a`, `a</p>`, `<em><strong>a</em></strong>`, `<table><p>a</p></table>`, `<form></form>`, `<iframe></iframe>`,
		strings.Repeat("<blockquote>", 70) + strings.Repeat("</blockquote>", 70),
	} {
		if len(flaws(bad)) == 0 {
			t.Errorf("nothing found wrong with %s", bad)
		}
	}
	if found := flaws(`<p>a <a href="/x">b</a><br><img src="/files/x" alt=""></p>`); len(found) > 0 {
		t.Errorf("found wrong with a good page: %q", found)
	}
}
