package search

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/lexeme"
)

// Query is what somebody asks for. Parse makes one of anything that can be typed.
type Query struct {
	Text   string // as it was typed, as far as it was read
	Terms  []Term
	Kinds  []string // of cards; none: every kind
	Titled bool     // only what has the words in its title

	Spaces, NotSpaces []string // slugs
	By, NotBy         []string // handles
	Tags, NotTags     []string // names
	Mine              bool
	After, Before     time.Time // from the one on, and earlier than the other
	Status            []Status
	Marks             []Mark
	Topic             id.ID // all of it stands in this one; zero: anywhere
	Image             bool
	Order             Order
}

// Term is a word, or several that stand beside each other.
type Term struct {
	Words []string // folded
	Whole bool     // not the beginning of a longer word: it was quoted
	Not   bool
}

// Order is what comes first.
type Order string

// Orders.
const (
	Relevance Order = ""
	Latest    Order = "latest"
	Oldest    Order = "oldest"
	Liked     Order = "likes"
)

// Status is how a topic stands.
type Status string

// Statuses.
const (
	Solved     Status = "solved"
	Unanswered Status = "unanswered"
	Open       Status = "open"
	Closed     Status = "closed"
	Archived   Status = "archived"
	Unreplied  Status = "noreplies"
	Pinned     Status = "pinned"
)

// Mark is what the asker, or whoever wrote it, made of a thing.
type Mark string

// Marks.
const (
	Bookmarked Mark = "bookmarks"
	Watched    Mark = "watching"
	Tracked    Mark = "tracking"
	Seen       Mark = "seen" // in a topic that the asker has opened
	Unseen     Mark = "unseen"
	Praised    Mark = "likes" // the asker reacted to it
	Wiki       Mark = "wiki"
)

// Bounds of a question: what is beyond them is not read.
const (
	MaxText  = 400 // bytes
	maxTerms = 12
	maxNamed = 8 // spaces, members
)

// Parse reads a question. Nothing is wrong: what is no operator is words. now is the asker's, in their
// zone, for days.
func Parse(text string, now time.Time) Query {
	q := Query{Text: clip(text)}
	for _, p := range pieces(q.Text) {
		if p.quoted || !q.operator(p, now) {
			q.word(p)
		}
	}
	return q
}

// clip cuts what is too long after a letter, and drops what no database keeps.
func clip(text string) string {
	text = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", " "), " "))
	if len(text) <= MaxText {
		return text
	}
	end := MaxText
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return strings.TrimSpace(text[:end])
}

// piece is what stands between blanks, or between quotes.
type piece struct {
	text   string
	quoted bool
	not    bool
}

// quotes are those that a keyboard writes by itself, too.
var quotes = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`)

func pieces(text string) (all []piece) {
	text = quotes.Replace(text)
	for {
		if text = strings.TrimSpace(text); text == "" {
			return all
		}
		var p piece
		if len(text) > 1 && text[0] == '-' && text[1] != ' ' {
			p.not, text = true, text[1:]
		}
		if text[0] == '"' {
			p.quoted = true
			p.text, text, _ = strings.Cut(text[1:], `"`)
		} else {
			end := strings.IndexFunc(text, func(r rune) bool {
				return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '"' || r == '\u00a0' || r == '\u3000'
			})
			if end < 0 {
				end = len(text)
			}
			p.text, text = text[:end], text[end:]
		}
		all = append(all, p)
	}
}

func (q *Query) word(p piece) {
	words := lexeme.Texts(lexeme.Of(p.text))
	if len(words) > 0 && len(q.Terms) < maxTerms {
		q.Terms = append(q.Terms, Term{Words: words, Whole: p.quoted, Not: p.not})
	}
}

