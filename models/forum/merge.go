package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// MaxMerge is how many posts a topic has at the most that is merged in one go.
const MaxMerge = 1000

// Merge moves all posts of a topic to another, which v looks after too. Whoever may read that one is led
// there from the old address; to anybody else nothing was ever there.
func (f *Forum) Merge(ctx context.Context, v access.Viewer, topic, into id.ID, why string) (to Topic, line id.ID, err error) {
	o := Command{Do: toMerge, Why: why}
	if err := o.check(); err != nil {
		return to, 0, err
	}
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		v, p, err := f.lockPair(tx, v, topic, into)
		if err != nil {
			return err
		}
		if p.from.MergedInto != nil || p.to.MergedInto != nil {
			return problem.Conflict("One of these was merged into another already.")
		}
		var posts []Post
		if err := tx.Where("topic_id = ?", topic).Order("number").Limit(MaxMerge + 1).Find(&posts).Error; err != nil {
			return err
		}
		if len(posts) > MaxMerge {
			return problem.Refused("A topic of more than %d posts is not merged in one go. Move its posts instead.", MaxMerge)
		}
		m, err := f.carryTo(tx, &p, posts)
		if err != nil {
			return err
		}
		m.Hidden, to = p.from.Hidden, p.to
		if err := f.fold(tx, v, &p.from, p.to.ID); err != nil {
			return err
		}
		line, err = noted(tx, v, &p, o, Command{Do: toMerge, Moved: &m}, int64(len(posts)), 1)
		if err != nil {
			return err
		}
		return f.tellOwner(tx, v, p.from.AuthorID, p.to.ID, toMerge, line)
	})
	return to, line, err
}

// fold makes an emptied topic lead to another. What it earned itself goes along.
func (f *Forum) fold(tx *store.Tx, v access.Viewer, t *Topic, into id.ID) error {
	t.MergedInto, t.PinnedAt, t.PinnedUntil = &into, nil, nil
	if err := tx.Model(t).Select("merged_into", "pinned_at", "pinned_until").Updates(t).Error; err != nil {
		return err
	}
	if err := f.along(tx, []id.ID{t.ID}, into); err != nil {
		return err
	}
	if err := unwind(tx, t, toMerge); err != nil {
		return err
	}
	_, _, err := f.hide(tx, v, t, true)
	return err
}

// unfold makes a merged topic one of its own again.
func (f *Forum) unfold(tx *store.Tx, v access.Viewer, t *Topic, hidden bool) error {
	t.MergedInto = nil
	if err := tx.Model(t).Select("merged_into").Updates(t).Error; err != nil {
		return err
	}
	if err := f.along(tx, []id.ID{t.ID}, t.ID); err != nil || hidden {
		return err
	}
	_, _, err := f.hide(tx, v, t, false)
	return err
}

// follow is where the posts of a topic stand that was merged, however often; zero for one that was not.
func follow(db *store.DB, topic id.ID) (into id.ID, err error) {
	for range 8 { // merges of merges are few
		var next *id.ID
		if err := db.Model(&Topic{}).Select("merged_into").Where("id = ?", topic).Scan(&next).Error; err != nil || next == nil {
			return into, err
		}
		into, topic = *next, *next
	}
	return into, nil
}

// Moved finds the post that stood at a number of a topic and was moved to another, which v may read.
func (f *Forum) Moved(ctx context.Context, v access.Viewer, topic id.ID, number int64) (p Post, t Listed, ok bool, err error) {
	var key id.ID
	err = f.store.Read(ctx).Table("moved_posts").Select("post_id").Where("topic_id = ? and number = ?", topic, number).Scan(&key).Error
	if err != nil || key == 0 {
		return p, t, false, err
	}
	p, t, err = f.Post(ctx, v, key)
	if problem.Of(err) != nil {
		return Post{}, Listed{}, false, nil // where it is, is for those who may read it
	}
	return p, t, err == nil && (p.TopicID != topic || p.Number != number), err
}
