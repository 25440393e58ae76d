package prose

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Cooked is a text as it is kept: what was written and all that was made of it.
type Cooked struct {
	// Source is the Markdown, with line ends as "\n" and no control characters.
	Source string
	// HTML is safe to show as it is. It is empty when nothing would be seen.
	HTML string
	// Plain is the text alone on one line, for excerpts and search, without the words of
	// quoted posts. A post that is only a picture or a quote may have none.
	Plain string
	// Mentions are the handles that are mentioned outside quoted posts: lower case,
	// unique, in order, at most 50.
	Mentions []string
	// Files are the ids of the club's own files that are shown or linked, quoted ones too:
	// unique, in order, at most 50. Whether there are such files is not known here.
	Files []string
	// Links are the http and https addresses that are linked, quoted ones too: unique, in
	// order, at most 50.
	Links []string
	// Cites are the posts of the club that are quoted or linked, but not from within a quoted post:
	// unique, in order, at most 50. Whether there are such posts is not known here.
	Cites []Cite
	// Polls are those that can be voted in, in order: number 1 is the first. Only posts have any.
	Polls []Poll
	// Flaw is a sentence about what keeps a text from being posted, a poll without a question
	// say, or "".
	Flaw string
}

// Post cooks what stands in a topic: everything is allowed. The error is ErrTooLong or
// ErrNotText; any other means that the recipe itself broke.
func Post(source string) (Cooked, error) {
	return cook(source, MaxPost, postRecipe)
}

// Page cooks what stands under a title of its own: as Post, but that its headings begin a level higher.
func Page(source string) (Cooked, error) {
	return cook(source, MaxPost, pageRecipe)
}

// Message cooks what is said in chat: no headings and no tables. Its errors are those of Post.
func Message(source string) (Cooked, error) {
	return cook(source, MaxMessage, messageRecipe)
}

// A recipe says what of Markdown is understood.
type recipe struct {
	parser parser.Parser
	top    int // the level of a heading of the first rank
}

var (
	postRecipe    = recipe{postParser(), 3} // h1 and h2 are the page's own
	pageRecipe    = recipe{postParser(), 2}
	messageRecipe = recipe{messageParser(), 3}
)

func cook(source string, limit int, r recipe) (done Cooked, err error) {
	if !utf8.ValidString(source) {
		return Cooked{}, ErrNotText
	}
	if source = tidy(source); len(source) > limit {
		return Cooked{}, ErrTooLong
	}
	// Messages are cooked in goroutines that nobody else guards: a fault in the parser
	// must cost one message and not the process.
	defer func() {
		if fault := recover(); fault != nil {
			done, err = Cooked{}, fmt.Errorf("prose: cook: %v", fault)
		}
	}()

	src := []byte(source)
	tree := r.parser.Parse(text.NewReader(src))
	headed(tree, r.top)
	s := settler{source: src}
	s.children(tree, spot{})

	var out bytes.Buffer
	if err := finish.Render(&out, src, tree); err != nil {
		return Cooked{}, fmt.Errorf("prose: render: %w", err)
	}
	html := strings.TrimSpace(policy.SanitizeReader(&out).String())
	return Cooked{
		Source:   source,
		HTML:     html,
		Plain:    plain(html),
		Mentions: s.mentions.list,
		Files:    s.files.list,
		Links:    s.links.list,
		Cites:    s.cites,
		Polls:    s.polls,
		Flaw:     s.flaw,
	}, nil
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n")

// tidy gives every line one kind of end. A control character becomes the replacement
// character: PostgreSQL takes no NUL, feeds take none of them.
func tidy(source string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return utf8.RuneError
		}
		return r
	}, lineEnds.Replace(source))
}
