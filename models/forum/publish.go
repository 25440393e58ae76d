package forum

import (
	"context"
	"strings"

	"guildhall/models/access"
	"guildhall/models/draft"
	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// Publish starts a scheduled topic now: its author's to do, who reads what is wrong with it and puts it
// right.
func (f *Forum) Publish(ctx context.Context, v access.Viewer, key id.ID) (t Topic, err error) {
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		v, err := f.access.Renew(tx, v)
		if err != nil {
			return err
		}
		s, err := lockScheduled(tx, key)
		if err != nil {
			return err
		}
		if s.AuthorID != v.ID {
			return noScheduled()
		}
		if t, err = f.publish(tx, v, s, s.Tags(), ""); err != nil {
			return err
		}
		return queue.Cancel(tx, s.job())
	})
	return t, err
}

// PublishDue starts a scheduled topic whose time has come, as its author, who is asked again whether they
// may, and whose tags are. A tag that it cannot have any more is left out. Where it cannot be started,
// it waits with them as they wrote it; either way they are told. An order that is stale does nothing.
func (f *Forum) PublishDue(ctx context.Context, job PublishJob) error {
	return f.store.Write(ctx, func(tx *store.Tx) error {
		s, err := lockScheduled(tx, job.Scheduled)
		if problem.Of(err) != nil {
			return nil
		}
		if err != nil || s.State != Waits || !s.PublishAt.Equal(job.At) || s.PublishAt.After(tx.Now) {
			return err
		}
		t, without, err := f.publishFor(tx, s)
		if err == nil {
			return notify.Tell(tx, notify.Line{Kind: notify.Published, At: t.ID, Subject: s.ID}, s.AuthorID)
		}
		p := problem.Of(err)
		if p == nil {
			return err
		}
		s.State, s.Refused = Refused, strings.TrimSpace(without+" "+p.Text)
		if err := tx.Save(&s).Error; err != nil {
			return err
		}
		return notify.Tell(tx, notify.Line{Kind: notify.Unpublished, Subject: s.ID}, s.AuthorID)
	})
}

// publishFor starts the topic as its author, without the tags that it cannot have; without says which.
func (f *Forum) publishFor(tx *store.Tx, s Scheduled) (t Topic, without string, err error) {
	v, err := f.members.Viewer(tx.Context(), s.AuthorID)
	if err != nil {
		return t, "", err
	}
	if err := v.CanStart(s.SpaceID); err != nil { // nobody learns which tags a space has that closed to them
		return t, "", err
	}
	kept, gone, err := f.stillTags(tx.DB, v, s.SpaceID, s.Tags())
	if err != nil {
		return t, "", err
	}
	without = leftOut(gone)
	t, err = f.publish(tx, v, s, kept, without)
	return t, without, err
}

// publish starts the topic, with its author's key: whatever tries it twice starts it once.
func (f *Forum) publish(tx *store.Tx, v access.Viewer, s Scheduled, tags []string, without string) (Topic, error) {
	t, err := f.Start(tx.Context(), v, s.SpaceID, Draft{Key: s.Key, Title: s.Title, Text: s.Source, Tags: tags})
	if err != nil {
		return t, err
	}
	s.State, s.TopicID, s.Refused = Published, &t.ID, without
	if err := tx.Save(&s).Error; err != nil {
		return t, err
	}
	if err := files.HoldScheduled(tx, s.ID, s.AuthorID, nil); err != nil {
		return t, err
	}
	return t, draft.End(tx, draft.Scheduled, s.ID, s.AuthorID)
}

// leftOut says which tags a topic cannot have any more.
func leftOut(tags []string) string {
	switch len(tags) {
	case 0:
		return ""
	case 1:
		return "The tag “" + tags[0] + "” was left out: it cannot be given here any more."
	}
	return "The tags “" + strings.Join(tags, "”, “") + "” were left out: they cannot be given here any more."
}
