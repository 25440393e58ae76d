package views

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Every field in which somebody writes has a limit, and says it before it is passed.
func TestEveryFieldSaysItsLimit(t *testing.T) {
	fields := map[string]bool{}
	for name, page := range samples() {
		doc := parse(t, render(t, page))
		said := saidOf(doc)
		walk(doc, func(n *html.Node) {
			field, written := writtenIn(n)
			if !written {
				return
			}
			fields[field] = true
			_, browser := attr(n, "maxlength")
			_, script := attr(n, "data-most")
			if !browser && !script {
				t.Errorf("%s: the field %q has no limit", name, field)
			}
			if words := strings.ToLower(said(n)); !strings.Contains(words, "at most") {
				t.Errorf("%s: the field %q does not say its limit, but %q", name, field, words)
			}
		})
	}
	for _, known := range []string{"text", "title", "reason", "bio", "name"} {
		if !fields[known] {
			t.Errorf("the premise: no page has a field %q", known)
		}
	}
}

// writtenIn tells whether somebody writes in n, to be kept: a search takes whatever comes, and what is copied
// or chosen from is no text of theirs.
func writtenIn(n *html.Node) (name string, yes bool) {
	kind, _ := attr(n, "type")
	_, fixed := attr(n, "readonly")
	name, _ = attr(n, "name")
	switch {
	case fixed || name == "":
		return name, false
	case n.Data == "textarea":
		return name, true
	}
	return name, n.Data == "input" && slices.Contains([]string{"", "text", "url"}, kind) && name != "q"
}

// saidOf finds what is said about a field: its label, its hint, its title.
func saidOf(doc *html.Node) func(*html.Node) string {
	labels, byID := map[string]string{}, map[string]string{}
	walk(doc, func(n *html.Node) {
		if of, ok := attr(n, "for"); ok && n.Data == "label" {
			labels[of] += text(n)
		}
		if key, ok := attr(n, "id"); ok {
			byID[key] = text(n)
		}
	})
	return func(n *html.Node) string {
		key, _ := attr(n, "id")
		title, _ := attr(n, "title")
		label, _ := attr(n, "aria-label")
		described, _ := attr(n, "aria-describedby")
		words := labels[key] + " " + title + " " + label
		for hint := range strings.FieldsSeq(described) {
			words += " " + byID[hint]
		}
		return words
	}
}
