package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Remove deletes a post: one's own, or as a moderator anybody's. What it earned is taken back; it
// can be restored. The first post goes with its topic only.
func (f *Forum) Remove(ctx context.Context, v access.Viewer, post id.ID) (Post, error) {
	return f.remove(ctx, v, post, "", false)
}

// RemoveBecause is Remove for a reason, without which nobody removes somebody else's post: its author is told of
// it, and those who look after the space read it in its log.
func (f *Forum) RemoveBecause(ctx context.Context, v access.Viewer, post id.ID, why string) (p Post, err error) {
	if why, err = checkWhy(why); err != nil {
		return p, err
	}
	return f.remove(ctx, v, post, why, true)
}

// remove takes a post away, somebody else's for a reason where one is asked.
func (f *Forum) remove(ctx context.Context, v access.Viewer, post id.ID, why string, asked bool) (p Post, err error) {
	err = f.change(ctx, v, post, &p, func(tx *store.Tx, v access.Viewer, t Topic) error {
		if err := canEdit(v, t, p); err != nil {
			return err
		}
		if p.Number == 1 {
			return problem.Refused("The first post goes with its topic: a moderator can hide the topic.")
		}
		if asked && why == "" && p.AuthorID != v.ID {
			return problem.Invalid("reason", "Say why: its author is told, and it stands in the log.")
		}
		if p.Removed() {
			return f.uphold(tx, v, t, &p, why)
		}
		if err := logOthers(tx, v, t, p, removed, why); err != nil {
			return err
		}
		if err := tellAuthor(tx, t, p, v.ID, notify.Removed); err != nil {
			return err
		}
		return f.takeDown(tx, t, &p, v.ID)
	})
	return p, err
}

// uphold makes the removal of a post that its author took away the moderators': their decision is not
// undone by who was quicker.
func (f *Forum) uphold(tx *store.Tx, v access.Viewer, t Topic, p *Post, why string) error {
	if p.AuthorID == v.ID || p.RemovedBy == nil || *p.RemovedBy != p.AuthorID {
		return nil
	}
	p.RemovedBy = &v.ID
	if err := tx.Model(p).Select("removed_by").Updates(p).Error; err != nil {
		return err
	}
	return logOthers(tx, v, t, *p, removed, why)
}

// takeDown is what follows from the removal of a post, whoever decided it: the count, what it
// earned, its files, its mark as the answer, the open pages.
func (f *Forum) takeDown(tx *store.Tx, t Topic, p *Post, by id.ID) error {
	p.RemovedAt, p.RemovedBy = &tx.Now, &by
	if err := f.recount(tx, t, *p, -1); err != nil {
		return err
	}
	if err := f.standing.VoidOn(tx, p.ID); err != nil {
		return err
	}
	if err := files.Withdraw(tx, p.ID, true); err != nil {
		return err
	}
	if t.AnswerID != nil && *t.AnswerID == p.ID {
		if err := f.setAnswer(tx, &t, nil); err != nil {
			return err
		}
	}
	_, err := stream.Add(tx, t.ID, stream.Removed, p.ID)
	return err
}

// Restore brings a deleted post back, with what it earned: its author what they removed
// themselves, a moderator everything.
func (f *Forum) Restore(ctx context.Context, v access.Viewer, post id.ID) (p Post, err error) {
	err = f.change(ctx, v, post, &p, func(tx *store.Tx, v access.Viewer, t Topic) error {
		own := p.AuthorID == v.ID && p.RemovedBy != nil && *p.RemovedBy == v.ID
		if !own && !v.Keeps(t.SpaceID) {
			return problem.Refused("Only the moderators of this space can bring this post back.")
		}
		if err := mayStill(v, t); err != nil {
			return err
		}
		if !p.Removed() {
			return nil
		}
		p.RemovedAt, p.RemovedBy = nil, nil
		if err := f.recount(tx, t, p, 1); err != nil {
			return err
		}
		if err := f.standing.Revive(tx, p.ID); err != nil {
			return err
		}
		if err := files.Withdraw(tx, p.ID, false); err != nil {
			return err
		}
		if err := logOthers(tx, v, t, p, restored, ""); err != nil {
			return err
		}
		if err := notify.TakeBack(tx, notify.Removed, p.ID); err != nil {
			return err
		}
		_, err := stream.Add(tx, t.ID, stream.Restored, p.ID)
		return err
	})
	return p, err
}

// recount saves p's removal or return and the number of posts that can be read.
func (f *Forum) recount(tx *store.Tx, t Topic, p Post, by int64) error {
	if err := tx.Save(&p).Error; err != nil {
		return err
	}
	if err := file(tx, t, p); err != nil {
		return err
	}
	if err := weigh(tx, t, p.CreatedAt, by*perReply); err != nil {
		return err
	}
	return tx.Model(&Topic{}).Where("id = ?", t.ID).Update("posts", t.Posts+by).Error
}
