package forum

import (
	"context"

	"guildhall/models/access"
	"guildhall/models/audit"
	"guildhall/models/id"
	"guildhall/models/problem"
	"guildhall/models/store"
	"guildhall/models/stream"
)

// maxPinned is how many topics of a space may stand at its top.
const maxPinned = 2

// Pin puts a topic at the top of its space, or takes it down.
func (f *Forum) Pin(ctx context.Context, v access.Viewer, topic id.ID, on bool) (Topic, error) {
	return f.care(ctx, v, topic, what("topic.pinned", "topic.unpinned", on), func(tx *store.Tx, t *Topic) error {
		t.PinnedAt = nil
		if on {
			var n int64
			if err := tx.Model(&Topic{}).Where("space_id = ? and pinned_at is not null and id <> ?", t.SpaceID, t.ID).Count(&n).Error; err != nil {
				return err
			}
			if n >= maxPinned {
				return problem.Conflict("At most %d topics are pinned in a space. Unpin another first.", maxPinned)
			}
			t.PinnedAt = &tx.Now
		}
		return tx.Model(t).Select("pinned_at").Updates(t).Error
	})
}

// Close ends a topic's replies for all but moderators, or opens it again.
func (f *Forum) Close(ctx context.Context, v access.Viewer, topic id.ID, on bool) (Topic, error) {
	return f.care(ctx, v, topic, what("topic.closed", "topic.opened", on), func(tx *store.Tx, t *Topic) error {
		t.ClosedAt, t.ClosedBy = nil, nil
		if on {
			t.ClosedAt, t.ClosedBy = &tx.Now, &v.ID
		}
		return tx.Model(t).Select("closed_at", "closed_by").Updates(t).Error
	})
}

// Hide takes a topic out of everybody's sight but its moderators', or restores it.
func (f *Forum) Hide(ctx context.Context, v access.Viewer, topic id.ID, on bool) (Topic, error) {
	return f.care(ctx, v, topic, what("topic.hidden", "topic.restored", on), func(tx *store.Tx, t *Topic) error {
		if err := f.access.Hide(tx, v, t.Place(), on); err != nil {
			return err
		}
		t.Hidden = on
		return access.RaiseClub(tx) // open pages ask again whether they may still hear it
	})
}

// Move carries a topic to another space that v moderates too. Its old address leads whoever may
// read it there to the new one.
func (f *Forum) Move(ctx context.Context, v access.Viewer, topic, to id.ID) (Topic, error) {
	return f.care(ctx, v, topic, "topic.moved", func(tx *store.Tx, t *Topic) error {
		if t.SpaceID == to {
			return nil
		}
		if err := f.access.MovePlace(tx, v, t.Place(), to); err != nil {
			return err
		}
		t.SpaceID, t.PinnedAt = to, nil
		if err := access.RaiseClub(tx); err != nil {
			return err
		}
		return tx.Model(t).Select("pinned_at").Updates(t).Error
	})
}

// Retitle changes a topic's title: its author's or a moderator's to do.
func (f *Forum) Retitle(ctx context.Context, v access.Viewer, topic id.ID, title string) (t Topic, err error) {
	d := Draft{Title: title}
	if err := d.checkTitle(); err != nil {
		return t, err
	}
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		if v, t, err = f.lockTopic(tx, v, topic); err != nil {
			return err
		}
		if !v.Keeps(t.SpaceID) && (t.AuthorID != v.ID || t.Closed()) {
			return problem.Refused("Only its author and the moderators of this space can change the title.")
		}
		if err := mayStill(v, t); err != nil {
			return err
		}
		t.Title = d.Title
		if err := tx.Model(&t).Select("title").Updates(&t).Error; err != nil {
			return err
		}
		if err := refile(tx, t); err != nil {
			return err
		}
		_, err := stream.Add(tx, t.ID, stream.Moved, t.ID)
		return err
	})
	return t, err
}

// care lets a moderator change a topic, writes down that they did, and tells the open pages.
func (f *Forum) care(ctx context.Context, v access.Viewer, topic id.ID, deed string, fn func(*store.Tx, *Topic) error) (t Topic, err error) {
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		if v, t, err = f.lockTopic(tx, v, topic); err != nil {
			return err
		}
		if err := v.CanModerate(t); err != nil {
			return err
		}
		from := t.SpaceID
		if err := fn(tx, &t); err != nil {
			return err
		}
		if err := audit.Write(tx, audit.Line{By: v.ID, What: deed, Space: from, Subject: t.ID}); err != nil {
			return err
		}
		_, err := stream.Add(tx, t.ID, stream.Moved, t.ID)
		return err
	})
	return t, err
}

func what(on, off string, yes bool) string {
	if yes {
		return on
	}
	return off
}
