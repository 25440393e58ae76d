package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
)

// UnreadFrom takes v's mark back to before a post: it and what follows is new to them again, on every
// device of theirs.
func (f *Forum) UnreadFrom(ctx context.Context, v access.Viewer, post id.ID) (t Topic, err error) {
	var p Post
	err = f.hold(ctx, v, post, &p, func(tx *store.Tx, v access.Viewer, in Topic) error {
		t = in
		if !v.SignedIn() {
			return v.CanReact(in)
		}
		res := tx.Exec("update topic_reads set number = ?, at = ? where member_id = ? and topic_id = ? and number >= ?", p.Number-1, tx.Now, v.ID, p.TopicID, p.Number)
		if res.RowsAffected > 0 {
			tx.Say(Read{v.ID, p.TopicID, p.Number - 1})
		}
		return res.Error
	})
	return t, err
}
