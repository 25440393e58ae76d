package views

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// What goes out on the live line is drawn once for everybody: no tools, nothing pressed, nobody's
// clock.
func TestLiveCopiesAreNobodysOwn(t *testing.T) {
	for i, post := range topicPage().Posts {
		holdsNothingOfOnes(t, render(t, Post(topicPage().posted(post), Mine{})))
		_ = i
	}
	for i, m := range roomPage().Messages {
		s := roomPage().said(i, Reader{})
		s.Follows = false
		holdsNothingOfOnes(t, render(t, Message(s, Mine{})))
		_ = m
	}
}

func holdsNothingOfOnes(t *testing.T, drawn string) {
	t.Helper()
	times := 0
	walk(parse(t, drawn), func(n *html.Node) {
		switch n.Data {
		case "form", "button", "input", "details":
			if !within(n, "template") {
				t.Errorf("a live copy has a <%s>: %s", n.Data, drawn)
			}
		case "time":
			times++
			at, _ := attr(n, "datetime")
			if parsed, err := time.Parse(time.RFC3339, at); err != nil || parsed.Location() != time.UTC {
				t.Errorf("a live copy says %q for a time", at)
			}
		}
		if pressed, _ := attr(n, "aria-pressed"); pressed == "true" {
			t.Error("something is pressed in a live copy")
		}
	})
	if times == 0 {
		t.Errorf("no time in %s", drawn)
	}
}

// A page draws a post by the same part: what it adds is in the footer only.
func TestAPageAddsOnlyMine(t *testing.T) {
	p := topicPage()
	post := p.Posts[1]
	live, page := render(t, Post(p.posted(post), Mine{})), render(t, Post(p.posted(post), p.mine(post)))
	if live == page {
		t.Fatal("the reader has nothing of their own on this post")
	}
	before := func(s string) string { before, _, _ := strings.Cut(s, "<footer>"); return before }
	if before(live) != before(page) {
		t.Errorf("above the footer they differ:\n%s\n%s", before(live), before(page))
	}
}

// The page brings the tools for what arrives later, drawn for the id that nobody has.
func TestTemplatesCarryThePlaceholder(t *testing.T) {
	for name, drawn := range map[string]string{"topic": render(t, Topic(topicPage())), "room": render(t, Room(roomPage()))} {
		for _, whose := range []string{"own", "other"} {
			_, rest, ok := strings.Cut(drawn, `<template data-mine="`+whose+`">`)
			template, _, _ := strings.Cut(rest, "</template>")
			if !ok || !strings.Contains(template, placeholder.String()) {
				t.Errorf("%s: the template of what is %s: %q", name, whose, template)
			}
		}
	}
	if guest := render(t, Topic(TopicPage{Page: topicPage().Page, Space: questions})); strings.Contains(guest, "<template") {
		t.Error("a guest is given tools")
	}
}
