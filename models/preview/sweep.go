package preview

import (
	"context"
	"time"

	"guildhall/models/store"
)

// keptUnshown is for how long a page that nobody shows any more is kept, from when its card went stale.
const keptUnshown = 30 * 24 * time.Hour

// Sweep forgets pages that no post and no message shows, at most so many at a time, and tells how many
// went: where members once pointed is nothing to keep. One that was never read, as its host is barred or
// nobody answered, has nothing that could be shown again, and goes at once.
func (p *Previews) Sweep(ctx context.Context, most int) (gone int64, err error) {
	err = p.store.Write(ctx, func(tx *store.Tx) error {
		res := tx.Exec(`delete from previews where id in (select id from previews where (fresh_until is null or fresh_until < ?)
			and not exists (select 1 from preview_links where preview_links.preview_id = previews.id) limit ?)`, tx.Now.Add(-keptUnshown), most)
		gone = res.RowsAffected
		return res.Error
	})
	return gone, err
}
