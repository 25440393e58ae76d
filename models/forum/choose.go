package forum

import (
	"context"
	"slices"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Choose is v's vote among the options of a poll, by their positions from 1, in the place of an earlier
// one; none takes the vote back. number is that of the poll in its post. Until a poll closes a vote may be
// changed by whoever may react to the post.
func (f *Forum) Choose(ctx context.Context, v access.Viewer, post id.ID, number int, chosen []int) (p Post, err error) {
	chosen = slices.Compact(slices.Sorted(slices.Values(chosen)))
	err = f.change(ctx, v, post, &p, func(tx *store.Tx, v access.Viewer, t Topic) error {
		if err := v.CanReact(t); err != nil {
			return err
		}
		if p.Removed() {
			return missing(store.ErrNotFound)
		}
		on, err := openPoll(tx, p.ID, number)
		if err != nil {
			return err
		}
		if err := on.takes(tx, chosen); err != nil {
			return err
		}
		changed, err := on.cast(tx, v.ID, chosen)
		if err != nil || !changed {
			return err
		}
		if err := on.recount(tx); err != nil {
			return err
		}
		_, err = stream.Add(tx, t.ID, stream.Voted, p.ID)
		return err
	})
	return p, err
}

// openPoll finds a poll in which votes are still taken.
func openPoll(tx *store.Tx, post id.ID, number int) (poll, error) {
	var found []poll
	if err := tx.Where("post_id = ? and number = ?", post, number).Limit(1).Find(&found).Error; err != nil {
		return poll{}, err
	}
	if len(found) == 0 {
		return poll{}, problem.Missing("There is no such poll any more.")
	}
	if p := found[0]; p.ClosesAt != nil && !tx.Now.Before(*p.ClosesAt) {
		return p, problem.Refused("This poll is closed. Votes stay as they are.")
	}
	return found[0], nil
}

// takes is nil if a member may choose these options.
func (p poll) takes(tx *store.Tx, chosen []int) error {
	if len(chosen) > p.Most && p.Most == 1 {
		return problem.Invalid("", "This poll takes one answer. Choose one option.")
	}
	if len(chosen) > p.Most {
		return problem.Invalid("", "This poll takes up to %d answers. You chose %d.", p.Most, len(chosen))
	}
	var there int64
	err := tx.Table("poll_options").Where("poll_id = ? and position in ?", p.ID, chosen).Count(&there).Error
	if err == nil && int(there) != len(chosen) {
		return problem.Invalid("", "That option is not in the poll any more. Load the page again to see those that are.")
	}
	return err
}

// cast writes a member's choice over the one before, and tells whether it is another.
func (p poll) cast(tx *store.Tx, by id.ID, chosen []int) (changed bool, err error) {
	var before []int
	err = tx.Table("poll_votes").Where("poll_id = ? and member_id = ?", p.ID, by).Order("position").Pluck("position", &before).Error
	if err != nil || slices.Equal(before, chosen) {
		return false, err
	}
	if err := tx.Exec("delete from poll_votes where poll_id = ? and member_id = ?", p.ID, by).Error; err != nil {
		return false, err
	}
	var rows []map[string]any
	for i, position := range chosen {
		rows = append(rows, map[string]any{"poll_id": p.ID, "member_id": by, "slot": i + 1, "position": position, "at": tx.Now})
	}
	if len(rows) == 0 {
		return true, nil
	}
	return true, tx.Table("poll_votes").Create(rows).Error
}

// recount folds the votes. The place of the post is held, so nobody votes meanwhile.
func (p poll) recount(tx *store.Tx) error {
	err := tx.Exec(`update poll_options set votes = (select count(*) from poll_votes
		where poll_votes.poll_id = poll_options.poll_id and poll_votes.position = poll_options.position) where poll_id = ?`, p.ID).Error
	if err != nil {
		return err
	}
	return tx.Exec("update polls set voters = (select count(*) from poll_votes where poll_votes.poll_id = polls.id and slot = 1) where id = ?", p.ID).Error
}
