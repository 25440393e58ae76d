package prose

import (
	"slices"
	"strings"
	"testing"
)

func TestFilesAreNamed(t *testing.T) {
	cooked, err := Post("![a](/files/9aBcDeFgH12) [b.pdf](/files/9aBcDeFgH13) [again](/files/9aBcDeFgH12)\n\n" +
		"![far](https://a.example/files/9aBcDeFgH14) `![code](/files/9aBcDeFgH15)` ![part](/files/9aBcDeFgH16/small) ![zero](/files/0aBcDeFgH12)\n\n" +
		"[c]: /files/9aBcDeFgH17\n\n![c]")
	if err != nil || !slices.Equal(cooked.Files, []string{"9aBcDeFgH12", "9aBcDeFgH13", "9aBcDeFgH17"}) {
		t.Errorf("it names %q, %v", cooked.Files, err)
	}
}

func TestSizedSaysOnlyWhatItIsTold(t *testing.T) {
	cooked, err := Post("![a](/files/9aBcDeFgH12) ![\"b](/files/9aBcDeFgH13) `<img src=\"/files/9aBcDeFgH12\"`")
	if err != nil {
		t.Fatal(err)
	}
	sized := Sized(cooked.HTML, map[string]Size{"9aBcDeFgH12": {Width: 2048, Height: 1000, Small: 640}, "9aBcDeFgH14": {Width: 1, Height: 1}})
	want := strings.Replace(cooked.HTML, `<img src="/files/9aBcDeFgH12"`, `<img src="/files/9aBcDeFgH12" width="2048" height="1000" srcset="/files/9aBcDeFgH12/small 640w, /files/9aBcDeFgH12 2048w" sizes="(max-width: 680px) 100vw, 680px"`, 1)
	if sized != want || strings.Count(sized, "width=") != 1 {
		t.Errorf("%s\nbecame\n%s", cooked.HTML, sized)
	}
	if _, found := inspect(cooked.HTML); len(found) > 0 {
		t.Error(found)
	}
	if plain(sized) != plain(cooked.HTML) {
		t.Error("the words changed")
	}
}
