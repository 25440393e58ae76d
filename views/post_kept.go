package views

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
)

// The same posts stand on page after page: they are drawn once for all to whom they look alike, and what
// one reader has of them too. The keys hold whatever the drawing shows, so there is nothing to take back.
var (
	posts = keepPart[postKey](4000)
	feet  = keepPart[footKey](4000)
)

// keptText is how long a text may be, in bytes, for its post to be kept.
const keptText = 4 << 10

// postKey is what a usual post depends on.
type postKey struct {
	text, cards  string
	who          personKey
	at           int64
	said, edited string
	foot         footKey
}

// personKey is what the name of a person is drawn by.
type personKey struct {
	handle, name, picture, context, rung, tier string
	pin, ticket                                int
}

func (p Person) key() personKey {
	return personKey{p.Handle, p.Name, p.Picture, p.Context, p.Rung.Name, p.Tier.Name, p.Rung.Pin, p.Tier.Ticket}
}

// usual tells whether a post is one of the many: what is not (an answer, a wiki, one with a poll or a
// notice, or whose author left) is drawn as it comes.
func (p *Posted) usual(m *Mine) bool {
	return len(p.HTML) <= keptText && len(m.Polls) == 0 && p.NoticeAt == nil && !p.Answer() && !p.Wiki && !p.Removed() && !p.Author.Former()
}

// Post is drawn alike for every reader, so that a live copy is drawn once and sent to all. m is
// what only this reader has (own reactions, tools): given on a page, the zero Mine on the live
// line, where a script adds it from the templates that the page came with.
func Post(p Posted, m Mine) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if !p.usual(&m) {
			return wholePost(p, m).Render(ctx, w)
		}
		key := postKey{text: p.HTML, cards: p.Cards, who: p.Author.key(), foot: footOf(&p, &m),
			at: p.CreatedAt.Unix(), said: reader(ctx).Say(p.CreatedAt, Stamp)}
		if p.EditedAt != nil {
			key.edited = p.edited()
		}
		return posts.or(ctx, key, func() templ.Component { return wholePost(p, m) }).Render(ctx, w)
	})
}

// footKey is what the foot of a post depends on.
type footKey struct {
	post, topic               id.ID
	number, votes             int64
	space, slug               string
	removed, questions, voted bool
	counts                    [len(offered{})]int64
	own                       [len(offered{})]bool
	may                       [10]bool
}

func footOf(p *Posted, m *Mine) footKey {
	key := footKey{post: p.ID, topic: p.TopicID, number: p.Number, votes: p.Votes, space: p.In.Slug, slug: p.Topic.Slug,
		removed: p.Removed(), questions: p.In.Kind == space.Questions, voted: m.Reacted[forum.Voted],
		may: [10]bool{m.React, m.Reply, m.Edit, m.Remove, m.Restore, m.Accept, m.Unaccept, m.Report, m.Keep, m.Kept}}
	for i, r := range forum.Reactions {
		for _, c := range p.Given {
			if c.Kind == r.Kind {
				key.counts[i] = c.N
			}
		}
		key.own[i] = m.Reacted[r.Kind]
	}
	return key
}

// PostMine is what one reader has of a post: reactions with their own among them, and tools.
func PostMine(p Posted, m Mine) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return feet.or(ctx, footOf(&p, &m), func() templ.Component { return postMine(p, m) }).Render(ctx, w)
	})
}
