package forum

import (
	"context"
	"slices"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// TellFollowers is the kind of the job that tells those who watch a topic, its tags or its space of a
// post. It goes in steps, so that no post waits for however many they are.
var TellFollowers = queue.NewKind("forum.followers", queue.Normal)

// Telling is what the job is given: the post, and after whom it goes on.
type Telling struct {
	Post  id.ID
	After *id.ID `json:",omitempty"`
}

func (w Telling) after() id.ID {
	if w.After == nil {
		return 0
	}
	return *w.After
}

// followersAtOnce is how many are told in one transaction.
const followersAtOnce = 100

// watching is the statement of those who watch t for a reason of their own, each once. Who muted the
// topic and watches its space is not among them; nor is who watches the space or a tag of a topic that is
// for those who have its address.
func watching(db *store.DB, topic id.ID) *store.DB {
	level := "coalesce((select w.level from watches as w where w.member_id = watches.member_id and w.kind = 'topic' and w.subject_id = topics.id), " +
		"(select max(w.level) from topic_tags as own join watches as w on w.subject_id = own.tag_id and w.kind = 'tag' and w.member_id = watches.member_id where own.topic_id = topics.id), watches.level)"
	return db.Table("topics").Joins("join watches on watches.level = 3 and (watches.kind = 'topic' and watches.subject_id = topics.id"+
		" or (watches.kind = 'space' and watches.subject_id = topics.space_id"+
		" or watches.kind = 'tag' and watches.subject_id in (select tag_id from topic_tags where topic_tags.topic_id = topics.id))"+
		" and not exists (select 1 from places where places.id = topics.id and places.unlisted))").
		Where("topics.id = ? and "+level+" = 3", topic).Select("distinct watches.member_id")
}

// tellFollowers queues the telling of a post, if anybody but its author watches.
func tellFollowers(tx *store.Tx, t Topic, p Post) error {
	var some []id.ID
	if err := watching(tx.DB, t.ID).Where("watches.member_id <> ?", p.AuthorID).Limit(1).Scan(&some).Error; err != nil || len(some) == 0 {
		return err
	}
	return queue.Add(tx, queue.Work{Kind: TellFollowers, Key: "followers." + p.ID.String(), Payload: Telling{Post: p.ID}})
}

// TellFollowers tells the next of those who watch, in the order of their ids, and queues the rest. Whoever
// may not read the post by now, or was told of it for another reason, is passed over.
func (f *Forum) TellFollowers(ctx context.Context, w Telling) error {
	return f.store.Write(ctx, func(tx *store.Tx) error {
		var found []Post
		if err := tx.Where("id = ? and removed_at is null", w.Post).Find(&found).Error; err != nil || len(found) == 0 {
			return err
		}
		p := found[0]
		place, err := access.FindPlace(tx.DB, p.TopicID)
		if err != nil {
			return err
		}
		members, err := f.followersAfter(tx, p, w.after())
		if err != nil || len(members) == 0 {
			return err
		}
		may, err := f.access.Readers(tx.Context(), place, members)
		if err != nil {
			return err
		}
		told := slices.DeleteFunc(slices.Clone(members), func(m id.ID) bool { return !may[m] })
		line := notify.Line{Kind: notify.Watched, At: p.TopicID, Subject: p.ID, By: p.AuthorID}
		if p.Number == 1 {
			line.Kind = notify.Started
		}
		if err := notify.Tell(tx, line, told...); err != nil || len(members) < followersAtOnce {
			return err
		}
		last := members[len(members)-1]
		return queue.Add(tx, queue.Work{Kind: TellFollowers, Key: "followers." + p.ID.String() + "." + last.String(), Payload: Telling{Post: p.ID, After: &last}})
	})
}

func (f *Forum) followersAfter(tx *store.Tx, p Post, after id.ID) (members []id.ID, err error) {
	err = watching(tx.DB, p.TopicID).Where("watches.member_id <> ? and watches.member_id > ?", p.AuthorID, after).
		Where("not exists (select 1 from notifications where notifications.member_id = watches.member_id and notifications.subject_id = ? and notifications.actor_id = ?)", p.ID, p.AuthorID).
		Order("watches.member_id").Limit(followersAtOnce).Scan(&members).Error
	return members, err
}
