package prose

import (
	"slices"
	"testing"
)

func TestWhatStandsAlone(t *testing.T) {
	for source, want := range map[string][]string{
		"https://example.com/a":                                      {"https://example.com/a"},
		"Look:\nhttps://example.com/a?b=1&c=2\nThere.":               {"https://example.com/a?b=1&c=2"},
		"www.example.com":                                            {"http://www.example.com"},
		"<https://example.com/a>":                                    {"https://example.com/a"},
		"https://example.com/a\nhttps://example.com/b":               {"https://example.com/a", "https://example.com/b"},
		"https://example.com/a\n\nhttps://example.com/a":             {"https://example.com/a"},
		"See https://example.com/a":                                  nil,
		"https://example.com/a and more":                             nil,
		"https://example.com/a https://example.com/b":                nil,
		"[words](https://example.com/a)":                             nil,
		"**https://example.com/a**":                                  nil,
		"> https://example.com/a":                                    nil,
		"- https://example.com/a":                                    nil,
		"# https://example.com/a":                                    nil,
		"`https://example.com/a`":                                    nil,
		"/s/questions":                                               nil,
		"| a |\n|---|\n| https://example.com/a |":                    nil,
		"A line.\n\n> quoted\n\nhttps://example.com/after":           {"https://example.com/after"},
		"![A bench](/files/2tJDmHDJRcK)\nhttps://example.com/beside": {"https://example.com/beside"},
	} {
		cooked, err := Post(source)
		if err != nil {
			t.Fatal(err)
		}
		if got := Alone(cooked.HTML); !slices.Equal(got, want) {
			t.Errorf("%q: %v, not %v, of %s", source, got, want, cooked.HTML)
		}
	}
}
