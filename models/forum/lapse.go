package forum

import (
	"time"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/store"
)

// settle makes a topic that was read by itself what it is: with what its place says of it, and without
// what ended by the clock.
func (t *Topic) settle(p access.Place, now time.Time) {
	t.Hidden, t.Taster, t.Unlisted, t.Archived = p.Hidden, p.Taster, p.Unlisted, p.Archived
	t.lapse(now)
}

// lapse takes off a pin whose time is over: nobody has to be there when it ends.
func (t *Topic) lapse(now time.Time) {
	if t.PinnedUntil != nil && !t.PinnedUntil.After(now) {
		t.PinnedAt, t.PinnedUntil = nil, nil
	}
}

// lapse is that of each topic of a list.
func lapse(topics []Listed, now time.Time) {
	for i := range topics {
		topics[i].lapse(now)
	}
}

// lapsed notes that a timer did nothing, as whoever set it may not any more.
func lapsed(tx *store.Tx, t Topic, m Timer) error {
	return audit.Write(tx, audit.Line{What: "timer.lapsed", Space: t.SpaceID, Place: t.ID, Subject: t.ID, Why: m.Why, Detail: string(m.Do)})
}
