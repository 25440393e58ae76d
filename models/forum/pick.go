package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
)

// Picked is a post with the topic that it stands in.
type Picked struct {
	Post
	Topic Topic
}

// Pick returns those of the posts that v may read, by id, each with its topic, in two statements. A
// removed one comes without its text, but for its author and moderators.
func (f *Forum) Pick(ctx context.Context, v access.Viewer, keys []id.ID) (map[id.ID]Picked, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	var posts []Post
	db := f.store.Read(ctx)
	err := db.Model(&Post{}).Scopes(access.Reachable(v, "posts.topic_id")).Where("posts.id in ?", keys).Select("posts.*").Find(&posts).Error
	if err != nil || len(posts) == 0 {
		return nil, err
	}
	in := make([]id.ID, len(posts))
	for i, p := range posts {
		in[i] = p.TopicID
	}
	var topics []Topic
	err = db.Model(&Topic{}).Joins("join places on places.id = topics.id").Where("topics.id in ?", in).Select("topics.*, places.hidden, places.taster, places.unlisted, places.archived").Find(&topics).Error
	of := make(map[id.ID]Topic, len(topics))
	for _, t := range topics {
		of[t.ID] = t
	}
	picked := make(map[id.ID]Picked, len(posts))
	for _, p := range posts {
		picked[p.ID] = Picked{veil(v, of[p.TopicID], p), of[p.TopicID]}
	}
	return picked, err
}
