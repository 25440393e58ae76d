package forum

import (
	"context"
	"time"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// Announce puts a topic before everybody who may read it, until then if until is given, or takes it
// back: an owner's to do. Announced anew, it is shown again to those who dismissed it.
func (f *Forum) Announce(ctx context.Context, v access.Viewer, topic id.ID, on bool, until *time.Time) (t Topic, err error) {
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		if v, t, err = f.lockTopic(tx, v, topic); err != nil {
			return err
		}
		if err := v.CanOwn(); err != nil {
			return err
		}
		if on && until != nil && !until.After(tx.Now) {
			return problem.Invalid("until", "Choose a day to come, or none.")
		}
		back, err := unannounce(tx, t)
		if err != nil {
			return err
		}
		if on {
			row := map[string]any{"topic_id": t.ID, "by_id": v.ID, "at": tx.Now, "until": until}
			if err := tx.Table("announcements").Create(row).Error; err != nil {
				return err
			}
		}
		line := audit.Line{By: v.ID, What: what(announced, unannounced, on), Space: t.SpaceID, Place: t.ID, Subject: t.ID, Back: asText(back)}
		if err := audit.Write(tx, line); err != nil {
			return err
		}
		_, err = stream.Add(tx, t.ID, stream.Moved, t.ID)
		return err
	})
	return t, err
}

// unannounce takes an announcement of t away, if there is one, and returns what brings back how it was.
func unannounce(tx *store.Tx, t Topic) (back Command, err error) {
	var was []struct{ Until *time.Time }
	if err := tx.Table("announcements").Select("until").Where("topic_id = ?", t.ID).Find(&was).Error; err != nil {
		return back, err
	}
	if back.Do = toUnannounce; len(was) > 0 {
		back = Command{Do: toAnnounce, Until: was[0].Until}
	}
	return back, tx.Exec("delete from announcements where topic_id = ?", t.ID).Error
}

// Dismiss lets v see an announcement no more.
func (f *Forum) Dismiss(ctx context.Context, v access.Viewer, topic id.ID) error {
	if err := v.CanChange(); err != nil {
		return err
	}
	return f.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Exec(`insert into announcements_seen (member_id, topic_id, at) select ?, topic_id, ? from announcements where topic_id = ?
			on conflict (member_id, topic_id) do nothing`, v.ID, tx.Now, topic).Error
	})
}

// announcedNow tells whether a topic is announced at an instant.
const announcedNow = "exists (select 1 from announcements where announcements.topic_id = topics.id and (announcements.until is null or announcements.until > ?))"

// maxAnnounced is how many announcements stand above a list at the most.
const maxAnnounced = 3

// Announced lists the announcements that v may read and has not dismissed, the latest first.
func (f *Forum) Announced(ctx context.Context, v access.Viewer) (topics []Listed, err error) {
	err = f.announced(ctx, v).Find(&topics).Error
	return topics, err
}

func (f *Forum) announced(ctx context.Context, v access.Viewer) *store.DB {
	return f.listed(ctx, v).Joins("join announcements on announcements.topic_id = topics.id and (announcements.until is null or announcements.until > ?)", f.store.Now(ctx)).
		Where("topics.id in (select topic_id from announcements)"). // SQLite would go through all topics for the few
		Where("not exists (select 1 from announcements_seen as seen where seen.topic_id = topics.id and seen.member_id = ?)", v.ID).
		Order("announcements.at desc, topics.id desc").Limit(maxAnnounced)
}
