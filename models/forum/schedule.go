package forum

import (
	"context"
	"strings"
	"time"

	"guildhall/models/access"
	"guildhall/models/draft"
	"guildhall/models/files"
	"guildhall/models/id"
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
	TagNames  string // parted by blanks
	PublishAt time.Time
	State     string // one of the below
	Refused   string // why it was not started, or what it was started without
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

// Tags are the names of those that the topic is to begin with.
func (s Scheduled) Tags() []string { return strings.Fields(s.TagNames) }

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
		v, found, err := starts(tx, f.access, v, space, d, &s)
		if found || err != nil {
			return err
		}
		if err := isAhead(tx, at); err != nil {
			return err
		}
		if err := f.mayTag(tx.DB, v, space, d.Tags); err != nil {
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
			ID: tx.NewID(), SpaceID: space, AuthorID: v.ID, Key: d.Key, Title: d.Title, Source: d.Text, TagNames: strings.Join(d.Tags, " "),
			PublishAt: at.UTC().Truncate(time.Second), State: Waits, CreatedAt: tx.Now,
		}
		if err := tx.Create(&s).Error; err != nil {
			return err
		}
		if err := draft.End(tx, draft.Topic, space, v.ID); err != nil {
			return err
		}
		return f.queueFor(tx, s, text.Files)
	})
	return s, err
}

// queueFor queues the publication in place of one for another time, and keeps the files of the text until
// it is published or cancelled.
func (f *Forum) queueFor(tx *store.Tx, s Scheduled, named []string) error {
	if err := files.HoldScheduled(tx, s.ID, s.AuthorID, named); err != nil {
		return err
	}
	return queue.Instead(tx, queue.Work{Kind: PublishDue, Key: s.job(), Payload: PublishJob{s.ID, s.PublishAt}, At: s.PublishAt})
}

// job is the key of its publication.
func (s Scheduled) job() string { return "topic.publish." + s.ID.String() }

func isAhead(tx *store.Tx, at time.Time) error {
	if !at.After(tx.Now) || at.Sub(tx.Now) > maxAhead {
		return problem.Invalid("at", "Choose a time that is still to come, within two years.")
	}
	return nil
}

// Reschedule changes a topic that waits, or one that was refused: its text, its tags, its
// time, or all of them. It is its author's to do.
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
		if err := f.mayTag(tx.DB, v, s.SpaceID, d.Tags); err != nil {
			return err
		}
		s.Title, s.Source, s.TagNames = d.Title, d.Text, strings.Join(d.Tags, " ")
		s.PublishAt, s.State, s.Refused = at.UTC().Truncate(time.Second), Waits, ""
		if err := tx.Save(&s).Error; err != nil {
			return err
		}
		if err := draft.End(tx, draft.Scheduled, s.ID, v.ID); err != nil {
			return err
		}
		return f.queueFor(tx, s, text.Files)
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
		if err := tx.Save(&s).Error; err != nil {
			return err
		}
		if err := draft.End(tx, draft.Scheduled, s.ID, s.AuthorID); err != nil {
			return err
		}
		if err := files.HoldScheduled(tx, s.ID, s.AuthorID, nil); err != nil {
			return err
		}
		return queue.Cancel(tx, s.job())
	})
	return s, err
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
