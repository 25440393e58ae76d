package views

import (
	"slices"
	"time"

	"guildhall/models/forum"
	"guildhall/models/prose"
	"guildhall/models/space"
)

// Public is what a page says of itself to the world outside: to search engines, and where its link is
// shared. Only what a stranger reads has it, and every other page asks not to be listed.
type Public struct {
	Page  string // the one address of what it shows
	About string // in a sentence or two
	Kind  string // "website", "article"
	Data  func(base string) any
}

// about is a description as those who list pages take it.
func about(text string) string { return prose.Excerpt(text, 200) }

// heading is what a link to the page is called.
func (s Shell) heading() string {
	if s.Title == "" {
		return s.Club.Name
	}
	return s.Title
}

// at is a path of the club as an address that holds anywhere.
func (s Shell) at(path string) string { return s.Base + path }

// The words of schema.org for what a forum holds.
type (
	thing struct {
		Context   string  `json:"@context,omitempty"`
		Type      string  `json:"@type"`
		URL       string  `json:"url,omitempty"`
		Name      string  `json:"name,omitempty"`
		Headline  string  `json:"headline,omitempty"`
		Text      string  `json:"text,omitempty"`
		Author    *author `json:"author,omitempty"`
		Published string  `json:"datePublished,omitempty"`
		Modified  string  `json:"dateModified,omitempty"`
		Upvotes   *int64  `json:"upvoteCount,omitempty"`
		Answers   *int64  `json:"answerCount,omitempty"`
		Comments  []thing `json:"comment,omitempty"`
		Count     *int64  `json:"commentCount,omitempty"`
		Accepted  *thing  `json:"acceptedAnswer,omitempty"`
		Suggested []thing `json:"suggestedAnswer,omitempty"`
		Main      *thing  `json:"mainEntity,omitempty"`
	}
	author struct {
		Type string `json:"@type"`
		Name string `json:"name"`
		URL  string `json:"url,omitempty"`
	}
)

// public is what a topic says of itself outside.
func (p TopicPage) public() *Public {
	at := p.address()
	if p.Order == UsualOrder(p.Space) && p.Before > 0 && len(p.Posts) > 0 {
		at = p.page(p.Posts[0].Number)
	}
	said := Public{Page: at, Kind: "article", Data: p.linked}
	if len(p.Posts) > 0 && !p.Posts[0].Removed() {
		said.About = about(p.Posts[0].Plain)
	}
	return &said
}

// linked is the topic in the words of schema.org: a discussion, or a question with its answers. Only a
// page that begins with the first post says it, as the others do not have it.
func (p TopicPage) linked(base string) any {
	if p.Summary || len(p.Posts) == 0 || p.Posts[0].Number != 1 {
		return nil
	}
	first, rest := p.Posts[0], slices.DeleteFunc(slices.Clone(p.Posts[1:]), forum.Post.Removed)
	replies := p.Topic.Replies()
	if p.Space.Kind != space.Questions {
		all := p.saying("DiscussionForumPosting", first, base)
		all.Context, all.Headline, all.Count = schema, p.Topic.Title, &replies
		for _, post := range rest {
			all.Comments = append(all.Comments, p.saying("Comment", post, base))
		}
		return all
	}
	question := p.saying("Question", first, base)
	question.Name, question.Answers = p.Topic.Title, &replies
	for _, post := range rest {
		answer := p.saying("Answer", post, base)
		answer.Upvotes = &post.Votes
		if p.Topic.AnswerID != nil && *p.Topic.AnswerID == post.ID {
			question.Accepted = &answer
		} else {
			question.Suggested = append(question.Suggested, answer)
		}
	}
	return thing{Context: schema, Type: "QAPage", Main: &question}
}

const schema = "https://schema.org"

func (p TopicPage) saying(kind string, post forum.Post, base string) thing {
	t := thing{Type: kind, URL: base + p.post(post.Number), Text: post.Plain, Published: post.CreatedAt.UTC().Format(time.RFC3339)}
	if post.EditedAt != nil {
		t.Modified = post.EditedAt.UTC().Format(time.RFC3339)
	}
	if who := p.People[post.AuthorID]; who.Former() {
		t.Author = &author{Type: "Person", Name: "A former member"}
	} else {
		t.Author = &author{Type: "Person", Name: who.Name, URL: base + MemberAddress(who.Handle)}
	}
	return t
}
