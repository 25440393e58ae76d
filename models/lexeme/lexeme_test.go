package lexeme

import (
	"slices"
	"strings"
	"testing"
)

func TestWordsAreFoldedAlike(t *testing.T) {
	for text, want := range map[string]string{
		"Thin negatives, HP5+":        "thin negatives hp5",
		"Café CAFÉ cafe\u0301":        "cafe cafe cafe",
		"Straße Łódź smørrebrød Æsir": "strasse lodz smorrebrod aesir",
		"ﬁlm ＨＰ５ ½":                   "film hp5 12",
		"日本語 film☕":                   "日 本 語 film ☕",
		"o'brien d-76 f/8":            "o brien d 76 f 8",
		"İstanbul ΣΊΣΥΦΟΣ":            "istanbul σισυφοσ",
		"-- : \x00 \xff":              "",
	} {
		words := Of(text)
		if got := strings.Join(Texts(words), " "); got != want {
			t.Errorf("%q gives %q, not %q", text, got, want)
		}
		if !slices.IsSortedFunc(words, func(a, b Word) int { return a.Start - b.Start }) {
			t.Errorf("%q: the words stand in no order", text)
		}
		for _, w := range words {
			if w.Start < 0 || w.End > len(text) || w.Start >= w.End {
				t.Errorf("%q: %+v stands nowhere", text, w)
			}
		}
	}
}
