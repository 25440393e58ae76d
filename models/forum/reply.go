package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/draft"
	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/standing"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Reply adds v's post to a topic, with all that follows from it: the count, the points earned, the
// asker and the mentioned told, the open pages updated. The same d.Key twice gives the same post.
func (f *Forum) Reply(ctx context.Context, v access.Viewer, topic id.ID, d Draft) (post Post, err error) {
	text, err := d.cook()
	if err != nil {
		return post, err
	}
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		v, t, err := f.lockTopic(tx, v, topic)
		if err != nil {
			return err
		}
		if found, err := again(tx, &post, "author_id = ? and key = ?", v.ID, d.Key); found || err != nil {
			return err
		}
		if err := v.CanReply(t); err != nil {
			return err
		}
		if t.Closed() && !v.Keeps(t.SpaceID) {
			return problem.Refused("This topic is closed. Start a new one to go on.")
		}
		if err := waited(tx, v, t); err != nil {
			return err
		}
		if err := overtaken(tx, v, t, d.Seen); err != nil {
			return err
		}
		called, err := f.members.Call(tx, v, t, text.HTML, text.Mentions, d.Here)
		if err != nil {
			return err
		}
		text := text // a transaction that runs again begins with what was cooked
		text.HTML = called.HTML
		if post, err = f.addPost(tx, &t, v, d.Key, text); err != nil {
			return err
		}
		post.Untold = called.Untold
		if err := draft.End(tx, draft.Reply, t.ID, v.ID); err != nil {
			return err
		}
		if err := f.standing.Earn(tx, standing.Act{Kind: standing.Reply, By: v.ID, On: post.ID, At: t.Place(), Made: true}); err != nil {
			return err
		}
		if err := f.tellNamed(tx, v, t, post, called.Tell, text.Cites, t.AuthorID); err != nil {
			return err
		}
		if err := afterReply(tx, v.ID, t); err != nil {
			return err
		}
		return tellFollowers(tx, t, post)
	})
	return post, err
}

// lockTopic renews v and returns the topic as it is now, held until the transaction ends: of one that was
// merged meanwhile, that which has its posts.
func (f *Forum) lockTopic(tx *store.Tx, v access.Viewer, topic id.ID) (access.Viewer, Topic, error) {
	v, err := f.access.Renew(tx, v)
	if err != nil {
		return v, Topic{}, err
	}
	place, err := access.LockPlace(tx, topic)
	if err != nil {
		return v, Topic{}, err
	}
	if place.Hidden { // as a merged topic is
		if into, err := follow(tx.DB, topic); err != nil {
			return v, Topic{}, err
		} else if into != 0 {
			return f.lockTopic(tx, v, into)
		}
	}
	if err := v.CanRead(place); err != nil {
		return v, Topic{}, err
	}
	var t Topic
	if err := tx.Take(&t, "id = ?", topic).Error; err != nil {
		return v, t, missing(err)
	}
	t.settle(place, tx.Now)
	return v, t, nil
}

// addPost writes the next post of t by v with the files that it names, marks it read for its author, and carries t forward.
func (f *Forum) addPost(tx *store.Tx, t *Topic, v access.Viewer, key string, text prose.Cooked) (Post, error) {
	p := Post{ID: tx.NewID(), TopicID: t.ID, Number: t.LastNumber + 1, AuthorID: v.ID, Key: key, CreatedAt: tx.Now}
	sizes, err := files.Hang(tx, v, t, p.ID, text.Files)
	if err != nil {
		return p, err
	}
	p.Source, p.HTML, p.Plain, p.Recipe = text.Source, prose.Sized(text.HTML, sizes), text.Plain, prose.Version
	if p.Cards, err = f.previews.Hang(tx, t.ID, p.ID, p.HTML); err != nil {
		return p, err
	}
	if err := tx.Create(&p).Error; err != nil {
		return p, err
	}
	if err := hold(tx, p.ID, text.Polls); err != nil {
		return p, err
	}
	t.Posts, t.LastNumber, t.LastBy, t.ActiveAt = t.Posts+1, p.Number, &v.ID, tx.Now
	err = tx.Model(t).Select("posts", "last_number", "last_by", "active_at").Updates(t).Error
	if err != nil {
		return p, err
	}
	if err := bump(tx, *t); err != nil {
		return p, err
	}
	if p.Number > 1 {
		if err := weigh(tx, *t, p.CreatedAt, perReply); err != nil {
			return p, err
		}
	}
	if err := readOwn(tx, v.ID, t.ID, p.Number); err != nil {
		return p, err
	}
	if err := replied(tx, v, *t); err != nil {
		return p, err
	}
	if err := index.Put(tx, card(*t, p)); err != nil {
		return p, err
	}
	_, err = stream.Add(tx, t.ID, stream.Added, p.ID)
	return p, err
}
