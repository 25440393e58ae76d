package forum

import (
	"context"
	"errors"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// KeepCards keeps the cards of a post if they are others than it has, and with tell has its open pages
// told. ok is false when there is no such post.
func (f *Forum) KeepCards(tx *store.Tx, post id.ID, cards string, tell bool) (ok bool, err error) {
	topic, err := store.Value[id.ID](tx.Model(&Post{}).Select("topic_id").Where("id = ?", post))
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if _, err := access.LockPlace(tx, topic); err != nil {
		return false, err
	}
	res := tx.Model(&Post{}).Where("id = ? and cards <> ?", post, cards).Update("cards", cards)
	if res.Error == nil && res.RowsAffected > 0 && tell {
		_, err = stream.Add(tx, topic, stream.Edited, post)
	}
	return true, errors.Join(res.Error, err)
}

// DropCard takes the card of a page from a post that v may edit. It does not come back by itself.
func (f *Forum) DropCard(ctx context.Context, v access.Viewer, post, card id.ID) (p Post, err error) {
	err = f.change(ctx, v, post, &p, func(tx *store.Tx, v access.Viewer, t Topic) error {
		if err := canEdit(v, t, p); err != nil {
			return err
		}
		if p.Cards, err = f.previews.Drop(tx, v.ID, p.ID, card); err != nil {
			return err
		}
		if err := logOthers(tx, v, t, p, "post.card_removed", "", Command{}); err != nil {
			return err
		}
		_, err := f.KeepCards(tx, p.ID, p.Cards, true)
		return err
	})
	return p, err
}
