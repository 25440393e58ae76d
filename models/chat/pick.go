package chat

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
)

// Picked is a message with the space of the room that it was said in.
type Picked struct {
	Message
	SpaceID id.ID
}

// Pick returns those of the messages that v may read, by id, in one statement. A removed one comes
// without its text, but for moderators.
func (c *Chat) Pick(ctx context.Context, v access.Viewer, keys []id.ID) (map[id.ID]Picked, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	var found []Picked
	err := c.store.Read(ctx).Table("messages").Scopes(access.Readable(v, "messages.room_id")).Where("messages.id in ?", keys).Select("messages.*, places.space_id").Find(&found).Error
	picked := make(map[id.ID]Picked, len(found))
	for _, m := range found {
		if m.Removed() && !v.Keeps(m.SpaceID) {
			m.Message = m.emptied()
		}
		picked[m.ID] = m
	}
	return picked, err
}
