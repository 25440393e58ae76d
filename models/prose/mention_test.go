package prose

import (
	"slices"
	"strings"
	"testing"
)

func TestMentions(t *testing.T) {
	long := strings.Repeat("a", maxHandle)
	for _, c := range []struct {
		source string
		want   []string
	}{
		{"@june", []string{"june"}},
		{"Hi @june, @kofi_2: and (@hana).", []string{"june", "kofi_2", "hana"}},
		{"@June @JUNE @june", []string{"june"}},
		{"@june's @june-like @june/@kofi", []string{"june"}},
		{"“@june” …@kofi 🎉@hana", []string{"june", "kofi", "hana"}},
		{"*@june* **@kofi** _@hana_ __@noor__ ~~@priya~~", []string{"june", "kofi", "hana", "noor", "priya"}},
		{"_@june and @kofi_", []string{"june", "kofi_"}},
		{"@_june_", []string{"_june_"}},
		{"> @june\n\n- @kofi\n\n# @hana\n\n|@noor|\n|-|\n|@priya|", []string{"june", "kofi", "hana", "noor", "priya"}},
		{"@ab @" + long, []string{"ab", long}},
		{"@a @a" + long + " @ @- @@june", nil},
		{"`@june` ``@kofi``\n\n```\n@hana\n```\n\n    @noor", nil},
		{"[@june](/a) [a @kofi b](https://a.example) ![@hana](/files/a)", nil},
		{"june@kofi.example june.park@kofi a@hana", nil},
		{"<june@kofi.example> https://a.example/@june https://a.example/x@kofi", nil},
		{"@june@a.example /@june é@june @juné @jun漢", nil},
		{`\@june &#64;june`, nil},
		{"[not a link @june] and [neither @kofi", []string{"june", "kofi"}},
		{"[@june](javascript:x)", []string{"june"}},
		{"> [Hana](/m/hana), [post 1](/t#p1):\n>\n> @june\n\n@kofi", []string{"kofi"}},
	} {
		cooked, err := Post(c.source)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(cooked.Mentions, c.want) {
			t.Errorf("%q mentions %q and not %q: %s", c.source, cooked.Mentions, c.want, cooked.HTML)
		}
	}
}

func TestMentionIsALink(t *testing.T) {
	cooked, err := Post("Thanks @Amara_1.")
	if want := `<p>Thanks <a class="mention" href="/m/amara_1">@amara_1</a>.</p>`; err != nil || cooked.HTML != want {
		t.Errorf("%s, %v", cooked.HTML, err)
	}
}
