package chat

import (
	"context"
	"slices"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// Version is what a message said from At on. The last one is what it says now.
type Version struct {
	ID        id.ID
	MessageID id.ID
	Number    int
	Source    string
	At        time.Time
}

// TableName of the versions.
func (Version) TableName() string { return "message_versions" }

// mostVersions bounds what a history shows, the latest of them.
const mostVersions = 100

// noteVersion writes what a message says from now on, and if this is its first change what it said before.
func noteVersion(tx *store.Tx, before, after Message) error {
	var last int
	if err := tx.Model(&Version{}).Where("message_id = ?", before.ID).Select("coalesce(max(number), 0)").Scan(&last).Error; err != nil {
		return err
	}
	var rows []Version
	if last == 0 {
		at := before.CreatedAt
		if before.EditedAt != nil {
			at = *before.EditedAt
		}
		last = 1
		rows = append(rows, Version{ID: tx.NewID(), MessageID: before.ID, Number: 1, Source: before.Source, At: at})
	}
	rows = append(rows, Version{ID: tx.NewID(), MessageID: before.ID, Number: last + 1, Source: after.Source, At: tx.Now})
	return tx.Create(&rows).Error
}

// History returns what a message of a room that v may read said, the oldest first: of one that was removed,
// nothing.
func (c *Chat) History(ctx context.Context, v access.Viewer, r Room, message id.ID) (all []Version, err error) {
	if err := v.CanRead(r); err != nil {
		return nil, err
	}
	err = c.store.Read(ctx).Where("message_id = (select id from messages where id = ? and room_id = ? and removed_at is null)", message, r.ID).
		Order("number desc").Limit(mostVersions).Find(&all).Error
	slices.Reverse(all)
	return all, err
}
