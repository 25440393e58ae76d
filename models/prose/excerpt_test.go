package prose

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestExcerpt(t *testing.T) {
	for _, c := range []struct {
		plain string
		runes int
		want  string
	}{
		{"a short text", 12, "a short text"},
		{"a short text", 11, "a short…"},
		{"a short text", 8, "a short…"},
		{"a short, text", 10, "a short…"},
		{"a (short) text", 6, "a (sh…"},
		{"word (and more", 7, "word…"},
		{"unbelievable", 6, "unbel…"},
		{"see unbelievable", 12, "see unbelie…"},
		{"日本語の長い文章です", 5, "日本語の…"},
		{"cafe\u0301s", 5, "caf…"},
		{"ab👩\u200d👩 c", 5, "ab…"},
		{"thumb👍🏽s", 7, "thumb…"},
		{"", 5, ""},
		{"abc", 1, "…"},
		{"abc", 0, ""},
		{"abc", -1, ""},
	} {
		if got := Excerpt(c.plain, c.runes); got != c.want {
			t.Errorf("%q in %d is %q and not %q", c.plain, c.runes, got, c.want)
		}
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add("a short text", 8)
	f.Fuzz(func(t *testing.T, plain string, runes int) {
		got := Excerpt(plain, runes)
		if n := utf8.RuneCountInString(got); n > max(runes, 0) {
			t.Errorf("%q has %d runes and not %d", got, n, runes)
		}
		if utf8.ValidString(plain) && !strings.HasPrefix(plain, strings.TrimSuffix(got, "…")) {
			t.Errorf("%q does not begin %q", got, plain)
		}
	})
}
