package chat

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
)

// Lively returns when something was last said in the rooms that v may read, by room: of those in
// which that was after since.
func (c *Chat) Lively(ctx context.Context, v access.Viewer, since time.Time) (map[id.ID]time.Time, error) {
	var rows []struct {
		ID     id.ID
		LastAt time.Time
	}
	last := c.store.Read(ctx).Table("messages").Select("messages.id").Where("messages.room_id = rooms.id and messages.removed_at is null").Order("messages.seq desc").Limit(1)
	err := c.rooms(ctx, v).Joins("join messages as last on last.id = (?)", last).Where("last.created_at > ?", since).
		Select("rooms.id, last.created_at as last_at").Scan(&rows).Error
	at := make(map[id.ID]time.Time, len(rows))
	for _, r := range rows {
		at[r.ID] = r.LastAt
	}
	return at, err
}
