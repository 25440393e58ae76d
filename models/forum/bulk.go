package forum

import (
	"context"
	"slices"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// MaxBulk is how many topics one order is given for at once; bulkStep how many are changed in one
// transaction.
const (
	MaxBulk  = 100
	bulkStep = 20
)

// BulkDeeds are what can be done to many topics at once, in the order of the form.
var BulkDeeds = []Deed{ToClose, ToOpen, ToArchive, ToUnarchive, ToUnlist, ToList, ToTag, ToUntag, ToMove, ToPin, ToUnpin, ToBump, ToSlow, ToHide, ToShow}

// Bulk is what came of an order for many topics.
type Bulk struct {
	Batch id.ID // undoes it
	Done  int
	Left  int // that were so already, or that v may not change
}

// ActAll carries out an order on each of the topics, in steps. What v may on one of them is asked for each,
// and one that refuses leaves the others as they are.
func (f *Forum) ActAll(ctx context.Context, v access.Viewer, topics []id.ID, o Command) (b Bulk, err error) {
	if err := o.check(); err != nil {
		return b, err
	}
	if len(topics) == 0 || len(topics) > MaxBulk {
		return b, problem.Invalid("topics", "Choose from 1 to %d topics.", MaxBulk)
	}
	if !slices.Contains(BulkDeeds, o.Do) {
		return b, problem.Invalid("do", "Choose what is to be done.")
	}
	b.Batch = f.store.NewID()
	o.batch = b.Batch
	topics = slices.Compact(slices.Sorted(slices.Values(topics))) // held in one order, so that two of these do not wait for each other
	for len(topics) > 0 {
		step := topics[:min(bulkStep, len(topics))]
		topics = topics[len(step):]
		done, err := f.actEach(ctx, v, step, o)
		if err != nil {
			return b, err
		}
		b.Done, b.Left = b.Done+done, b.Left+len(step)-done
	}
	return b, nil
}

// UndoAll takes back what was done at once, as far as nothing was done since.
func (f *Forum) UndoAll(ctx context.Context, v access.Viewer, batch id.ID) (b Bulk, err error) {
	lines, err := f.Batch(ctx, v, batch)
	if err != nil {
		return b, err
	}
	if len(lines) == 0 {
		return b, problem.Missing("There is nothing here, or nothing that is open to you.")
	}
	b.Batch = batch
	for _, line := range lines {
		if !line.Undoes {
			continue
		}
		_, err := f.Undo(ctx, v, line.ID)
		switch {
		case err == nil:
			b.Done++
		case problem.Of(err) != nil:
			b.Left++
		default:
			return b, err
		}
	}
	return b, nil
}

// actEach carries out an order on some topics in one transaction, every one by itself: what is refused is
// undone alone.
func (f *Forum) actEach(ctx context.Context, v access.Viewer, topics []id.ID, o Command) (done int, err error) {
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		done = 0
		for _, key := range topics {
			_, line, err := f.Act(tx.Context(), v, key, o)
			if err != nil && problem.Of(err) == nil {
				return err
			}
			if err == nil && line != 0 {
				done++
			}
		}
		return nil
	})
	return done, err
}

// Ticked returns those of the topics that v looks after, at most MaxBulk, the latest first.
func (f *Forum) Ticked(ctx context.Context, v access.Viewer, keys []id.ID) (topics []Listed, err error) {
	if len(keys) == 0 {
		return nil, nil
	}
	err = f.listed(ctx, v).Scopes(access.Keeping(v, "topics.space_id")).Where("topics.id in ?", keys).
		Order("topics.active_at desc, topics.id desc").Limit(MaxBulk).Find(&topics).Error
	return topics, err
}
