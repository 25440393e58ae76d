package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/reaction"
	"guildhall/models/standing"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// React gives a reaction to a post or takes it back. Its author earns by the first from each member.
func (f *Forum) React(ctx context.Context, v access.Viewer, post id.ID, kind string, on bool) (p Post, err error) {
	if !reaction.Among(Reactions, kind) {
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
		changed, left, err := reactions.Set(tx, p.ID, v.ID, kind, on)
		if err != nil || !changed {
			return err
		}
		if err := index.Liked(tx, p.ID, on); err != nil {
			return err
		}
		if err := weigh(tx, t, p.CreatedAt, liked(on)); err != nil {
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

// thank keeps one act for each who reacted, however many kinds they gave.
func (f *Forum) thank(tx *store.Tx, by id.ID, t Topic, p Post, left int64) error {
	if left == 0 {
		return f.standing.Void(tx, standing.ReactionGot, by, p.ID, p.AuthorID)
	}
	err := f.standing.Earn(tx, standing.Act{Kind: standing.ReactionGot, By: p.AuthorID, From: by, On: p.ID, At: t.Place()})
	if err != nil {
		return err
	}
	return notify.Tell(tx, notify.Line{Kind: notify.Reacted, At: t.ID, Subject: p.ID, By: by, Without: muting(tx.DB, t.ID, []id.ID{p.AuthorID})}, p.AuthorID)
}
