package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/id"
	"guildhall/models/problem"
)

// ScheduledBy lists v's own topics that wait, or were refused, the next first: where v may still read. What
// was meant for a space that has closed to them is theirs, but says nothing of the space.
func (f *Forum) ScheduledBy(ctx context.Context, v access.Viewer) (all []Scheduled, err error) {
	if !v.SignedIn() {
		return nil, nil
	}
	err = f.store.Read(ctx).Where("author_id = ? and state in ?", v.ID, []string{Waits, Refused}).Order("publish_at, id").Limit(2 * MaxScheduled).Find(&all).Error
	return all, err
}

// ScheduledIn lists what waits to be published in a space, the next first, for those who look after it.
func (f *Forum) ScheduledIn(ctx context.Context, v access.Viewer, space id.ID) (all []Scheduled, err error) {
	if !v.Keeps(space) {
		return nil, problem.Refused("Only the moderators of this space can do that.")
	}
	err = f.store.Read(ctx).Scopes(access.Keeping(v, "space_id")).Where("space_id = ? and state = ?", space, Waits).Order("publish_at, id").Limit(logPage).Find(&all).Error
	return all, err
}

// ScheduledOne returns a topic that waits or was refused, for its author.
func (f *Forum) ScheduledOne(ctx context.Context, v access.Viewer, key id.ID) (s Scheduled, err error) {
	err = f.store.Read(ctx).Where("id = ? and author_id = ? and state in ?", key, v.ID, []string{Waits, Refused}).Limit(1).Find(&s).Error
	if err == nil && s.ID == 0 {
		err = noScheduled()
	}
	return s, err
}
