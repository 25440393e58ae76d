package chat

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
)

// Saying is a draft of somebody's for a room.
type Saying struct {
	By    access.Viewer
	Room  id.ID
	Draft Draft
}

// SendTogether is Send of many, in one batch.
func (c *Chat) SendTogether(ctx context.Context, all ...Saying) (kept []Message, refused []error, err error) {
	kept = make([]Message, len(all))
	batch := make([]sending, len(all))
	for i, s := range all {
		text, err := s.Draft.cook()
		if err != nil {
			return nil, nil, err
		}
		batch[i] = sending{viewer: s.By, room: s.Room, key: s.Draft.Key, text: text, kept: &kept[i]}
	}
	refused, err = c.keep(ctx, batch)
	return kept, refused, err
}
