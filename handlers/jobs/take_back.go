package jobs

import (
	"context"

	"guildhall/models/queue"
	"guildhall/models/safety"
)

// takeBack removes the next stretch of what a removed member wrote.
func (d *Desk) takeBack(ctx context.Context, job queue.Job) error {
	var work safety.TakeBackJob
	if err := job.Read(&work); err != nil {
		return err
	}
	return d.club.Safety.TakeBack(ctx, work)
}
