package forum

import (
	"context"
	"errors"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// KeepMessage bookmarks a message of a room that v may read; one that is kept already stays as it is. The
// caller has found the message where v looks.
func (f *Forum) KeepMessage(ctx context.Context, v access.Viewer, message id.ID) (b Bookmark, err error) {
	if err := v.CanChange(); err != nil {
		return b, err
	}
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		room, err := store.Value[id.ID](tx.Raw("select room_id from messages where id = ? and removed_at is null", message))
		if errors.Is(err, store.ErrNotFound) {
			return problem.Missing("There is no such message.")
		}
		if err != nil {
			return err
		}
		place, err := access.FindPlace(tx.DB, room)
		if err != nil {
			return err
		}
		if err := v.CanRead(place); err != nil {
			return err
		}
		b, err = keep(tx, v, "message_id", message)
		return err
	})
	return b, err
}
