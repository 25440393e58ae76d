package forum

import (
	"context"
	"strings"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/prose"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// MaxSplit is how many posts are moved at once.
const MaxSplit = 100

// Splitting says which posts leave a topic, and for where: To, a topic that is there, or a new one of
// that Title in the same space. The same Key twice splits once.
type Splitting struct {
	Posts []id.ID
	To    id.ID
	Title string
	Key   string
	Why   string
}

// Split moves posts to another topic, or to a new one of whoever wrote the first of them. They take the
// next numbers there, and their old addresses lead to them whoever may read the new ones. The first post
// stays with its topic.
func (f *Forum) Split(ctx context.Context, v access.Viewer, topic id.ID, s Splitting) (to Topic, line id.ID, err error) {
	o := Command{Do: toSplit, Why: s.Why}
	if err := s.check(&o); err != nil {
		return to, 0, err
	}
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		other, made, err := f.splitTo(tx, v, topic, s)
		if err != nil {
			return err
		}
		v, p, err := f.lockPair(tx, v, topic, other)
		if err != nil {
			return err
		}
		if p.to.MergedInto != nil {
			return problem.Conflict("That topic was merged into another since. Choose that one.")
		}
		var posts []Post
		if err := tx.Where("id in ? and +topic_id = ?", s.Posts, topic).Order("number").Find(&posts).Error; err != nil {
			return err
		}
		if err := splits(posts, s); err != nil {
			return err
		}
		from := posts[0].Number
		m, err := f.carryTo(tx, &p, posts)
		if err != nil {
			return err
		}
		m.Made, to = made, p.to
		line, err = noted(tx, v, &p, o, Command{Do: toSplit, Moved: &m}, int64(len(posts)), from)
		return err
	})
	return to, line, err
}

func (s *Splitting) check(o *Command) error {
	s.Title = strings.Join(strings.Fields(s.Title), " ")
	switch {
	case len(s.Posts) == 0:
		return problem.Invalid("posts", "Choose the posts that are to move.")
	case len(s.Posts) > MaxSplit:
		return problem.Invalid("posts", "At most %d posts are moved at once.", MaxSplit)
	case s.To == 0 && s.Key == "" || len(s.Key) > 64:
		return problem.Invalid("", "The form is out of date. Load the page again.")
	}
	if s.To == 0 {
		d := Draft{Title: s.Title}
		if err := d.checkTitle(); err != nil {
			return err
		}
	}
	return o.check()
}

// splits is nil when all posts that were chosen are there, and may leave.
func splits(posts []Post, s Splitting) error {
	if len(posts) != len(s.Posts) {
		return problem.Conflict("Some of these posts are not here any more. Choose again.")
	}
	if posts[0].Number == 1 {
		return problem.Invalid("posts", "The first post stays with its topic: to move everything, merge the topic.")
	}
	return nil
}

// splitTo is the topic to which posts go: the one that was named, or a new one, begun empty in the
// same space by whoever wrote the first of the posts.
func (f *Forum) splitTo(tx *store.Tx, v access.Viewer, topic id.ID, s Splitting) (id.ID, bool, error) {
	if s.To != 0 {
		return s.To, false, nil
	}
	v, t, err := f.lockTopic(tx, v, topic)
	if err != nil {
		return 0, false, err
	}
	if err := v.CanModerate(t); err != nil {
		return 0, false, err
	}
	var first Post
	if err := tx.Where("id in ? and +topic_id = ?", s.Posts, t.ID).Order("number").Limit(1).Find(&first).Error; err != nil {
		return 0, false, err
	}
	if first.ID == 0 {
		return 0, false, splits(nil, s)
	}
	place, err := access.AddPlace(tx, access.TopicPlace, t.SpaceID)
	if err != nil {
		return 0, false, err
	}
	if err := stream.Open(tx, place.ID); err != nil {
		return 0, false, err
	}
	begun := Topic{
		ID: place.ID, SpaceID: t.SpaceID, AuthorID: first.AuthorID, Key: "split " + s.Key, Title: s.Title, Slug: prose.Slug(s.Title),
		CreatedAt: first.CreatedAt, ActiveAt: first.CreatedAt,
	}
	return begun.ID, true, tx.Create(&begun).Error
}