// operator reads a piece that says something about what is looked for, and tells whether it was one.
func (q *Query) operator(p piece, now time.Time) bool {
	text := strings.ToLower(p.text)
	name, value, said := strings.Cut(text, ":")
	switch {
	case len(text) > 1 && text[0] == '#' && slug(text[1:]):
		return named(text[1:], p.not, &q.Spaces, &q.NotSpaces)
	case text == "@me" && !p.not:
		q.Mine = true
		return true
	case len(text) > 1 && text[0] == '@' && handle(text[1:]):
		return named(text[1:], p.not, &q.By, &q.NotBy)
	case name == "tag" || name == "tags":
		return q.tag(value, p.not)
	case (name == "user" || name == "by") && value != "" && handle(value):
		return named(value, p.not, &q.By, &q.NotBy)
	case (name == "space" || name == "category") && value != "" && slug(value):
		return named(value, p.not, &q.Spaces, &q.NotSpaces)
	case !said || p.not:
		return false
	}
	switch name {
	case "in":
		return q.in(value)
	case "before", "after":
		at, ok := day(value, now)
		if ok && name == "before" {
			q.Before = at
		} else if ok {
			q.After = at
		}
		return ok
	case "topic":
		at, err := id.Parse(p.text[len("topic:"):]) // whose letters are small or large
		if err == nil {
			q.Topic = at
		}
		return err == nil
	case "status", "is":
		return q.stands(Status(value))
	case "has", "with":
		q.Image = q.Image || value == "image" || value == "images" || value == "picture"
		return value == "image" || value == "images" || value == "picture"
	case "order", "sort":
		order, ok := orders[value]
		if ok {
			q.Order = order
		}
		return ok
	}
	return false
}

var orders = map[string]Order{"relevance": Relevance, "latest": Latest, "newest": Latest, "oldest": Oldest, "likes": Liked}

var kinds = map[string]string{
	"topics": index.Topic, "topic": index.Topic, "first": index.Topic, "posts": index.Post, "replies": index.Post, "post": index.Post,
	"messages": index.Message, "chat": index.Message, "letters": index.Letter, "members": index.Member, "people": index.Member,
}

func (q *Query) stands(s Status) bool {
	_, ok := statuses[s]
	if ok && !slices.Contains(q.Status, s) {
		q.Status = append(q.Status, s)
	}
	return ok
}

func (q *Query) in(value string) bool {
	switch _, mark := marks[Mark(value)]; {
	case value == "title":
		q.Titled = true
		return true
	case value == "mine" || value == "posted":
		q.Mine = true
		return true
	case value == "pinned":
		return q.stands(Pinned)
	case mark:
		if !slices.Contains(q.Marks, Mark(value)) {
			q.Marks = append(q.Marks, Mark(value))
		}
		return true
	}
	kind, ok := kinds[value]
	if ok && !slices.Contains(q.Kinds, kind) {
		q.Kinds = append(q.Kinds, kind)
	}
	return ok
}

// tag reads one tag, or several between commas, of which all are meant.
func (q *Query) tag(value string, not bool) bool {
	read := false
	for one := range strings.SplitSeq(value, ",") {
		if tag, ok := forum.TagName(one); ok {
			read = named(tag, not, &q.Tags, &q.NotTags)
		}
	}
	return read
}

func named(name string, not bool, yes, no *[]string) bool {
	into := yes
	if not {
		into = no
	}
	if len(*into) < maxNamed && !slices.Contains(*into, name) {
		*into = append(*into, name)
	}
	return true
}

func slug(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-_") == ""
}

func handle(s string) bool { return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == "" }

// Empty tells whether nothing was asked for.
func (q Query) Empty() bool { return len(q.Terms) == 0 && !q.narrows() }

// narrows tells whether the question says anything but words.
func (q Query) narrows() bool {
	return len(q.Kinds)+len(q.Spaces)+len(q.NotSpaces)+len(q.By)+len(q.NotBy)+len(q.Status)+len(q.Tags)+len(q.NotTags)+len(q.Marks) > 0 ||
		q.Mine || q.Topic != 0 || q.Image || !q.After.IsZero() || !q.Before.IsZero()
}

// wanted are the terms that must be there; the rest must not.
func (q Query) wanted() (yes, no []Term) {
	for _, t := range q.Terms {
		if t.Not {
			no = append(no, t)
		} else {
			yes = append(yes, t)
		}
	}
	return yes, no
}
