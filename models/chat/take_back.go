package chat

import (
	"guildhall/models/id"
	"guildhall/models/store"
)

// TakeBack removes at most limit messages of an author who was removed, within a change that the
// caller has allowed, and tells how many went.
func (c *Chat) TakeBack(tx *store.Tx, author, by id.ID, limit int) (gone int, err error) {
	var messages []Message
	if err := tx.Where("author_id = ? and removed_at is null", author).Order("id").Limit(limit).Find(&messages).Error; err != nil {
		return 0, err
	}
	for _, m := range messages {
		if m, err = locked(tx, m.ID); err != nil {
			return 0, err
		}
		if m.Removed() {
			continue
		}
		if err := c.takeDown(tx, &m, by); err != nil {
			return 0, err
		}
	}
	return len(messages), nil
}
