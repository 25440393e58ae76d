package leaks_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guildhall/models/clubtest"
)

// searched are the fields of a space that hold words, and narrowed the operators by which they are
// asked for.
var (
	searched = []string{"title", "text", "alt", "code", "reply", "edited", "removed", "hidden", "message"}
	narrowed = []string{"", " in:title", " in:topics", " in:replies", " in:chat", " order:latest", " order:likes", " order:oldest", " @" + author, " #darkroom", " #" + strings.Repeat("n", len(slugs[unlisted])), " status:solved", " -nothing", " after:2020"}
)

// accented writes a canary in letters that search takes for those of the canary, so that the question,
// which every answer repeats, is not taken for a leak.
func accented(word string) string {
	return strings.NewReplacer("zqlock", "zqłock", "zqhide", "zqhidé", "zqpubl", "zqpübl").Replace(word)
}

// questions are the addresses at which a way is asked for every word that any space has, its
// beginnings, and by every operator.
func questions(path string) (all []string) {
	ask := func(text string) { all = append(all, path+"?q="+url.QueryEscape(text)) }
	for _, k := range kinds {
		for _, field := range searched {
			ask(accented(canary(k, field)))
		}
		for _, more := range narrowed {
			ask(accented(marks[k]) + more)
		}
		ask(accented(marks[k] + "t"))
		ask(`"` + accented(canary(k, "message")) + " by mel\"")
	}
	for _, text := range []string{"", "zq", "About", "in:topics order:latest", "in:chat order:latest", "in:replies", "@" + author, "@mel in:chat", "status:solved", "status:unanswered", "has:image", "zqł", "in:letters", "zqséaled", "zqséaledtextvx"} {
		ask(text)
	}
	return append(all, path)
}

// Whoever is out cannot tell a word that stands in a gated space from one that stands nowhere: neither
// by what is found, nor by how much of it, nor by anything else in the answer.
func TestAWordThatIsHiddenIsAWordThatNeverWas(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, database string) {
		w := open(t, database, "")
		w.settle()
		found := 0
		for _, p := range parts {
			for _, k := range gated {
				e := w.people[p.name]
				if p.handle != "" && !p.token {
					e = w.people[p.handle]
				}
				if e == nil || p.token {
					continue // tokens open no pages
				}
				for _, path := range []string{"/search?q=", "/search/suggest?q="} {
					for _, field := range searched {
						there := accented(canary(k, field))
						never := strings.Map(func(r rune) rune {
							if r < 'a' || r > 'z' {
								return r // as long, and as long when it is encoded
							}
							return 'q'
						}, there)
						a := e.ask(t, ask{method: http.MethodGet, path: path + url.QueryEscape(there)})
						b := e.ask(t, ask{method: http.MethodGet, path: path + url.QueryEscape(never)})
						got, nowhere := unasked(a, there), unasked(b, never)
						same := bytes.Equal(got, nowhere)
						switch {
						case !p.in && !same:
							t.Errorf("%s can tell that %s stands in the %s space: %s\n%s\n%s", p.name, field, k, path, firstApart(got, nowhere), firstApart(nowhere, got))
						case p.in && !same:
							found++
						}
					}
				}
			}
		}
		if found < 50 {
			t.Errorf("only %d answers differ for those who are in: this proves little", found)
		}
	})
}

// unasked is an answer without what differs between any two, and without the question that it repeats.
func unasked(a answer, question string) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(plain(a, neverSlug), []byte(url.QueryEscape(question)), nil), []byte(question), nil)
}
