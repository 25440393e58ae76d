package views

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestPagesAreSound draws every page of the samples and holds it to what the content policy and a
// reader by ear ask of it.
func TestPagesAreSound(t *testing.T) {
	for name, page := range samples() {
		t.Run(name, func(t *testing.T) {
			drawn := render(t, page)
			whole := strings.HasPrefix(drawn, "<!doctype html>") || strings.HasPrefix(drawn, "<!DOCTYPE html>")
			doc := parse(t, drawn)
			noInlineCode(t, doc)
			uniqueIDs(t, doc)
			labelled(t, doc)
			speaking(t, doc)
			if whole {
				landmarks(t, doc)
			}
		})
	}
}

func parse(t *testing.T, drawn string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(drawn))
	if err != nil {
		t.Fatal(err)
	}
	balanced(t, drawn)
	return doc
}

// voids are elements without an end tag.
var voids = map[string]bool{"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true, "link": true, "meta": true, "source": true, "track": true, "wbr": true}

// balanced holds every start tag to its end tag: a parser would mend what is broken in silence.
func balanced(t *testing.T, drawn string) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(strings.NewReader(drawn))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("left open: %v", open)
			}
			return
		case html.StartTagToken:
			if name, _ := z.TagName(); !voids[string(name)] {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Fatalf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

func walk(n *html.Node, fn func(*html.Node)) {
	fn(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, fn)
	}
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func noInlineCode(t *testing.T, doc *html.Node) {
	walk(doc, func(n *html.Node) {
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s> has the attribute %s", n.Data, a.Key)
			}
			if strings.HasPrefix(strings.TrimSpace(strings.ToLower(a.Val)), "javascript:") {
				t.Errorf("<%s %s> is a script", n.Data, a.Key)
			}
		}
		if n.Type == html.ElementNode && (n.Data == "style" || n.Data == "script" && n.FirstChild != nil && !isData(n)) {
			t.Errorf("<%s> stands in the page", n.Data)
		}
	})
}

// isData tells what a browser reads from what it runs.
func isData(script *html.Node) bool {
	return slices.ContainsFunc(script.Attr, func(a html.Attribute) bool { return a.Key == "type" && a.Val == "application/ld+json" })
}

func uniqueIDs(t *testing.T, doc *html.Node) {
	seen := map[string]bool{}
	walk(doc, func(n *html.Node) {
		if key, ok := attr(n, "id"); ok {
			if key == "" || seen[key] {
				t.Errorf("id %q stands twice", key)
			}
			seen[key] = true
		}
	})
	walk(doc, func(n *html.Node) {
		for _, by := range []string{"aria-labelledby", "aria-describedby", "popovertarget", "for"} {
			val, ok := attr(n, by)
			if !ok {
				continue
			}
			for _, key := range strings.Fields(val) {
				if !seen[key] {
					t.Errorf("%s of <%s> names %q, which is not there", by, n.Data, key)
				}
			}
		}
	})
}

// labelled holds every control to a label of its own.
func labelled(t *testing.T, doc *html.Node) {
	labels := map[string]bool{}
	walk(doc, func(n *html.Node) {
		if of, ok := attr(n, "for"); ok && n.Data == "label" {
			labels[of] = true
		}
	})
	walk(doc, func(n *html.Node) {
		if n.Data != "input" && n.Data != "textarea" && n.Data != "select" {
			return
		}
		if kind, _ := attr(n, "type"); kind == "hidden" {
			return
		}
		key, _ := attr(n, "id")
		_, aria := attr(n, "aria-label")
		if !labels[key] && !aria && !within(n, "label") {
			name, _ := attr(n, "name")
			t.Errorf("<%s name=%q> has no label", n.Data, name)
		}
	})
}

// speaking holds buttons and links to words, and whatever changes something to a form that posts.
func speaking(t *testing.T, doc *html.Node) {
	walk(doc, func(n *html.Node) {
		if n.Data != "button" && n.Data != "a" && n.Data != "summary" {
			return
		}
		label, _ := attr(n, "aria-label")
		if _, off := attr(n, "hidden"); !off && strings.TrimSpace(label+text(n)) == "" {
			t.Errorf("<%s %v> says nothing", n.Data, n.Attr)
		}
		if _, ok := attr(n, "type"); n.Data == "button" && !ok {
			t.Errorf("<button>%s has no type", text(n))
		}
	})
}

func landmarks(t *testing.T, doc *html.Node) {
	count := map[string]int{}
	walk(doc, func(n *html.Node) {
		if n.Type == html.ElementNode {
			count[n.Data]++
		}
		if _, ok := attr(n, "aria-label"); n.Data == "nav" && !ok {
			t.Error("a <nav> has no name")
		}
	})
	if count["main"] != 1 || count["h1"] != 1 || count["title"] != 1 {
		t.Errorf("%d main, %d h1, %d title: want one each", count["main"], count["h1"], count["title"])
	}
}

func within(n *html.Node, name string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == name {
			return true
		}
	}
	return false
}

func text(n *html.Node) string {
	var b strings.Builder
	walk(n, func(c *html.Node) {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	})
	return b.String()
}
