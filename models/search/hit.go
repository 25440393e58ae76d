package search

import (
	"context"
	"strings"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/letters"
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
	Letter letters.Picked

	Title []Piece // of the topic, or the name
	Text  []Piece // where the words stand, or how it begins
}

// things are what was found, looked up by id.
type things struct {
	posts    map[id.ID]forum.Picked
	messages map[id.ID]chat.Picked
	people   map[id.ID]member.Member
	letters  map[id.ID]letters.Picked
}

// look looks up what was found, each kind of thing at once, and asks again who may read it.
func (s *Search) look(ctx context.Context, v access.Viewer, found []Found) (t things, err error) {
	var posts, messages, people, written []id.ID
	for _, f := range found {
		switch f.Kind {
		case index.Message:
			messages = append(messages, f.ID)
		case index.Member:
			people = append(people, f.ID)
		case index.Letter:
			written = append(written, f.ID)
		default:
			posts = append(posts, f.ID)
		}
	}
	if t.posts, err = s.Forum.Pick(ctx, v, posts); err != nil {
		return t, err
	}
	if t.messages, err = s.Chat.Pick(ctx, v, messages); err != nil {
		return t, err
	}
	if t.letters, err = s.Letters.Pick(ctx, v, written); err != nil {
		return t, err
	}
	t.people, err = s.Members.Some(ctx, people)
	return t, err
}

// hits are the things that were found. What went while we looked is left out.
func (s *Search) hits(ctx context.Context, v access.Viewer, q Query, found []Found, spaces []space.Space) (hits []Hit, err error) {
	t, err := s.look(ctx, v, found)
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
		} else if f.Kind == index.Message {
			h.In.Name = "a direct room"
		}
		if h.fill(t, yes) {
			hits = append(hits, h)
		}
	}
	return hits, nil
}

// fill says what a hit is, and tells whether it is still there.
func (h *Hit) fill(t things, yes []Term) bool {
	switch h.Kind {
	case index.Message:
		m, ok := t.messages[h.ID]
		h.By, h.Said, h.Text = m.AuthorID, m.Message, Snippet(m.Plain, yes, snippetRunes)
		return ok && !m.Removed()
	case index.Letter:
		l, ok := t.letters[h.ID]
		h.By, h.Letter = l.AuthorID, l
		h.Title, h.Text = marked(l.Title, yes), Snippet(l.Plain, yes, snippetRunes)
		return ok && !l.Removed()
	case index.Member:
		m, ok := t.people[h.ID]
		h.By, h.Member, h.Title, h.Text = m.ID, m, marked(m.Name, yes), Snippet(m.Bio, yes, snippetRunes)
		return ok && !m.Former()
	}
	p, ok := t.posts[h.ID]
	h.By, h.Topic, h.Post = p.AuthorID, p.Topic, p.Post
	h.Title, h.Text = marked(p.Topic.Title, yes), Snippet(p.Plain, yes, snippetRunes)
	return ok && !p.Removed()
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
