package forum

import (
	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// TakeBack removes at most limit posts of an author who was removed, within a change that the caller
// has allowed, and tells how many went. A first post goes with its topic, which is hidden.
func (f *Forum) TakeBack(tx *store.Tx, author, by id.ID, limit int) (gone int, err error) {
	var posts []Post
	err = tx.Model(&Post{}).Joins("join places on places.id = posts.topic_id").Select("posts.*").
		Where("posts.author_id = ? and posts.removed_at is null and (posts.number > 1 or not places.hidden)", author).
		Order("posts.id").Limit(limit).Find(&posts).Error
	if err != nil {
		return 0, err
	}
	for _, p := range posts {
		if err := f.takeBack(tx, p, by); err != nil {
			return 0, err
		}
	}
	return len(posts), nil
}

func (f *Forum) takeBack(tx *store.Tx, p Post, by id.ID) error {
	if _, err := access.LockPlace(tx, p.TopicID); err != nil {
		return err
	}
	if p.Number == 1 {
		if err := access.HidePlace(tx, by, p.TopicID); err != nil {
			return err
		}
		if err := access.RaiseClub(tx); err != nil {
			return err
		}
		_, err := stream.Add(tx, p.TopicID, stream.Moved, p.TopicID)
		return err
	}
	var t Topic
	if err := tx.Take(&t, "id = ?", p.TopicID).Error; err != nil {
		return err
	}
	return f.takeDown(tx, t, &p, by)
}
