package search

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var tuesday = time.Date(2026, 3, 3, 14, 0, 0, 0, time.UTC)

func on(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestParse(t *testing.T) {
	word := func(words ...string) Term { return Term{Words: words} }
	for text, want := range map[string]Query{
		"push hp5":                         {Terms: []Term{word("push"), word("hp5")}},
		`"stop bath" Café`:                 {Terms: []Term{{Words: []string{"stop", "bath"}, Whole: true}, word("cafe")}},
		"“stop bath”-grain":                {Terms: []Term{{Words: []string{"stop", "bath"}, Whole: true}, {Words: []string{"grain"}, Not: true}}},
		`-"stop bath" -#attic -@sam x`:     {Terms: []Term{{Words: []string{"stop", "bath"}, Whole: true, Not: true}, word("x")}, NotSpaces: []string{"attic"}, NotBy: []string{"sam"}},
		"#dark-room @amara @ME print":      {Terms: []Term{word("print")}, Spaces: []string{"dark-room"}, By: []string{"amara"}, Mine: true},
		"in:topics in:chat in:title dog":   {Terms: []Term{word("dog")}, Kinds: []string{"topic", "message"}, Titled: true},
		"status:solved is:open":            {Status: []Status{Solved, Open}},
		"in:bookmarks in:unseen is:pinned": {Marks: []Mark{Bookmarked, Unseen}, Status: []Status{Pinned}},
		"in:mine -user:sam space:attic":    {Mine: true, NotBy: []string{"sam"}, Spaces: []string{"attic"}},
		"status:noreplies in:first topic:": {Status: []Status{Unreplied}, Kinds: []string{"topic"}, Terms: []Term{word("topic")}},
		"has:image order:latest":           {Image: true, Order: Latest},
		"after:2025-11 before:yesterday":   {After: on(2025, 11, 1), Before: on(2026, 3, 2)},
		"after:2w before:2026-01-15":       {After: on(2026, 2, 17), Before: on(2026, 1, 15)},
		"after:monday":                     {After: on(2026, 3, 2)},
		"before:soon in:there x:y":         {Terms: []Term{word("before", "soon"), word("in", "there"), word("x", "y")}},
		"f/8 1+4 d-76":                     {Terms: []Term{word("f", "8"), word("1", "4"), word("d", "76")}},
		"日本 ☕":                             {Terms: []Term{word("日", "本"), word("☕")}},
		`NEAR(a b) ^x "`:                   {Terms: []Term{word("near", "a"), word("b"), word("x")}},
		" - : # @ -- * \x00 \xff":          {},
	} {
		got := Parse(text, tuesday)
		got.Text = ""
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q\n got %+v\nwant %+v", text, got, want)
		}
	}
}

func TestALongQuestionIsReadAsFarAsItGoes(t *testing.T) {
	q := Parse(strings.Repeat("é ", 5_000)+"#a", tuesday)
	if len(q.Text) > MaxText || !utf8.ValidString(q.Text) || len(q.Terms) != maxTerms {
		t.Fatalf("%d bytes, %d terms", len(q.Text), len(q.Terms))
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`push "hp5 at 800" -grain #dark-room @sam in:title before:2026-01 order:likes`, `"`, `-"`, `a*b^c:d(e)NEAR/3 f`, "\x00\xff", "日本語☕", "after:9999y", "before:-5d", "#", "İstanbul ǅ ﬁ ½ ⅷ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := Parse(text, tuesday)
		if len(q.Text) > MaxText || len(q.Terms) > maxTerms || !utf8.ValidString(q.Text) || strings.ContainsRune(q.Text, 0) {
			t.Fatalf("%+v", q)
		}
		for _, term := range q.Terms {
			for _, w := range term.Words {
				if w == "" || strings.ContainsAny(w, "\"'\\ *:()^&|!<>-+\x00") {
					t.Fatalf("%q would be read as something else", w)
				}
			}
		}
		if again := Parse(q.Text, tuesday); !reflect.DeepEqual(again, q) {
			t.Fatalf("read twice:\n%+v\n%+v", q, again)
		}
		yes, _ := q.wanted()
		var drawn strings.Builder
		for _, p := range Snippet(text, yes, 40) {
			drawn.WriteString(p.Text)
		}
		if whole := strings.ToValidUTF8(text, ""); !strings.Contains(whole, strings.TrimSuffix(strings.TrimPrefix(drawn.String(), "…"), "…")) {
			t.Fatalf("%q is no part of %q", drawn.String(), whole)
		}
	})
}
