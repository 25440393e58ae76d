package jobs

import (
	"context"

	"guildhall/models/forum"
	"guildhall/models/queue"
)

// topicTimer looks whether a timer of a topic still stands and is due.
func (d *Desk) topicTimer(ctx context.Context, job queue.Job) error {
	var work forum.TimerJob
	if err := job.Read(&work); err != nil {
		return err
	}
	return d.club.Forum.RunTimer(ctx, work)
}

// publishTopic starts a topic that was scheduled, if its author still may.
func (d *Desk) publishTopic(ctx context.Context, job queue.Job) error {
	var work forum.PublishJob
	if err := job.Read(&work); err != nil {
		return err
	}
	return d.club.Forum.PublishDue(ctx, work)
}
