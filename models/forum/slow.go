package forum

import (
	"time"

	"guildhall/models/access"
	"guildhall/models/problem"
	"guildhall/models/store"
)

// waited is nil when v may reply in t by its slow mode, which is not for those who look after the space.
// The topic is held, so no two replies of one member pass at once.
func waited(tx *store.Tx, v access.Viewer, t Topic) error {
	if t.SlowSeconds == 0 || v.Keeps(t.SpaceID) {
		return nil
	}
	var last Post
	err := tx.Where("topic_id = ? and author_id = ? and number > 1", t.ID, v.ID).Order("number desc").Limit(1).Find(&last).Error
	if err != nil || last.ID == 0 {
		return err
	}
	if left := t.left(last.CreatedAt, tx.Now); left > 0 {
		return problem.TooSoon(left, "This topic is in slow mode. You can reply again in %s.", ahead(left))
	}
	return nil
}

// left is how long somebody waits who replied at that instant.
func (t Topic) left(replied, now time.Time) time.Duration {
	return max(0, replied.Add(time.Duration(t.SlowSeconds)*time.Second).Sub(now))
}

// ahead says a stretch of time that is to pass, rounded up.
func ahead(d time.Duration) string {
	n, unit := int64((d+time.Second-1)/time.Second), "second"
	if n >= 120 {
		n, unit = (n+59)/60, "minute"
	}
	if n >= 120 {
		n, unit = (n+59)/60, "hour"
	}
	if n == 1 {
		return "a " + unit
	}
	return decimal(n) + " " + unit + "s"
}

// replied notes when v replied, for the composer's countdown.
func replied(tx *store.Tx, v access.Viewer, t Topic) error {
	if t.SlowSeconds == 0 {
		return nil
	}
	return tx.Exec("update topic_reads set replied_at = ? where member_id = ? and topic_id = ?", tx.Now, v.ID, t.ID).Error
}

// Wait is how long v waits until they may reply again by the topic's slow mode.
func (l Listed) Wait(v access.Viewer, now time.Time) time.Duration {
	if l.SlowSeconds == 0 || l.RepliedAt == nil || v.Keeps(l.SpaceID) {
		return 0
	}
	return l.left(*l.RepliedAt, now)
}
