package prose

import (
	"slices"
	"testing"
)

func TestATextSaysWhichPostsItNames(t *testing.T) {
	const topic, other = "/s/darkroom/t/1234567890a/old-benches", "/s/darkroom/t/abcdefghijk"
	const club = "https://club.example"
	for name, want := range map[string]struct {
		text  string
		cites []Cite
	}{
		"a quote":            {Quote("june", "June", topic, 7, "Use HP5."), []Cite{{"1234567890a", 7, true, ""}}},
		"a link to a post":   {"As [here](" + topic + "?post=21#p21).", []Cite{{"1234567890a", 21, false, ""}}},
		"a link to a topic":  {"See https://club.example" + other + " for it.", []Cite{{"abcdefghijk", 1, false, club}}},
		"by its number":      {"<https://club.example" + other + "?from=x&post=3>", []Cite{{"abcdefghijk", 3, false, club}}},
		"both":               {"[a](" + topic + "#p7)\n\n" + Quote("june", "June", topic, 7, "Use HP5."), []Cite{{"1234567890a", 7, true, ""}}},
		"within a quote":     {Quote("june", "June", topic, 7, "As [I said]("+other+"#p2)."), []Cite{{"1234567890a", 7, true, ""}}},
		"another's words":    {"> As [June](/m/june) said in [post 2](" + other + "#p2).", []Cite{{"abcdefghijk", 2, false, ""}}},
		"what is no post":    {"[a](/s/darkroom) [b](/s/darkroom/t/1234567890a/p/1234567890a/history) [c](/m/june)", nil},
		"code":               {"`" + topic + "#p7`", nil},
		"nothing but words":  {"Use HP5.", nil},
		"a number too large": {"[a](" + topic + "#p99999999999)", nil},
	} {
		cooked, err := Post(want.text)
		if err != nil || !slices.Equal(cooked.Cites, want.cites) {
			t.Errorf("%s names %+v: %v", name, cooked.Cites, err)
		}
	}
}

func TestWhatATextNamedIsFoundInItsHTML(t *testing.T) {
	cooked, err := Post(Quote("june", "June", "/s/a/t/1234567890a/x", 7, "Use HP5.") + "\n[b](/s/a/t/abcdefghijk/y?post=2&x=1#p2)")
	if err != nil {
		t.Fatal(err)
	}
	if got := CitedIn(cooked.HTML); !slices.Equal(got, []Cite{{"1234567890a", 7, false, ""}, {"abcdefghijk", 2, false, ""}}) {
		t.Errorf("%q names %+v", cooked.HTML, got)
	}
}
