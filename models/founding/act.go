package founding

import (
	"context"
	"fmt"

	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/founding/script"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/reaction"
	"guildhall/models/store"
)

// rooms are the script's rooms by the space whose chat they are.
var rooms = map[string]string{script.Lounge: script.Introductions, script.DarkroomChat: script.Darkroom, script.MasterclassChat: script.PrintMasterclass}

// act does what the script says, as the member who did it. What a lock refuses did not happen, and
// neither did what hangs on it.
func (p *play) act(ctx context.Context, a script.Act) error {
	v, err := p.who(ctx, a)
	if err != nil {
		return err
	}
	switch a := a.(type) {
	case script.Topic:
		err = p.start(ctx, v, a)
	case script.Reply:
		err = p.reply(ctx, v, a)
	case script.React:
		err = p.onPost(a.TopicKey, a.Number, func(post id.ID) error {
			_, err := p.f.Forum.React(ctx, v, post, a.Kind, true)
			return err
		})
	case script.Accept:
		err = p.onPost(a.TopicKey, a.Number, func(post id.ID) error {
			_, err := p.f.Forum.Accept(ctx, v, post)
			return err
		})
	case script.Pin:
		if t := p.topics[a.TopicKey]; t != nil {
			_, err = p.f.Forum.Pin(ctx, v, t.id, true)
		}
	case script.Chat:
		err = p.say(ctx, v, a)
	case script.ChatReact:
		if m := p.messages[a.Key]; m != 0 && reaction.Among(chat.Reactions, a.Kind) {
			_, err = p.f.Chat.React(ctx, v, m, a.Kind, true)
		}
	case script.Visit:
		err = p.visit(ctx, v.ID)
	case script.Invite: // counts when the guest comes in: see join
	}
	if problem.Of(err) != nil {
		p.refused++
		return nil
	}
	return err
}

// who is the viewer of whoever does a.
func (p *play) who(ctx context.Context, a script.Act) (access.Viewer, error) {
	handle := script.Doer(a)
	m := p.members[handle]
	if m == 0 {
		return access.Viewer{}, fmt.Errorf("%s acts before joining", handle)
	}
	return p.f.Members.Viewer(ctx, m)
}

func (p *play) start(ctx context.Context, v access.Viewer, a script.Topic) error {
	t, err := p.f.Forum.Start(ctx, v, p.house.spaces[a.Space].ID, forum.Draft{Key: key(a.Key), Title: a.Title, Text: a.Text, Tags: tagsOf(a.Title)})
	if err != nil {
		return err
	}
	first, err := p.f.Forum.First(ctx, t.ID)
	if err == nil {
		p.topics[a.Key] = &topic{id: t.ID, path: "/s/" + a.Space + "/t/" + t.ID.String() + "/" + t.Slug, posts: map[int]id.ID{1: first}}
	}
	return err
}

func (p *play) reply(ctx context.Context, v access.Viewer, a script.Reply) error {
	t := p.topics[a.TopicKey]
	if t == nil {
		return nil
	}
	text := a.Text
	if quoted := t.posts[a.QuoteOf]; quoted != 0 {
		head, err := p.f.Forum.Quote(ctx, v, t.id, quoted, t.path)
		if err != nil {
			return err
		}
		text = head + text
	}
	post, err := p.f.Forum.Reply(ctx, v, t.id, forum.Draft{Key: key(a.TopicKey, a.Number), Text: text})
	if err == nil {
		t.posts[a.Number] = post.ID
	}
	return err
}

func (p *play) onPost(topic string, number int, do func(post id.ID) error) error {
	if t := p.topics[topic]; t != nil && t.posts[number] != 0 {
		return do(t.posts[number])
	}
	return nil
}

func (p *play) say(ctx context.Context, v access.Viewer, a script.Chat) error {
	m, err := p.f.Chat.Send(ctx, v, p.house.rooms[rooms[a.Room]], chat.Draft{Key: key("chat", a.Key), Text: a.Text})
	if err == nil {
		p.messages[a.Key] = m.ID
	}
	return err
}

// visit counts a day on which somebody was here.
func (p *play) visit(ctx context.Context, m id.ID) error {
	return p.f.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Exec("update members set seen_at = ? where id = ?", tx.Now, m).Error; err != nil {
			return err
		}
		return p.f.Standing.Visited(tx, m)
	})
}
