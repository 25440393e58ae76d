package notify

import (
	"context"

	"guildhall/models/id"
	"guildhall/models/store"
)

// SweepLetters forgets letters once nothing that comes back to them is taken any more, at most so many at
// a time, and tells how many went. What they told stays on the bell.
func (b *Bell) SweepLetters(ctx context.Context, most int) (gone int64, err error) {
	err = b.store.Write(ctx, func(tx *store.Tx) error {
		ended := tx.Exec("delete from return_keys where hash in (select hash from return_keys where expires_at < ? limit ?)", tx.Now, most)
		if ended.Error != nil {
			return ended.Error
		}
		var old []id.ID // the oldest stand first by their key
		err := tx.Raw(`select id from (select id, created_at from mailings order by id limit ?) as first where created_at < ?`, most, tx.Now.Add(-bouncesFor)).Scan(&old).Error
		if err != nil || len(old) == 0 {
			gone = ended.RowsAffected
			return err
		}
		if err := tx.Exec("update notifications set mailing_id = null where mailing_id in ?", old).Error; err != nil {
			return err
		}
		res := tx.Exec("delete from mailings where id in ?", old)
		gone = ended.RowsAffected + res.RowsAffected
		return res.Error
	})
	return gone, err
}
