package views

import (
	"strconv"

	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/search"
	"guildhall/models/site"
)

// Where one searches, and where what was searched for is forgotten.
const (
	SearchRoot     = "/search"
	suggestRoot    = "/search/suggest"
	forgetSearches = "/search/forget"
)

// SearchAddress is the answer to a question.
func SearchAddress(text string) string { return with(SearchRoot, "q", text) }

func forgetAddress(asked id.ID) string { return SearchRoot + "/" + asked.String() + "/forget" }

// SearchHit is something that was found, with who wrote it.
type SearchHit struct {
	search.Hit
	Author Person
}

func (h SearchHit) address() string {
	switch h.Kind {
	case index.Message:
		return SaidAt(h.In, h.Said.RoomID, h.Said.Seq, h.Said.ID)
	case index.Letter:
		return LetterAddress(h.Letter.ThreadID, h.Letter.ID)
	case index.Member:
		return MemberAddress(h.Member.Handle)
	}
	return PostAddress(h.In.Slug, h.Topic.ID, h.Topic.Slug, h.Post.Number)
}

// what says in a word what was found.
func (h SearchHit) what(w site.Words) string {
	switch {
	case h.Kind == index.Member:
		return w.Member
	case h.Kind == index.Message:
		return "chat"
	case h.Kind == index.Letter:
		return "letter"
	case h.Kind == index.Topic && h.Topic.Replies() == 1:
		return "1 reply"
	case h.Kind == index.Topic:
		return Plural(h.Topic.Replies(), "reply", "replies")
	case h.Topic.AnswerID != nil && *h.Topic.AnswerID == h.Post.ID:
		return "the answer"
	}
	return "reply"
}

func (h SearchHit) topical() bool { return h.Kind == index.Topic || h.Kind == index.Post }

// SearchPage is a question with its answer, or without one yet.
type SearchPage struct {
	Query   search.Query
	Answer  search.Page
	Hits    []SearchHit
	History []search.Asked
	Asks    string // address of the form for a new topic, for whoever may start one
	Later   bool   // not the first page
}

// Head names the page.
func (p SearchPage) Head() Head {
	h := Head{Title: "Search", Crumbs: []Crumb{{Text: "Search"}}, Here: SearchRoot, Tab: HomeTab}
	if p.Query.Text != "" {
		h.Title = "Search: " + p.Query.Text
	}
	return h
}

// total says how much was found.
func (p SearchPage) total() string {
	return counted(p.Answer.Facets.All) + " " + noun(p.Answer.Facets.All, "result", "results")
}

func counted(n int64) string { return upTo(n, search.MostCounted) }

// orders are the tabs above what was found.
func (p SearchPage) orders() []Segmented {
	link := func(text string, order search.Order) Segmented {
		to := ""
		if order != search.Relevance {
			to = "order:" + string(order)
		}
		return Segmented{Text: text, Href: SearchAddress(p.Query.Replaced(to, "order:", "sort:")), Current: p.Query.Order == order}
	}
	return []Segmented{link("Best match", search.Relevance), link("Newest", search.Latest), link("Oldest", search.Oldest), link("Most liked", search.Liked)}
}

// facet is one thing by which an answer is narrowed.
type facet struct {
	Text   string
	Href   string
	Chosen bool
	Count  string // empty: none shown
}

func (p SearchPage) kinds(w site.Words) (all []facet) {
	for _, k := range []struct{ kind, operator, text string }{
		{index.Topic, "in:topics", Title(w.Topics)}, {index.Post, "in:replies", "Replies"}, {index.Message, "in:chat", "Chat"}, {index.Letter, "in:letters", "Letters"}, {index.Member, "in:members", Title(w.Members)},
	} {
		chosen := p.Query.Wants(k.kind)
		if n := p.Answer.Facets.Kinds[k.kind]; n > 0 || chosen {
			all = append(all, facet{k.text, SearchAddress(p.Query.Toggled(k.kind, k.operator)), chosen, counted(n)})
		}
	}
	return all
}

// mostFacets is how many spaces, and how many tags, are offered; the others are named by typing.
const mostFacets = 10

func (p SearchPage) spaces() (all []facet) {
	for _, s := range p.Answer.Facets.Spaces {
		operator := "#" + s.Slug
		if len(all) < mostFacets || p.Query.Has(operator) {
			all = append(all, facet{s.Name, SearchAddress(p.Query.With(operator)), p.Query.Has(operator), counted(s.N)})
		}
	}
	return all
}

func (p SearchPage) tags() (all []facet) {
	for _, t := range p.Answer.Facets.Tags {
		operator := "tag:" + t.Name
		if len(all) < mostFacets || p.Query.Has(operator) {
			all = append(all, facet{t.Name, SearchAddress(p.Query.With(operator)), p.Query.Has(operator), counted(t.N)})
		}
	}
	return all
}

func (p SearchPage) whens() (all []facet) {
	for _, w := range []struct{ text, operator string }{{"Any time", ""}, {"Past year", "after:1y"}, {"Past month", "after:1m"}, {"Past week", "after:1w"}} {
		chosen := w.operator != "" && p.Query.Has(w.operator) || w.operator == "" && p.Query.After.IsZero()
		all = append(all, facet{Text: w.text, Href: SearchAddress(p.Query.Replaced(w.operator, "after:")), Chosen: chosen})
	}
	return all
}

// operator is one of those that are explained.
type operator struct{ Example, Words string }

func operators(w site.Words) []operator {
	return []operator{
		{`"stop bath"`, "these words beside each other, exactly"},
		{"-grain", "not this word"},
		{"#questions", "in this " + w.Space},
		{"room:questions", "said in the room of this " + w.Space},
		{"tag:darkroom", "with this tag; -tag:darkroom without it"},
		{"@amara", "by this " + w.Member + "; @me for yourself"},
		{"in:title", "in titles only; also in:topics, in:replies, in:chat, in:letters, in:members, in:wiki, in:pinned"},
		{"in:bookmarks", "of what is yours: also in:mine, in:likes, in:watching, in:tracking, in:seen, in:unseen"},
		{"after:2026-01", "from that day, month or year on; also after:2w, after:yesterday"},
		{"before:2026-03-15", "before that day"},
		{"status:solved", "also status:unanswered, status:noreplies, status:open, status:closed, status:archived"},
		{"has:image", "with a picture"},
		{"order:latest", "also order:oldest, order:likes, order:relevance"},
	}
}

// Suggestions are what is offered while one types.
type Suggestions struct {
	Text    string // as it was typed
	History []search.Asked
	Answer  search.Page
	Hits    []SearchHit
}

func suggestion(n int) string { return "suggestion-" + strconv.Itoa(n) }

func (h SearchHit) icon() string {
	switch h.Kind {
	case index.Member:
		return "user"
	case index.Message:
		return "chat"
	case index.Letter:
		return "mail"
	case index.Post:
		return "reply"
	}
	return "topic"
}

// whole tells whether the title says enough of a suggestion: it has what was asked for.
func (h SearchHit) whole() bool {
	for _, p := range h.Title {
		if p.Mark {
			return true
		}
	}
	return h.Kind == index.Member
}
