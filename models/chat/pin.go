package chat

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// MaxPinned is how many messages of a room are pinned at once.
const MaxPinned = 50

// CanPin is nil when v may pin what is said in a room: a moderator of its space, and in a room without one
// whoever may speak there.
func CanPin(v access.Viewer, r Room) error {
	if r.SpaceID == 0 {
		return v.CanChat(r)
	}
	if err := v.CanModerate(r); err != nil {
		return err
	}
	if r.Archived {
		return problem.Refused("This room is archived: it stays as it is.")
	}
	return nil
}

// Pin puts a message on the list of those that its room keeps at hand, or takes it off. In the room of a space it is logged.
func (c *Chat) Pin(ctx context.Context, v access.Viewer, message id.ID, on bool) (m Message, err error) {
	err = c.change(ctx, v, message, &m, func(tx *store.Tx, v access.Viewer, room Room) error {
		if err := CanPin(v, room); err != nil {
			return err
		}
		if on == (m.PinnedAt != nil) {
			return nil
		}
		what := "message.unpinned"
		m.PinnedAt, m.PinnedBy = nil, nil
		if on {
			what = "message.pinned"
			m.PinnedAt, m.PinnedBy = &tx.Now, &v.ID
			if _, err := access.LockPlace(tx, room.ID); err != nil { // two who pin the last one wait for each other
				return err
			}
			var n int64
			if err := tx.Model(&Message{}).Where("room_id = ? and pinned_at is not null and removed_at is null", room.ID).Count(&n).Error; err != nil {
				return err
			}
			if n >= MaxPinned {
				return problem.Refused("A room has at most %d pinned messages. Take one off first.", MaxPinned)
			}
		}
		if err := tx.Save(&m).Error; err != nil {
			return err
		}
		if !on {
			if err := c.Release(tx, m.ID); err != nil {
				return err
			}
		}
		if !room.Direct() { // what a few do among themselves stands in no log
			if err := audit.Write(tx, audit.Line{By: v.ID, What: what, Space: room.SpaceID, Subject: m.ID}); err != nil {
				return err
			}
		}
		_, err := stream.Add(tx, room.ID, stream.Edited, m.ID)
		return err
	})
	return m, err
}

// Pinned are the messages that a room keeps at hand, the latest pinned first.
func (c *Chat) Pinned(ctx context.Context, v access.Viewer, r Room) (all []Message, err error) {
	if err := v.CanRead(r); err != nil {
		return nil, err
	}
	err = c.store.Read(ctx).Where("room_id = ? and pinned_at is not null and removed_at is null", r.ID).Order("pinned_at desc, id desc").Limit(MaxPinned).Find(&all).Error
	return all, err
}
