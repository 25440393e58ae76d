package chat

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// Around returns the messages of a room on both sides of one, and the root of the thread if it stands in
// one: that is read there, and nothing comes with it.
func (c *Chat) Around(ctx context.Context, v access.Viewer, r Room, message id.ID) (s Stretch, root id.ID, err error) {
	if err := v.CanRead(r); err != nil {
		return s, 0, err
	}
	var m Message
	if err := c.store.Read(ctx).Where("id = ? and room_id = ?", message, r.ID).Take(&m).Error; err != nil {
		return s, 0, missing(err)
	}
	if m.RootID != nil {
		return s, *m.RootID, nil
	}
	if m.Removed() && m.Replies == 0 {
		return s, 0, missing(store.ErrNotFound)
	}
	s, err = c.around(ctx, v, r, m.Seq)
	return s, 0, err
}

// News returns the messages of a room on both sides of what came after a sequence, which is shown as new.
func (c *Chat) News(ctx context.Context, v access.Viewer, r Room, after int64) (Stretch, error) {
	s, err := c.around(ctx, v, r, after+1)
	s.News = after
	return s, err
}

// around is half a page on either side of a sequence.
func (c *Chat) around(ctx context.Context, v access.Viewer, r Room, seq int64) (s Stretch, err error) {
	if s, err = c.stand(ctx, v, r); err != nil {
		return s, err
	}
	db := c.store.Read(ctx)
	const half = PageSize / 2
	var before, on []Message
	if err := shown(db, r.ID).Where("seq < ?", seq).Order("seq desc").Limit(half + 1).Find(&before).Error; err != nil {
		return s, err
	}
	if err := shown(db, r.ID).Where("seq >= ?", seq).Order("seq").Limit(half + 1).Find(&on).Error; err != nil {
		return s, err
	}
	if len(before) > half {
		before = before[:half]
		s.Before = before[half-1].Seq
	}
	if len(on) > half {
		on = on[:half]
		s.After = on[half-1].Seq
	}
	for i := len(before) - 1; i >= 0; i-- {
		s.Messages = append(s.Messages, before[i])
	}
	s.Messages = append(s.Messages, on...)
	for i, m := range s.Messages {
		if m.Removed() {
			s.Messages[i] = m.emptied()
		}
	}
	s.Given, s.Mine, err = reactions.Of(db, v.ID, idsOf(s.Messages))
	return s, err
}

// UnreadFrom takes v's mark in a room back to before a message: it and what follows is new to them again,
// on every device of theirs.
func (c *Chat) UnreadFrom(ctx context.Context, v access.Viewer, message id.ID) error {
	return c.store.Write(ctx, func(tx *store.Tx) error {
		v, m, err := c.rootOf(tx, v, message)
		if err != nil {
			return err
		}
		res := tx.Exec("update room_reads set seq = ?, at = ? where member_id = ? and room_id = ? and seq >= ?", m.Seq-1, tx.Now, v.ID, m.RoomID, m.Seq)
		if res.RowsAffected > 0 {
			tx.Say(Read{Member: v.ID, Room: m.RoomID, Seq: m.Seq - 1, Back: true})
		}
		return res.Error
	})
}
