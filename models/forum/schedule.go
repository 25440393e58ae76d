package forum

import (
	"context"
	"fmt"
	"time"

	"guildhall/models/access"
	"guildhall/models/draft"
	"guildhall/models/files"
	"guildhall/models/id"
	"guildhall/models/notify"
	"guildhall/models/problem"
	"guildhall/models/queue"
	"guildhall/models/store"
)

// PublishDue is the work of starting a topic that was scheduled.
var PublishDue = queue.NewKind("topic.publish", queue.Normal)

// PublishJob names a scheduled topic, and the time for which it was queued.
type PublishJob struct {
	Scheduled id.ID
	At        time.Time
}

// Scheduled is a topic that will be started at a time. Until then there is none: it is its author's, and
// is shown to those who look after the space.
type Scheduled struct {
	ID        id.ID
	SpaceID   id.ID
	AuthorID  id.ID
	Key       string
	Title     string
	Source    string
	PublishAt time.Time
	State     string // one of the below
	Refused   string // why it was not started
	TopicID   *id.ID
	CreatedAt time.Time
}

// States of a scheduled topic.
const (
	Waits     = "waiting"
	Published = "published"
	Refused   = "refused"
	Cancelled = "cancelled"
)

// TableName is where scheduled topics are kept.
func (Scheduled) TableName() string { return "scheduled_topics" }

// MaxScheduled is how many topics of one member may wait.
const MaxScheduled = 20

// Schedule keeps a topic to be started at a time, by somebody who may start one there now and is asked
// again then. The same d.Key twice schedules once.
func (f *Forum) Schedule(ctx context.Context, v access.Viewer, space id.ID, d Draft, at time.Time) (s Scheduled, err error) {
	text, err := d.whole()
	if err != nil {
		return s, err
	}
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		v, err := f.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if err := v.CanStart(space); err != nil {
			return err
		}
		if found, err := again(tx, &s, "author_id = ? and key = ?", v.ID, d.Key); found || err != nil {
			return err
		}
		if err := isAhead(tx, at); err != nil {
			return err
		}
		var n int64
		if err := tx.Model(&Scheduled{}).Where("author_id = ? and state = ?", v.ID, Waits).Count(&n).Error; err != nil {
			return err
		}
		if n >= MaxScheduled {
			return problem.Conflict("At most %d topics wait to be published. Publish or cancel one first.", MaxScheduled)
		}
		s = Scheduled{
			ID: tx.NewID(), SpaceID: space, AuthorID: v.ID, Key: d.Key, Title: d.Title, Source: d.Text,
			PublishAt: at.UTC().Truncate(time.Second), State: Waits, CreatedAt: tx.Now,
		}
		if err := tx.Create(&s).Error; err != nil {
			return err
		}
		if err := draft.End(tx, v.ID, draft.Topic, space); err != nil {
			return err
		}
		return f.queueFor(tx, v, s, text.Files)
	})
	return s, err
}

// queueFor queues the publication, and keeps the files of the text until then.
func (f *Forum) queueFor(tx *store.Tx, v access.Viewer, s Scheduled, named []string) error {
	if err := files.KeepUntil(tx, v, named, s.PublishAt); err != nil {
		return err
	}
	return queue.Add(tx, queue.Work{
		Kind: PublishDue, Key: fmt.Sprintf("topic.publish.%s.%d", s.ID, s.PublishAt.Unix()), Payload: PublishJob{s.ID, s.PublishAt}, At: s.PublishAt,
	})
}

func isAhead(tx *store.Tx, at time.Time) error {
	if !at.After(tx.Now) || at.Sub(tx.Now) > maxAhead {
		return problem.Invalid("at", "Choose a time that is still to come, within two years.")
	}
	return nil
}

// Reschedule changes a topic that waits, or one that was refused: its text, its time, or both. It is its
// author's to do.
func (f *Forum) Reschedule(ctx context.Context, v access.Viewer, key id.ID, d Draft, at time.Time) (s Scheduled, err error) {
	text, err := d.whole()
	if err != nil {
		return s, err
	}
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		v, err := f.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if s, err = lockScheduled(tx, key); err != nil {
			return err
		}
		if s.AuthorID != v.ID || v.CanEnter(s.SpaceID) != nil {
			return noScheduled()
		}
		if err := v.CanStart(s.SpaceID); err != nil {
			return err
		}
		if err := isAhead(tx, at); err != nil {
			return err
		}
		s.Title, s.Source, s.PublishAt, s.State, s.Refused = d.Title, d.Text, at.UTC().Truncate(time.Second), Waits, ""
		if err := tx.Save(&s).Error; err != nil {
			return err
		}
		return f.queueFor(tx, v, s, text.Files)
	})
	return s, err
}

// Cancel takes a topic that waits away: its author's to do, or that of those who look after the space.
func (f *Forum) Cancel(ctx context.Context, v access.Viewer, key id.ID) (s Scheduled, err error) {
	err = f.store.Write(ctx, func(tx *store.Tx) error {
		v, err := f.access.Renew(tx, v)
		if err != nil {
			return err
		}
		if s, err = lockScheduled(tx, key); err != nil {
			return err
		}
		if s.AuthorID != v.ID && !v.Keeps(s.SpaceID) {
			return noScheduled()
		}
		s.State = Cancelled
		return tx.Save(&s).Error
	})
	return s, err
}

// Publish starts a scheduled topic now: its author's to do.
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
		t, err = f.publish(tx, v, s)
		return err
	})
	return t, err
}

// PublishDue starts a scheduled topic whose time has come, as its author, who is asked again whether they
// may. Where they may not, they are told why, and it waits with them. An order that is stale does nothing.
func (f *Forum) PublishDue(ctx context.Context, job PublishJob) error {
	return f.store.Write(ctx, func(tx *store.Tx) error {
		s, err := lockScheduled(tx, job.Scheduled)
		if problem.Of(err) != nil {
			return nil
		}
		if err != nil || s.State != Waits || !s.PublishAt.Equal(job.At) || s.PublishAt.After(tx.Now) {
			return err
		}
		v, err := f.members.Viewer(tx.Context(), s.AuthorID)
		if err == nil {
			_, err = f.publish(tx, v, s)
		}
		p := problem.Of(err)
		if p == nil {
			return err
		}
		s.State, s.Refused = Refused, p.Text
		if err := tx.Save(&s).Error; err != nil {
			return err
		}
		return notify.Tell(tx, notify.Line{Kind: notify.Unpublished, Subject: s.ID}, s.AuthorID)
	})
}

// publish starts the topic, with its author's key: whatever tries it twice starts it once.
func (f *Forum) publish(tx *store.Tx, v access.Viewer, s Scheduled) (Topic, error) {
	t, err := f.Start(tx.Context(), v, s.SpaceID, Draft{Key: s.Key, Title: s.Title, Text: s.Source})
	if err != nil {
		return t, err
	}
	s.State, s.TopicID, s.Refused = Published, &t.ID, ""
	return t, tx.Save(&s).Error
}

// lockScheduled returns one that can still be changed, held.
func lockScheduled(tx *store.Tx, key id.ID) (s Scheduled, err error) {
	err = store.ForUpdate(tx.DB).Where("id = ? and state in ?", key, []string{Waits, Refused}).Limit(1).Find(&s).Error
	if err == nil && s.ID == 0 {
		err = noScheduled()
	}
	return s, err
}

func noScheduled() error {
	return problem.Missing("There is no such topic waiting to be published.")
}
