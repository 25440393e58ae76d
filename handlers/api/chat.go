package api

import (
	"context"
	"slices"
	"time"

	"guildhall/models/chat"
	"guildhall/models/id"
	"guildhall/models/member"
)

// Message is one thing said in a room.
type Message struct {
	ID        string     `json:"id"`
	Author    Person     `json:"author"`
	Text      string     `json:"text" doc:"Markdown, as it was typed"`
	HTML      string     `json:"html" doc:"The same as safe HTML"`
	CreatedAt time.Time  `json:"created_at"`
	EditedAt  *time.Time `json:"edited_at,omitempty"`
	Reactions []Reaction `json:"reactions" nullable:"false"`
}

// messages lists a room backwards, from its end or from where the page before ended.
func (a *API) messages(ctx context.Context, v member.Visit, in *TopicsIn) (List[Message], error) {
	sp, err := a.into(ctx, v.Viewer, in.Space)
	if err != nil {
		return List[Message]{}, err
	}
	room, err := a.Club.Chat.Room(ctx, v.Viewer, sp.ID)
	if err != nil {
		return List[Message]{}, err
	}
	var said chat.Stretch
	if before := number(in.After); before > 0 {
		said, err = a.Club.Chat.Back(ctx, v.Viewer, room, before)
	} else {
		said, err = a.Club.Chat.Last(ctx, v.Viewer, room)
	}
	if err != nil {
		return List[Message]{}, err
	}
	of, err := people(a, ctx, said.Messages, func(m chat.Message) id.ID { return m.AuthorID })
	if err != nil {
		return List[Message]{}, err
	}
	var all []Message
	for _, m := range slices.Backward(said.Messages) {
		all = append(all, Message{
			ID: m.ID.String(), Author: person(m.AuthorID, of), Text: m.Source, HTML: m.HTML,
			CreatedAt: at(m.CreatedAt), EditedAt: maybe(m.EditedAt), Reactions: given(said.Given[m.ID]),
		})
	}
	return list(all, cursor(said.Before)), nil
}
