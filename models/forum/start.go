package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/draft"
	"guildhall/models/id"
	"guildhall/models/prose"
	"guildhall/models/standing"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Started is the event of a new topic.
type Started struct{ Space, Topic, By id.ID }

// Start begins a topic with v's first post in it, with all that follows: points earned, those told
// who are mentioned. The same d.Key twice gives the same topic.
func (f *Forum) Start(ctx context.Context, v access.Viewer, space id.ID, d Draft) (t Topic, err error) {
	text, err := d.whole()
	if err != nil {
		return t, err
	}
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		v, found, err := starts(tx, f.access, v, space, d, &t)
		if found || err != nil {
			return err
		}
		place, err := access.AddPlace(tx, access.TopicPlace, space)
		if err != nil {
			return err
		}
		if err := stream.Open(tx, place.ID); err != nil {
			return err
		}
		t = Topic{
			ID: place.ID, SpaceID: space, AuthorID: v.ID, Key: d.Key, Title: d.Title, Slug: prose.Slug(d.Title),
			CreatedAt: tx.Now, ActiveAt: tx.Now,
		}
		if err := tx.Create(&t).Error; err != nil {
			return err
		}
		called, err := f.members.Call(tx, v, place, text.HTML, text.Mentions, d.Here)
		if err != nil {
			return err
		}
		text := text // a transaction that runs again begins with what was cooked
		text.HTML = called.HTML
		if err := f.setTags(tx, v, t, d.Tags); err != nil {
			return err
		}
		post, err := f.addPost(tx, &t, v, d.Key, text)
		if err != nil {
			return err
		}
		t.Untold = len(called.Untold) > 0
		if err := draft.End(tx, draft.Topic, space, v.ID); err != nil {
			return err
		}
		if err := f.standing.Earn(tx, standing.Act{Kind: standing.Topic, By: v.ID, On: t.ID, At: place, Made: true}); err != nil {
			return err
		}
		if err := f.tellNamed(tx, v, t, post, called.Tell, text.Cites); err != nil {
			return err
		}
		if err := byItself(tx, v.ID, t.ID, Watching); err != nil {
			return err
		}
		if err := tellFollowers(tx, t, post); err != nil {
			return err
		}
		tx.Say(Started{Space: space, Topic: t.ID, By: v.ID})
		return nil
	})
	return t, err
}

// starts renews v within tx, asks whether they may start a topic in space, and looks for what the same draft
// made before.
func starts[T any](tx *store.Tx, a *access.Access, v access.Viewer, space id.ID, d Draft, into *T) (now access.Viewer, found bool, err error) {
	if now, err = a.Renew(tx, v); err != nil {
		return now, false, err
	}
	if err := now.CanStart(space); err != nil {
		return now, false, err
	}
	found, err = again(tx, into, "author_id = ? and key = ?", now.ID, d.Key)
	return now, found, err
}

// again looks for what the same client made with the same key before.
func again[T any](tx *store.Tx, into *T, where string, args ...any) (found bool, err error) {
	var rows []T
	if err := tx.Where(where, args...).Limit(1).Find(&rows).Error; err != nil || len(rows) == 0 {
		return false, err
	}
	*into = rows[0]
	return true, nil
}
