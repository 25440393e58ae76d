package search

import (
	"context"
	"strings"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/lexeme"
	"guildhall/models/member"
	"guildhall/models/space"
)

// Hit is a thing that was found, with what it is.
type Hit struct {
	Found
	In     space.Space // zero for a member
	By     id.ID
	Topic  forum.Topic // of a topic or a post
	Post   forum.Post
	Said   chat.Message
	Member member.Member

	Title []Piece // of the topic, or the name
	Text  []Piece // where the words stand, or how it begins
}

// hits looks up what was found, each kind of thing at once, and asks again who may read it.
func (s *Search) hits(ctx context.Context, v access.Viewer, q Query, found []Found, spaces []space.Space) (hits []Hit, err error) {
	of := map[string][]id.ID{}
	for _, f := range found {
		kind := f.Kind
		if kind == index.Topic {
			kind = index.Post
		}
		of[kind] = append(of[kind], f.ID)
	}
	posts, err := s.Forum.Pick(ctx, v, of[index.Post])
	if err != nil {
		return nil, err
	}
	messages, err := s.Chat.Pick(ctx, v, of[index.Message])
	if err != nil {
		return nil, err
	}
	people, err := s.Members.Some(ctx, of[index.Member])
	if err != nil {
		return nil, err
	}
	in := map[id.ID]space.Space{}
	for _, sp := range spaces {
		in[sp.ID] = sp
	}
	yes, _ := q.wanted()
	for _, f := range found {
		h := Hit{Found: f}
		if f.SpaceID != nil {
			h.In = in[*f.SpaceID]
		}
		switch f.Kind {
		case index.Topic, index.Post:
			p, ok := posts[f.ID]
			if !ok || p.Removed() {
				continue // it went while we looked
			}
			h.By, h.Topic, h.Post = p.AuthorID, p.Topic, p.Post
			h.Title, h.Text = marked(p.Topic.Title, yes), Snippet(p.Plain, yes, snippetRunes)
		case index.Message:
			m, ok := messages[f.ID]
			if !ok || m.Removed() {
				continue
			}
			h.By, h.Said, h.Text = m.AuthorID, m.Message, Snippet(m.Plain, yes, snippetRunes)
		case index.Member:
			m, ok := people[f.ID]
			if !ok || m.Former() {
				continue
			}
			h.By, h.Member, h.Title, h.Text = m.ID, m, marked(m.Name, yes), Snippet(m.Bio, yes, snippetRunes)
		}
		hits = append(hits, h)
	}
	return hits, nil
}

// mostSpaces is how many spaces stand above what was found.
const mostSpaces = 4

// namedLike are the listed spaces whose name has every word that is asked for. That a space is listed
// is no secret to whom it is listed for; what stands in it may be.
func namedLike(q Query, spaces []space.Space) (like []space.Space) {
	yes, no := q.wanted()
	if len(yes) == 0 || len(no) > 0 || q.narrows() || q.Titled {
		return nil
	}
	for _, sp := range spaces {
		words := lexeme.Of(sp.Name + " " + strings.ReplaceAll(sp.Slug, "-", " "))
		fits := true
		for _, t := range yes {
			fits = fits && len(t.in(words)) > 0
		}
		if fits && len(like) < mostSpaces {
			like = append(like, sp)
		}
	}
	return like
}
