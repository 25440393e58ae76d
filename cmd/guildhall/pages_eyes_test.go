package main

import (
	"fmt"
	"strings"
	"testing"

	"guildhall/models/clubtest"
)

// ruin is what the flaws below are made with.
const ruin = `
	const title = document.querySelector("main h1");
	const wear = (rule) => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync("main h1.worn.worn { " + rule + " }");
		document.adoptedStyleSheets = [sheet];
		title.classList.add("worn");
	};
	const stretch = (letters) => {
		title.textContent = "w".repeat(letters);
		wear("overflow-wrap: normal !important");
	};`

// The eyes are no use if they see nothing: each fault that they look for is made, and seen.
func TestTheEyesSee(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	v := s.visit("somebody", s.Guest)
	for _, flaw := range []struct {
		in                 light
		name, script, says string
	}{
		{day, "nothing by day", ``, ""},
		{night, "nothing by night", ``, ""},
		{hand, "nothing in a hand", ``, ""},
		{day, "a picture without words", `document.querySelector("main").append(new Image())`, "image-alt"},
		{day, "pale ink", `wear("color: #bbb !important")`, "color-contrast"},
		{night, "dark ink", `wear("color: #333 !important")`, "color-contrast"},
		{slim, "nothing in a slim hand", ``, ""},
		{slim, "a word that a slim hand cuts", `stretch(21)`, "wider than the window"},
		{hand, "a long word", `stretch(400)`, "wider than the window"},
		{hand, "a word that is a little too long", `stretch(26)`, "wider than the window"},
	} {
		v.show(flaw.in)
		v.open("/")
		v.run(`(() => {` + ruin + flaw.script + `})()`)
		seen(t, flaw.name, append(v.axe(flaw.in.rules()), v.overflow(flaw.in)...), flaw.says)
	}
}

// What the policy would block is seen wherever it stands in the markup.
func TestTheEyesReadMarkup(t *testing.T) {
	s := raise(t, launch(t), clubtest.SQLite(t))
	v := s.visit("somebody", s.Guest)
	v.open("/")
	v.expects("Content Security Policy") // it speaks up as soon as such markup is read
	for markup, says := range map[string]string{
		`<p class="a">Plain</p><template><p>Plain</p></template>`:          "",
		`<p style="color: red">Red</p>`:                                    "style",
		`<template><p style="color: red">Red</p></template>`:               "style",
		`<style>p { color: red }</style>`:                                  "<style>",
		`<script>alert()</script>`:                                         "<script>",
		`<button type="button" onclick="alert()">Now</button>`:             "onclick",
		`<svg><a xlink:href="javascript:alert()"><text>A</text></a></svg>`: "javascript:",
	} {
		seen(t, markup, v.inline(fmt.Sprintf("Promise.resolve(%q)", markup)), says)
	}
}

// seen holds what the eyes found to what there was to find; nothing is "".
func seen(t *testing.T, what string, faults []string, says string) {
	t.Helper()
	found := strings.Join(faults, "\n")
	if says == "" && found != "" || !strings.Contains(found, says) {
		t.Errorf("%s: wanted %q, got %q", what, says, found)
	}
}
