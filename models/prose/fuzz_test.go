package prose

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

func FuzzPost(f *testing.F)    { fuzz(f, Post, MaxPost) }
func FuzzMessage(f *testing.F) { fuzz(f, Message, MaxMessage) }

func fuzz(f *testing.F, cook func(string) (Cooked, error), limit int) {
	for _, source := range hostile {
		f.Add(source)
	}
	for _, dish := range append(dishes, dishesOfOurs...) {
		f.Add(dish.source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		cooked, err := cook(source)
		switch {
		case !utf8.ValidString(source):
			if err != ErrNotText {
				t.Fatalf("not text, but %v", err)
			}
			return
		case len(tidy(source)) > limit:
			if err != ErrTooLong {
				t.Fatalf("%d bytes, but %v", len(tidy(source)), err)
			}
			return
		case err != nil:
			t.Fatal(err)
		}
		for _, flaw := range append(flaws(cooked.HTML), promises(cooked)...) {
			t.Errorf("%s\nin %s", flaw, cooked.HTML)
		}
		if limit == MaxMessage {
			for _, flaw := range tooGrand(cooked.HTML) {
				t.Errorf("%s in the message %s", flaw, cooked.HTML)
			}
		}
		quoteLaw(t, cooked)
	})
}

var isHandle = regexp.MustCompile(`^[a-z0-9_]{2,30}$`)

// promises are what Cooked says of its fields.
func promises(c Cooked) (broken []string) {
	if c.Plain != strings.Join(strings.Fields(c.Plain), " ") {
		broken = append(broken, "plain is not folded")
	}
	if strings.ContainsAny(c.Source, "\r\x00\x1b\x7f") {
		broken = append(broken, "control characters in the source")
	}
	broken = append(broken, pollPromises(c)...)
	if strings.Contains(Abroad(c.HTML), "<label") || strings.Contains(Abroad(c.HTML), "<button") {
		broken = append(broken, "what needs a page is told abroad")
	}
	if len(c.Mentions) > 50 || len(c.Links) > 50 {
		broken = append(broken, "more than fifty")
	}
	for i, handle := range c.Mentions {
		if !isHandle.MatchString(handle) || slices.Contains(c.Mentions[:i], handle) || !strings.Contains(c.HTML, `href="/m/`+handle+`"`) {
			broken = append(broken, "mention of "+handle)
		}
	}
	for i, link := range c.Links {
		if !leadsOut(link) || addressFlaw(link) != "" || slices.Contains(c.Links[:i], link) || !strings.Contains(c.HTML, `href="`+html.EscapeString(link)+`"`) {
			broken = append(broken, "link to "+link)
		}
	}
	if n := utf8.RuneCountInString(Excerpt(c.Plain, 20)); n > 20 {
		broken = append(broken, "the excerpt is too long")
	}
	return broken
}

// pollPromises: the polls of a text without a flaw are read back from its HTML as they were written.
func pollPromises(c Cooked) (broken []string) {
	whole, n := "", 0
	for _, p := range Parts(c.HTML) {
		whole += p.HTML
		if p.Number == 0 {
			continue
		}
		if n++; p.Number != n || n > len(c.Polls) || c.Flaw == "" && !alike(p.Poll, c.Polls[n-1]) {
			return append(broken, fmt.Sprintf("poll %d is %+v", n, p.Poll))
		}
	}
	if whole != c.HTML || n != len(c.Polls) {
		broken = append(broken, "the parts are not the whole")
	}
	return broken
}

// tooGrand finds what a message may not have.
func tooGrand(cooked string) (found []string) {
	root, _ := inspect(cooked)
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && slices.Contains([]string{"h3", "h4", "h5", "h6", "table"}, n.Data) {
			found = append(found, n.Data)
		}
	}
	return found
}

// quoteLaw: whatever a post says, quoting it makes one quoted post and nothing beside it.
func quoteLaw(t *testing.T, c Cooked) {
	t.Helper()
	again, err := Post(Quote("june", "June [P*rk](x)", "/s/a/t/b/c", 7, c.Source))
	if err != nil {
		t.Fatal(err)
	}
	root, found := inspect(again.HTML)
	first := root.FirstChild
	if len(found) > 0 || first == nil || first != root.LastChild || first.Data != "blockquote" ||
		!strings.HasPrefix(again.HTML, `<blockquote class="quote"><cite><a href="/m/june">June [P*rk](x)</a> <a href="/s/a/t/b/c#p7">post 7</a></cite>`) {
		t.Errorf("the quote of %q is %s", c.Source, again.HTML)
	}
	if len(again.Mentions) > 0 {
		t.Errorf("the quote of %q mentions %q", c.Source, again.Mentions)
	}
}
