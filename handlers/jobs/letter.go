package jobs

import (
	"context"

	"guildhall/models/letters"
	"guildhall/models/queue"
)

// deliverLetter brings a letter whose time has come to those it is for, if its writer still may write.
func (d *Desk) deliverLetter(ctx context.Context, job queue.Job) error {
	var work letters.DeliverJob
	if err := job.Read(&work); err != nil {
		return err
	}
	return d.club.Letters.DeliverDue(ctx, work)
}
