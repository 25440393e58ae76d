package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/standing"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// React gives a reaction to a post or takes it back. Its author earns by the first from each member.
func (f *Forum) React(ctx context.Context, v access.Viewer, post id.ID, kind string, on bool) (p Post, err error) {
	if !IsReaction(kind) {
		return p, problem.Invalid("", "There is no such reaction.")
	}
	err = f.change(ctx, v, post, &p, func(tx *store.Tx, v access.Viewer, t Topic) error {
		if err := v.CanReact(t); err != nil {
			return err
		}
		if p.Removed() {
			return missing(store.ErrNotFound)
		}
		if p.AuthorID == v.ID {
			return problem.Refused("Reactions are for what others wrote.")
		}
		changed, left, err := setReaction(tx, p.ID, v.ID, kind, on)
		if err != nil || !changed {
			return err
		}
		if err := f.thank(tx, v.ID, t, p, left); err != nil {
			return err
		}
		_, err = stream.Add(tx, t.ID, stream.Reacted, p.ID)
		return err
	})
	return p, err
}

// setReaction adds or takes a row, and tells how many reactions of the member are left on the post.
func setReaction(tx *store.Tx, post, by id.ID, kind string, on bool) (changed bool, left int64, err error) {
	if on {
		res := store.OnConflictSkip(tx.DB).Table("post_reactions").Create(map[string]any{"post_id": post, "member_id": by, "kind": kind, "created_at": tx.Now})
		changed, err = res.RowsAffected > 0, res.Error
	} else {
		res := tx.Exec("delete from post_reactions where post_id = ? and member_id = ? and kind = ?", post, by, kind)
		changed, err = res.RowsAffected > 0, res.Error
	}
	if err != nil {
		return false, 0, err
	}
	err = tx.Table("post_reactions").Where("post_id = ? and member_id = ?", post, by).Count(&left).Error
	return changed, left, err
}

// thank keeps one act for each who reacted, however many kinds they gave.
func (f *Forum) thank(tx *store.Tx, by id.ID, t Topic, p Post, left int64) error {
	if left == 0 {
		return f.standing.Void(tx, standing.ReactionGot, by, p.ID, p.AuthorID)
	}
	err := f.standing.Earn(tx, standing.Act{Kind: standing.ReactionGot, By: p.AuthorID, From: by, On: p.ID, At: t.Place()})
	if err != nil {
		return err
	}
	return notify.Tell(tx, notify.Line{Kind: notify.Reacted, At: t.ID, Subject: p.ID, By: by}, p.AuthorID)
}
