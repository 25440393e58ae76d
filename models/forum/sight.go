package forum

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/store"
)

// Read is the event that a member read a topic up to the post of that number, or went back to it: their
// other pages follow.
type Read struct {
	Member, Topic id.ID
	Number        int64
}

// Sight is what a member was shown of a topic: all up to the post of that number, and these posts.
type Sight struct {
	UpTo  int64
	Posts []id.ID
}

// ahead is the statement of the posts of a notification to which a member has not come.
func (s Sight) ahead(db *store.DB) *store.DB {
	return db.Table("posts").Select("1").Where("posts.id = notifications.subject_id and posts.number > ? and posts.id not in ?", s.UpTo, append([]id.ID{0}, s.Posts...))
}

// Look notes what v was shown of a topic. Whoever only comes back to what they have read writes nothing;
// the rest is one statement, and one for what they were told of what is shown, unless v's keys changed
// since the page was asked for.
func (f *Forum) Look(ctx context.Context, v access.Viewer, t Listed, s Sight) error {
	if !v.SignedIn() || s.UpTo <= t.ReadNumber && !t.Told {
		return nil
	}
	noted := false
	err := f.store.Write(ctx, func(tx *store.Tx) error {
		mark := tx.Table("topics").Where("topics.id = ?", t.ID).Scopes(access.Reachable(v, "topics.id"), v.Still(tx.Now)).
			Select("? as member_id, topics.id, case when topics.last_number < ? then topics.last_number else ? end, ? as at, ? as since", v.ID, s.UpTo, s.UpTo, tx.Now, tx.Now)
		res := tx.Exec("insert into topic_reads (member_id, topic_id, number, at, since) ? "+carryOn+" <= excluded.number", mark)
		if noted = res.RowsAffected > 0; !noted || res.Error != nil {
			return res.Error
		}
		tx.Say(Read{v.ID, t.ID, s.UpTo})
		if t.ReadSince != nil && s.UpTo > t.ReadNumber {
			if err := trackAfter(tx, v.ID, t.ID, tx.Now.Sub(*t.ReadSince)); err != nil {
				return err
			}
		}
		if !t.Told {
			return nil
		}
		return notify.MarkRead(tx, v.ID, t.ID, s.ahead(tx.DB))
	})
	if noted || err != nil {
		return err
	}
	return f.read(ctx, v, t.ID, s)
}

// ReadUpTo notes that v has read a topic up to the post of that number, and what they were told of the
// posts so far is read too. It never goes back.
func (f *Forum) ReadUpTo(ctx context.Context, v access.Viewer, topic id.ID, number int64) error {
	return f.read(ctx, v, topic, Sight{UpTo: number})
}

func (f *Forum) read(ctx context.Context, v access.Viewer, topic id.ID, s Sight) error {
	if !v.SignedIn() {
		return nil
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		v, err := f.access.Renew(tx, v)
		if err != nil {
			return err
		}
		place, err := access.FindPlace(tx.DB, topic)
		if err != nil {
			return err
		}
		if err := v.CanRead(place); err != nil {
			return err
		}
		if err := setRead(tx, v.ID, topic, s.UpTo); err != nil {
			return err
		}
		return notify.MarkRead(tx, v.ID, topic, s.ahead(tx.DB))
	})
}

const carryOn = "on conflict (member_id, topic_id) do update set number = excluded.number, at = excluded.at, since = coalesce(topic_reads.since, excluded.since) where topic_reads.number"

// setRead carries the mark forward, to the last post at the most.
func setRead(tx *store.Tx, member, topic id.ID, number int64) error {
	return carryRead(tx, member, topic, number, 0)
}

// readOwn carries the mark over what the member wrote just now. What they had not read before it stays unread,
// and their own post with it, until they come to it.
func readOwn(tx *store.Tx, member, topic id.ID, number int64) error {
	return carryRead(tx, member, topic, number, number-1)
}

// carryRead carries the mark from a post on: one that stands before it stays where it is.
func carryRead(tx *store.Tx, member, topic id.ID, number, from int64) error {
	var marks []struct {
		Since  time.Time
		Number int64
	}
	err := tx.Raw(`insert into topic_reads (member_id, topic_id, number, at, since)
		select ?, id, case when last_number < ? then last_number else ? end, ?, ? from topics where id = ?
			and not exists (select 1 from topic_reads as mine where mine.member_id = ? and mine.topic_id = topics.id and mine.number < ?)
		`+carryOn+` < excluded.number returning since, number`,
		member, number, number, tx.Now, tx.Now, topic, member, from).Scan(&marks).Error
	if err != nil || len(marks) == 0 {
		return err
	}
	tx.Say(Read{member, topic, marks[0].Number})
	return trackAfter(tx, member, topic, tx.Now.Sub(marks[0].Since))
}
