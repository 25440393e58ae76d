package jobs

import (
	"context"

	"guildhall/models/forum"
	"guildhall/models/queue"
)

// tellFollowers tells the next of those who watch where a post was written.
func (d *Desk) tellFollowers(ctx context.Context, job queue.Job) error {
	var work forum.Telling
	if err := job.Read(&work); err != nil {
		return err
	}
	return d.club.Forum.TellFollowers(ctx, work)
}

// remind tells a member of what they kept, now that the time has come that they chose.
func (d *Desk) remind(ctx context.Context, job queue.Job) error {
	var work forum.Reminding
	if err := job.Read(&work); err != nil {
		return err
	}
	return d.club.Forum.Remind(ctx, work)
}
