package prose

import (
	"regexp"
	"strings"
	"testing"
)

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"Two stops under":                       "two-stops-under",
		"  HP5+ @ 1600: what's wrong?  ":        "hp5-1600-whats-wrong",
		"Don’t — really":                        "dont-really",
		"Crème brûlée, façade, São":             "creme-brulee-facade-sao",
		"Über Größe, Łódź, Øresund":             "uber-grosse-lodz-oresund",
		"Æsir Þór œuvre ŒUVRE":                  "aesir-thor-oeuvre-oeuvre",
		"Đặng İstanbul ısı":                     "dang-istanbul-isi",
		"ﬁne ① ½":                               "fine-1-1-2",
		"日本語":                                   "topic",
		"日本語 for beginners":                     "for-beginners",
		"🎉🎉":                                    "topic",
		"":                                      "topic",
		"---":                                   "topic",
		"a/b\\c?d#e":                            "a-b-c-d-e",
		strings.Repeat("word ", 20):             "word-word-word-word-word-word-word-word-word-word-word-word",
		strings.Repeat("a", 70):                 strings.Repeat("a", 60),
		strings.Repeat("a", 60) + " b":          strings.Repeat("a", 60),
		strings.Repeat("a", 50) + " bcdefghijk": strings.Repeat("a", 50),
	} {
		if got := Slug(title); got != want {
			t.Errorf("%q became %q and not %q", title, got, want)
		}
	}
}

var isSlug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func FuzzSlug(f *testing.F) {
	f.Add("Two stops under")
	f.Add("Ünïcödé İ ß -- \xff")
	f.Fuzz(func(t *testing.T, title string) {
		if slug := Slug(title); !isSlug.MatchString(slug) || len(slug) > maxSlug {
			t.Errorf("%q became %q", title, slug)
		}
	})
}
