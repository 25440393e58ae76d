package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
)

// Begun is a topic with the post that began it.
type Begun struct {
	Listed
	First Post
}

// Begun lists for a feed the topics that were active last: at most size of those that v may read, in one space, with one tag
// or in all. Two statements.
func (f *Forum) Begun(ctx context.Context, v access.Viewer, of Of, size int) ([]Begun, error) {
	db := f.listed(ctx, v)
	if of.Space != 0 {
		db = db.Where("topics.space_id = ?", of.Space)
	}
	if of.Tag != 0 {
		db = byTag(db, of.Tag)
	}
	var topics []Listed
	if err := db.Order("topics.active_at desc, topics.id desc").Limit(size).Find(&topics).Error; err != nil || len(topics) == 0 {
		return nil, err
	}
	ids := make([]id.ID, len(topics))
	for i, t := range topics {
		ids[i] = t.ID
	}
	var posts []Post
	if err := f.store.Read(ctx).Where("topic_id in ? and number = 1", ids).Find(&posts).Error; err != nil {
		return nil, err
	}
	first := map[id.ID]Post{}
	for _, p := range posts {
		first[p.TopicID] = p
	}
	begun := make([]Begun, len(topics))
	for i, t := range topics {
		begun[i] = Begun{t, veil(access.Viewer{}, t.Topic, first[t.ID])}
	}
	return begun, nil
}

// Latest returns the last posts of a topic that were not removed, the newest first, at most size.
// Whether the topic may be read is the caller's to ask.
func (f *Forum) Latest(ctx context.Context, topic id.ID, size int) (posts []Post, err error) {
	err = f.store.Read(ctx).Where("topic_id = ? and removed_at is null", topic).Order("number desc").Limit(size).Find(&posts).Error
	return posts, err
}
