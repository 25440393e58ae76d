package chat

import (
	"strings"

	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/store"
)

// card is what a message is found by.
func card(m Message) index.Card {
	return index.Card{ID: m.ID, Kind: index.Message, Place: m.RoomID, By: m.AuthorID, At: m.CreatedAt, Image: strings.Contains(m.HTML, "<img"), Body: m.Plain}
}

// file writes the card of a message as it is now, or takes it away with the message.
func file(tx *store.Tx, m Message) error {
	if m.Removed() {
		return index.Drop(tx, m.ID)
	}
	c := card(m)
	if err := tx.Table("message_reactions").Where("message_id = ?", m.ID).Count(&c.Likes).Error; err != nil {
		return err
	}
	return index.Put(tx, c)
}

// Cards writes the cards of at most limit messages after the given one, for a club that is older than
// its index, and returns the last of them; zero when none is left.
func (c *Chat) Cards(tx *store.Tx, after id.ID, limit int) (last id.ID, err error) {
	var messages []Message
	if err := store.ForUpdate(tx.DB).Where("id > ?", after).Order("id").Limit(limit).Find(&messages).Error; err != nil || len(messages) == 0 {
		return 0, err
	}
	for _, m := range messages {
		if err := file(tx, m); err != nil {
			return 0, err
		}
	}
	return messages[len(messages)-1].ID, nil
}
