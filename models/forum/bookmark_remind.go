package forum

import (
	"context"
	"errors"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// Remind tells a member of what they kept, if it is time, they keep it still and may read it. A job
// that comes late tells late; one for a time that was changed since does nothing.
func (f *Forum) Remind(ctx context.Context, w Reminding) error {
	return f.store.Write(ctx, func(tx *store.Tx) error {
		var found []Bookmark
		err := store.ForUpdate(tx.DB).Where("id = ? and removed_at is null and remind_at <= ?", w.Bookmark, tx.Now).Find(&found).Error
		if err != nil || len(found) == 0 {
			return err
		}
		b := found[0]
		if err := tx.Model(&b).Updates(map[string]any{"remind_at": nil, "told_at": tx.Now}).Error; err != nil {
			return err
		}
		at, err := store.Value[id.ID](tx.Raw("select topic_id from posts where id = ? union all select room_id from messages where id = ? and removed_at is null", b.PostID, b.MessageID))
		if errors.Is(err, store.ErrNotFound) {
			return nil // it was removed
		}
		if err != nil {
			return err
		}
		v, err := f.members.Viewer(tx.Context(), b.MemberID)
		if problem.Of(err) != nil {
			return nil // they left
		}
		if err != nil {
			return err
		}
		place, err := access.FindPlace(tx.DB, at)
		if err != nil || v.CanRead(place) != nil {
			return err
		}
		return notify.Tell(tx, notify.Line{Kind: notify.Reminded, At: at, Subject: max(b.PostID, b.MessageID)}, b.MemberID)
	})
}
