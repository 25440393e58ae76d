package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"guildhall/handlers"
	"guildhall/models/clubtest"
	"guildhall/views"
)

// The page of the keys lists those that the script knows, and none leads to a page that is not there.
func TestTheSheetListsEveryKey(t *testing.T) {
	script := string(clubtest.Must(os.ReadFile("../../static/js/keys.js"))(t))
	_, table, _ := strings.Cut(script, "const acts = {")
	table, _, _ = strings.Cut(table, "\n};")
	var known []string
	for _, m := range regexp.MustCompile(`(?m)^  "([^"]+)": `).FindAllStringSubmatch(table, -1) {
		known = append(known, strings.ReplaceAll(m[1], "Escape", "Esc"))
	}
	listed := views.SingleKeys()
	slices.Sort(known)
	slices.Sort(listed)
	if len(known) == 0 || !slices.Equal(known, listed) {
		t.Errorf("the script knows %q, the page lists %q", known, listed)
	}
	for _, m := range regexp.MustCompile(`go\("([^"]+)"\)`).FindAllStringSubmatch(script, -1) {
		if !slices.ContainsFunc(handlers.Routes(), func(r handlers.Route) bool { return r.Method == "GET" && r.Path == m[1] }) {
			t.Errorf("a key leads to %s, which is no page", m[1])
		}
	}
}

// Keys walk a topic, also the posts that come while it is open; they lead from page to page, do
// nothing while one writes, and nothing at all for somebody who switched them off.
func TestKeysLeadThroughTheClub(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	topic := s.Topic(s.Open, "Garden plans")
	at := views.TopicAddress(s.Open.Slug, topic.ID, topic.Slug)
	paul := s.visit("Paul", s.Paying)
	goes := func(what, address string, keys ...string) {
		t.Helper()
		for _, key := range keys {
			paul.presses(key)
		}
		paul.until(what, `document.readyState === "complete" && document.documentElement.dataset.live && location.pathname === "`+address+`"`)
	}
	paul.open(at)
	paul.listens()
	s.Reply(s.Regular, topic, "Beans first.")
	paul.until("the reply", `document.querySelector('#posts [data-number="2"]')`)
	for _, key := range []string{"j", "j"} {
		paul.presses(key)
	}
	paul.until("the post that came", `document.activeElement.dataset.number === "2"`)
	paul.until("nothing stands over it", `(() => { const bar = document.querySelector(".topbar").getBoundingClientRect(), post = document.activeElement.getBoundingClientRect(); return post.top >= bar.bottom - 1 || post.bottom > innerHeight })()`)
	paul.presses("q")
	paul.until("a quote", `document.querySelector("#reply textarea").value.includes("Beans first.")`)
	paul.types(reply, "ghnjk")
	paul.until("letters in the box", `document.querySelector("#reply textarea").value.includes("ghnjk") && location.pathname === "`+at+`"`)
	paul.presses(kb.Escape)
	paul.until("the box left", `document.activeElement === document.body`)
	paul.presses("r")
	paul.until("the box", `document.activeElement === document.querySelector("#reply textarea")`)
	paul.presses(kb.Escape)
	goes("the list", views.SpaceAddress(s.Open.Slug), "u")
	paul.presses("j")
	goes("the topic", at, "o")
	goes("all spaces", views.SpacesAddress, "g", "s")
	goes("home", "/", "g", "h")
	goes("notifications", "/notifications", "g", "n")
	goes("the form", views.NewTopicAddress(""), "n")
	paul.open(views.KeysSettingsAddress)
	paul.run(`document.querySelector("input[name=keys]").click(), document.querySelector("form[action='/settings/keys']").requestSubmit()`)
	paul.until("saved", `document.body.dataset.keys === "off"`)
	paul.presses("g")
	paul.presses("h")
	paul.presses("?")
	if paul.is(`location.pathname !== "/settings/keys" || document.querySelector("dialog")`) {
		t.Error("a key did something, and they are off")
	}
}
