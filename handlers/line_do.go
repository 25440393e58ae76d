package handlers

import (
	"context"
	"strings"

	"guildhall/handlers/live"
	"guildhall/models/access"
	"guildhall/models/chat"
	"guildhall/models/forum"
	"guildhall/models/id"
	"guildhall/models/member"
)

// Do carries out what a page asks for over its socket: the same operations as by form.
func (l line) Do(ctx context.Context, s *live.Session, op live.Op) (answer any, err error) {
	v := sitterOf(s).viewer
	if op.Name != "read" {
		if err := l.s.spend(counted{rate: overLine, member: v.ID}); err != nil {
			return nil, tellable(err)
		}
	}
	switch op.Name {
	case "send":
		answer, err = l.send(ctx, v, op)
	case "read":
		err = l.read(ctx, v, op)
	default:
		err = l.change(ctx, v, op)
	}
	return answer, tellable(err)
}

// sent acknowledges a message: it is kept, under this number. Untold are the handles of those whom it
// mentions in vain.
type sent struct {
	ID     id.ID    `json:"id"`
	Seq    int64    `json:"seq"`
	Untold []string `json:"untold,omitempty"`
}

func (l line) send(ctx context.Context, v access.Viewer, op live.Op) (any, error) {
	d := chat.Draft{Key: op.Key, Text: op.Text}
	if room := parseID(string(op.Room)); strings.Contains(op.Text, "@"+member.Here) {
		var err error // who is there is told to those whom the models let call them, and to nobody else
		if d.Here, _, err = l.s.present(ctx, v, room, member.MostHere); err != nil {
			return nil, err
		}
	}
	m, err := l.s.club.Chat.Send(ctx, v, parseID(string(op.Room)), d)
	return sent{m.ID, m.Seq, m.Untold}, err
}

func (l line) read(ctx context.Context, v access.Viewer, op live.Op) error {
	place, err := l.place(ctx, op.Room)
	if err != nil {
		return err
	}
	if place.Kind == access.RoomPlace {
		return l.s.club.Chat.ReadUpTo(ctx, v, place.ID, op.Upto)
	}
	return l.s.club.Forum.ReadUpTo(ctx, v, place.ID, op.Upto)
}

// change edits, removes or reacts to a message or a post: an id says by itself which it is.
func (l line) change(ctx context.Context, v access.Viewer, op live.Op) error {
	key := parseID(op.ID)
	room, post := l.s.club.Chat, l.s.club.Forum
	var inRoom, inTopic func() error
	switch op.Name {
	case "edit":
		inRoom = func() error { _, err := room.Edit(ctx, v, key, op.Text); return err }
		inTopic = func() error {
			_, err := post.EditFrom(ctx, v, key, forum.Change{Text: op.Text, From: op.From})
			return err
		}
	case "remove":
		inRoom = func() error { _, err := room.Remove(ctx, v, key); return err }
		inTopic = func() error { _, err := post.RemoveBecause(ctx, v, key, ""); return err }
	case "react":
		inRoom = func() error { _, err := room.React(ctx, v, key, op.Kind, op.On); return err }
		inTopic = func() error { _, err := answerTo(post, ctx, v, key, op.Kind, op.On); return err }
	}
	is, err := room.Has(ctx, v, key)
	if err != nil {
		return err
	}
	if is {
		return inRoom()
	}
	return inTopic()
}
