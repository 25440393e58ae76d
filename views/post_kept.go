package views

import (
	"context"

	"github.com/a-h/templ"

	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/space"
)

// The same posts stand on page after page: their heads and feet are drawn once for all to whom they
// look alike. The keys hold whatever the drawing shows, so that there is nothing to take back.
var (
	heads = keepPart[headKey](4000)
	feet  = keepPart[footKey](4000)
)

// headKey is what the head of a usual post depends on.
type headKey struct {
	post, topic  id.ID
	number       int64
	space, slug  string
	who          personKey
	at           int64
	said, edited string
}

// personKey is what the name of a person is drawn by.
type personKey struct {
	handle, name, picture, context, rung, tier string
	pin, ticket                                int
}

func (p Person) key() personKey {
	return personKey{p.Handle, p.Name, p.Picture, p.Context, p.Rung.Name, p.Tier.Name, p.Rung.Pin, p.Tier.Ticket}
}

// headOf is who wrote a post and when. What is not usual (an answer, a wiki, whose author left) is drawn
// as it comes.
func headOf(ctx context.Context, p *Posted) templ.Component {
	if p.Answer() || p.Wiki || p.Removed() || p.Author.Former() {
		return postHead(*p)
	}
	key := headKey{post: p.ID, topic: p.TopicID, number: p.Number, space: p.In.Slug, slug: p.Topic.Slug, who: p.Author.key(),
		at: p.CreatedAt.Unix(), said: reader(ctx).Say(p.CreatedAt, Stamp)}
	if p.EditedAt != nil {
		key.edited = p.edited()
	}
	return heads.or(ctx, key, func() templ.Component { return postHead(*p) })
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

// footOf is PostMine.
func footOf(ctx context.Context, p *Posted, m *Mine) templ.Component {
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
	return feet.or(ctx, key, func() templ.Component { return PostMine(*p, *m) })
}
