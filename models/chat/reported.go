package chat

import (
	"cmp"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// RemoveReported takes a message out of a room of a few, within a change of an owner's who was shown it because
// somebody in the room reported it.
func (c *Chat) RemoveReported(tx *store.Tx, v access.Viewer, message id.ID) error {
	if err := v.CanOwn(); err != nil {
		return err
	}
	m, err := locked(tx, message)
	if err != nil || m.Removed() {
		return missing(cmp.Or(err, store.ErrNotFound))
	}
	place, err := access.FindPlace(tx.DB, m.RoomID)
	if err != nil {
		return err
	}
	if !place.Private() {
		return problem.Missing("There is no such room or message.")
	}
	return c.takeDown(tx, &m, v.ID)
}
