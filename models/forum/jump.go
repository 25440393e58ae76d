package forum

import (
	"context"
	"errors"
	"time"

	"guildhall/models/store"
)

// NumberAt is the number of the first post of a topic that was written at that time or later: of its
// last post if none was. Whether the topic may be read is the caller's to ask.
func (f *Forum) NumberAt(ctx context.Context, t Topic, at time.Time) (int64, error) {
	n, err := store.Value[int64](f.store.Read(ctx).Model(&Post{}).Select("number").Where("topic_id = ? and created_at >= ?", t.ID, at).Order("created_at, number"))
	if errors.Is(err, store.ErrNotFound) {
		return t.LastNumber, nil
	}
	return n, err
}
