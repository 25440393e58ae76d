package forum

import (
	"strings"

	"guildhall/models/id"
	"guildhall/models/index"
	"guildhall/models/store"
)

// card is what a post is found by. The first one is found by its topic's title too.
func card(t Topic, p Post) index.Card {
	c := index.Card{ID: p.ID, Kind: index.Post, Place: t.ID, By: p.AuthorID, At: p.CreatedAt, Image: strings.Contains(p.HTML, "<img"), Body: p.Plain}
	if p.Number == 1 {
		c.Kind, c.Title = index.Topic, t.Title
	}
	return c
}

// file writes the card of a post as it is now, or takes it away with the post.
func file(tx *store.Tx, t Topic, p Post) error {
	if p.Removed() {
		return index.Drop(tx, p.ID)
	}
	c := card(t, p)
	if err := tx.Table("post_reactions").Where("post_id = ?", p.ID).Count(&c.Likes).Error; err != nil {
		return err
	}
	c.Likes += p.Votes
	return index.Put(tx, c)
}

// refile writes the card of a topic whose title changed.
func refile(tx *store.Tx, t Topic) error {
	var first Post
	if err := tx.Take(&first, "topic_id = ? and number = 1", t.ID).Error; err != nil {
		return err
	}
	return file(tx, t, first)
}

// Cards writes the cards of at most limit posts after the given one, for a club that is older than its
// index, and returns the last of them; zero when none is left.
func (f *Forum) Cards(tx *store.Tx, after id.ID, limit int) (last id.ID, err error) {
	var posts []Post
	if err := store.ForUpdate(tx.DB).Where("id > ?", after).Order("id").Limit(limit).Find(&posts).Error; err != nil || len(posts) == 0 {
		return 0, err
	}
	in := make([]id.ID, len(posts))
	for i, p := range posts {
		in[i] = p.TopicID
	}
	var topics []Topic
	if err := tx.Where("id in ?", in).Find(&topics).Error; err != nil {
		return 0, err
	}
	of := map[id.ID]Topic{}
	for _, t := range topics {
		of[t.ID] = t
	}
	for _, p := range posts {
		if err := file(tx, of[p.TopicID], p); err != nil {
			return 0, err
		}
	}
	return posts[len(posts)-1].ID, nil
}
