package chat

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/reaction"
	"guildhall/models/standing"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Edit changes the text of one's own message. It is marked as edited.
func (c *Chat) Edit(ctx context.Context, v access.Viewer, message id.ID, source string) (m Message, err error) {
	d := Draft{Key: "edit", Text: source}
	text, err := d.cook()
	if err != nil {
		return m, err
	}
	err = c.change(ctx, v, message, &m, func(tx *store.Tx, v access.Viewer, room Room) error {
		if m.AuthorID != v.ID {
			return problem.Refused("Only its author can change a message.")
		}
		if err := room.CanHear(v); err != nil {
			return err
		}
		if m.Source == text.Source {
			return nil
		}
		sizes, err := files.Rehang(tx, v, room, m.ID, text.Files, true)
		if err != nil {
			return err
		}
		called, err := c.members.Call(tx, v, room, text.HTML, nil, nil)
		if err != nil {
			return err
		}
		if err := noteVersion(tx, m, Message{Source: text.Source}); err != nil {
			return err
		}
		m.Source, m.HTML, m.Plain, m.Recipe, m.EditedAt = text.Source, prose.Sized(called.HTML, sizes), text.Plain, prose.Version, &tx.Now
		if m.Cards, err = c.previews.Rehang(tx, m.RoomID, m.ID, m.HTML); err != nil {
			return err
		}
		if err := tx.Save(&m).Error; err != nil {
			return err
		}
		if err := file(tx, m); err != nil {
			return err
		}
		_, err = stream.Add(tx, room.ID, stream.Edited, m.ID)
		return err
	})
	return m, err
}

// Remove deletes a message and takes back what it earned: one's own, or as a moderator anybody's, for a reason
// that stands in the log of the space.
func (c *Chat) Remove(ctx context.Context, v access.Viewer, message id.ID, why string) (m Message, err error) {
	err = c.change(ctx, v, message, &m, func(tx *store.Tx, v access.Viewer, room Room) error {
		if m.AuthorID == v.ID {
			return c.takeDown(tx, &m, v.ID)
		}
		if !v.Keeps(room.SpaceID) {
			return problem.Refused("Only its author and the moderators of this space can remove a message.")
		}
		reason, err := access.CheckReason(why)
		if err != nil {
			return err
		}
		if err := audit.Write(tx, audit.Line{By: v.ID, What: "message.removed", Space: room.SpaceID, Subject: m.ID, Why: reason}); err != nil {
			return err
		}
		return c.takeDown(tx, &m, v.ID)
	})
	return m, err
}

// takeDown is what follows from the removal of a message, whoever decided it.
func (c *Chat) takeDown(tx *store.Tx, m *Message, by id.ID) error {
	pinned := m.PinnedAt != nil
	m.RemovedAt, m.RemovedBy, m.PinnedAt, m.PinnedBy = &tx.Now, &by, nil, nil
	if err := tx.Save(m).Error; err != nil {
		return err
	}
	if pinned {
		if err := c.Release(tx, m.ID); err != nil {
			return err
		}
	}
	if err := tx.Exec("delete from message_versions where message_id = ?", m.ID).Error; err != nil {
		return err
	}
	if err := recount(tx, *m); err != nil {
		return err
	}
	if err := file(tx, *m); err != nil {
		return err
	}
	if err := c.standing.VoidOn(tx, m.ID); err != nil {
		return err
	}
	if err := files.Withdraw(tx, m.ID, true); err != nil {
		return err
	}
	_, err := stream.Add(tx, m.RoomID, stream.Removed, m.ID)
	return err
}

// React gives a reaction to a message or takes it back. Its author earns by the first from each member.
func (c *Chat) React(ctx context.Context, v access.Viewer, message id.ID, kind string, on bool) (m Message, err error) {
	if !reaction.Among(Reactions, kind) {
		return m, problem.Invalid("", "There is no such reaction.")
	}
	err = c.change(ctx, v, message, &m, func(tx *store.Tx, v access.Viewer, room Room) error {
		if err := v.CanReact(room); err != nil {
			return err
		}
		if m.AuthorID == v.ID {
			return problem.Refused("Reactions are for what others wrote.")
		}
		changed, left, err := reactions.Set(tx, m.ID, v.ID, kind, on)
		if err != nil || !changed {
			return err
		}
		if err := index.Liked(tx, m.ID, on); err != nil {
			return err
		}
		if left == 0 {
			err = c.standing.Void(tx, standing.ReactionGot, v.ID, m.ID, m.AuthorID)
		} else {
			err = c.standing.Earn(tx, standing.Act{Kind: standing.ReactionGot, By: m.AuthorID, From: v.ID, On: m.ID, At: room.Place()})
		}
		if err != nil {
			return err
		}
		_, err = stream.Add(tx, room.ID, stream.Reacted, m.ID)
		return err
	})
	return m, err
}

// locked holds the sequence of a message's room and then the message, in the order in which whoever answers it does.
func locked(tx *store.Tx, message id.ID) (m Message, err error) {
	var room Message
	if err := tx.Select("room_id").Take(&room, "id = ?", message).Error; err != nil {
		return m, err
	}
	if err := stream.Hold(tx, room.RoomID); err != nil {
		return m, err
	}
	return m, store.ForUpdate(tx.DB).Take(&m, "id = ?", message).Error
}

// change loads a message that is still there with its room, as v may read it, and lets fn change it.
func (c *Chat) change(ctx context.Context, v access.Viewer, message id.ID, m *Message, fn func(*store.Tx, access.Viewer, Room) error) error {
	return c.store.Write(ctx, func(tx *store.Tx) error {
		v, err := c.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if *m, err = locked(tx, message); err != nil {
			return missing(err)
		}
		all, err := halls(tx, []id.ID{m.RoomID})
		if err != nil {
			return err
		}
		room := all[m.RoomID]
		if err := v.CanRead(room); err != nil {
			return err
		}
		if m.Removed() {
			return missing(store.ErrNotFound)
		}
		return fn(tx, v, room)
	})
}
