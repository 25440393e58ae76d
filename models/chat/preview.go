package chat

import (
	"context"
	"errors"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// KeepCards keeps the cards of a message if they are others than it has, and with tell has its open
// pages told.
func (c *Chat) KeepCards(tx *store.Tx, message id.ID, cards string, tell bool) error {
	m, err := locked(tx, message)
	if errors.Is(err, store.ErrNotFound) || err == nil && (m.Cards == cards || m.Removed()) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := tx.Model(&m).Update("cards", cards).Error; err != nil || !tell {
		return err
	}
	_, err = stream.Add(tx, m.RoomID, stream.Edited, m.ID)
	return err
}

// DropCard takes the card of a page from a message: one's own, or as a moderator anybody's. It does not
// come back by itself.
func (c *Chat) DropCard(ctx context.Context, v access.Viewer, message, card id.ID) (m Message, err error) {
	err = c.change(ctx, v, message, &m, func(tx *store.Tx, v access.Viewer, room Room) error {
		if m.AuthorID != v.ID && !v.Keeps(room.SpaceID) {
			return problem.Refused("Only its author and the moderators of this space can take a preview from a message.")
		}
		if m.AuthorID != v.ID {
			if err := audit.Write(tx, audit.Line{By: v.ID, What: "message.card_removed", Space: room.SpaceID, Subject: m.ID}); err != nil {
				return err
			}
		}
		cards, err := c.previews.Drop(tx, v.ID, m.ID, card)
		if err != nil {
			return err
		}
		return c.KeepCards(tx, m.ID, cards, true)
	})
	return m, err
}
