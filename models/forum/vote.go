package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/problem"
	"guildhall/models/space"
	"guildhall/models/standing"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Voted is how a vote stands among what a viewer gave to a post.
const Voted = "vote"

// Vote says that a reply helps, or takes that back: in a space of questions, one vote of a member for
// a post, and none for their own. There are no votes against: what is wrong is answered, and what
// breaks the rules is reported. Its author earns by it.
func (f *Forum) Vote(ctx context.Context, v access.Viewer, post id.ID, on bool) (p Post, err error) {
	err = f.change(ctx, v, post, &p, func(tx *store.Tx, v access.Viewer, t Topic) error {
		if err := mayVote(tx, v, t, p); err != nil {
			return err
		}
		counted, err := count(tx, &p, v.ID, on)
		if err != nil || !counted {
			return err
		}
		if err := index.Liked(tx, p.ID, on); err != nil {
			return err
		}
		if on {
			err = f.standing.Earn(tx, standing.Act{Kind: standing.Voted, By: p.AuthorID, From: v.ID, On: p.ID, At: t.Place()})
		} else {
			err = f.standing.Void(tx, standing.Voted, v.ID, p.ID, p.AuthorID)
		}
		if err != nil {
			return err
		}
		_, err = stream.Add(tx, t.ID, stream.Reacted, p.ID)
		return err
	})
	return p, err
}

func mayVote(tx *store.Tx, v access.Viewer, t Topic, p Post) error {
	kind, err := store.Value[string](tx.Table("spaces").Select("kind").Where("id = ?", t.SpaceID))
	switch {
	case err != nil:
		return err
	case kind != space.Questions:
		return problem.Refused("Votes are for the answers in question spaces.")
	case p.Removed():
		return missing(store.ErrNotFound)
	case p.Number == 1:
		return problem.Refused("Votes are for answers. The question has reactions.")
	case p.AuthorID == v.ID:
		return problem.Refused("Votes are for what others wrote.")
	}
	return v.CanReact(t)
}

// count gives a vote or takes it back, once, and tells whether that changed anything.
func count(tx *store.Tx, p *Post, by id.ID, on bool) (bool, error) {
	give, step := "insert into post_votes (post_id, member_id, created_at) values (@post, @by, @now) on conflict do nothing", int64(1)
	if !on {
		give, step = "delete from post_votes where post_id = @post and member_id = @by", -1
	}
	res := tx.Exec(give, map[string]any{"post": p.ID, "by": by, "now": tx.Now})
	if res.Error != nil || res.RowsAffected == 0 {
		return false, res.Error
	}
	p.Votes += step
	return true, tx.Exec("update posts set votes = votes + ? where id = ?", step, p.ID).Error
}
