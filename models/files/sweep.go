package files

import (
	"context"

	"guildhall/models/store"
)

// chunk is how much is swept in one step.
const chunk = 100

// Sweep drops files that have hung on nothing for a day and that neither a draft, nor what is to be published
// later, nor a page names, and bytes that belong to no file. A row goes first and leaves the name of its bytes
// behind, then the bytes, then the name: wherever this is cut off, no row is without its bytes, and the next
// sweep goes on.
func (f *Files) Sweep(ctx context.Context) error {
	for {
		gone, err := f.sweepLoose(ctx)
		if err != nil {
			return err
		}
		if gone == 0 {
			break
		}
	}
	for {
		gone, err := f.sweepBytes(ctx)
		if err != nil || gone == 0 {
			return err
		}
	}
}

// sweepLoose forgets a chunk of files, each held so that no post takes it up meanwhile.
func (f *Files) sweepLoose(ctx context.Context) (gone int, err error) {
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		var loose []File
		err := store.ForUpdate(tx.DB).Where(free+" and loose_since < ?", tx.Now.Add(-LooseFor)).
			Order("loose_since").Limit(chunk).Find(&loose).Error
		if gone = len(loose); err != nil || gone == 0 {
			return err
		}
		left := make([]unclaimed, gone)
		for i, file := range loose {
			left[i] = unclaimed{Blob: file.Blob, Since: tx.Now.Add(-unclaimFor)}
		}
		if err := tx.Create(&left).Error; err != nil {
			return err
		}
		return tx.Delete(&loose).Error
	})
	return gone, err
}

// sweepBytes drops a chunk of what no file claims.
func (f *Files) sweepBytes(ctx context.Context) (int, error) {
	var left []string
	before := f.store.Now(ctx).Add(-unclaimFor)
	err := f.store.Read(ctx).Model(&unclaimed{}).Where("since <= ?", before).Order("since").Limit(chunk).Pluck("blob", &left).Error
	if err != nil || len(left) == 0 {
		return 0, err
	}
	for _, blob := range left {
		for _, name := range []string{blob, small(blob)} {
			if err := f.bytes.Drop(ctx, name); err != nil {
				return 0, err
			}
		}
	}
	return len(left), f.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Where("blob in ?", left).Delete(&unclaimed{}).Error
	})
}
