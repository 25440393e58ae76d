package chat

import (
	"context"
	"strings"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// MaxTurned is how many messages one topic is made of.
const MaxTurned = 50

// Turning says which messages become a topic, and under which title. Text goes before them. The same Key
// twice makes one topic.
type Turning struct {
	Messages    []id.ID
	Title, Text string
	Key         string
}

// Made is a topic that was made of messages.
type Made struct {
	ID   id.ID
	Slug string
}

// Starts begins a topic within a transaction: models.Club says how.
type Starts func(ctx context.Context, v access.Viewer, space id.ID, title, text, key string) (Made, error)

// Turn makes a topic of messages of a space's room, in the same space: their words as quotations, each with its
// author and the way to it. They point to it from then on.
func (c *Chat) Turn(ctx context.Context, v access.Viewer, r Room, t Turning) (made Made, err error) {
	switch {
	case r.SpaceID == 0:
		return made, problem.Refused("A room without a space has no topics.")
	case len(t.Messages) == 0:
		return made, problem.Invalid("messages", "Choose the messages that the topic is made of.")
	case len(t.Messages) > MaxTurned:
		return made, problem.Invalid("messages", "A topic is made of at most %d messages.", MaxTurned)
	}
	err = c.store.Write(ctx, func(tx *store.Tx) error {
		v, place, err := c.reading(tx, v, r.ID)
		if err != nil {
			return err
		}
		var all []Message
		if err := tx.Where("id in ? and +room_id = ? and removed_at is null", t.Messages, r.ID).Order("seq").Find(&all).Error; err != nil {
			return err
		}
		if len(all) != len(t.Messages) {
			return problem.Conflict("Some of these messages are not here any more. Choose again.")
		}
		quoted, err := c.quoted(tx.Context(), all, place)
		if err != nil {
			return err
		}
		if made, err = c.starts(tx.Context(), v, place.SpaceID, t.Title, strings.TrimSpace(t.Text+"\n\n"+quoted), t.Key); err != nil {
			return err
		}
		if err := tx.Model(&Message{}).Where("id in ?", t.Messages).Update("topic_id", made.ID).Error; err != nil {
			return err
		}
		if err := audit.Write(tx, audit.Line{By: v.ID, What: "messages.turned", Space: place.SpaceID, Subject: made.ID, Place: made.ID}); err != nil {
			return err
		}
		_, err = stream.Add(tx, r.ID, stream.Edited, t.Messages...)
		return err
	})
	return made, err
}
