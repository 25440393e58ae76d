package jobs

import (
	"context"

	"guildhall/models/id"
	"guildhall/models/queue"
)

// askPreview asks for a page that somebody shows.
func (d *Desk) askPreview(ctx context.Context, job queue.Job) error {
	var page id.ID
	if err := job.Read(&page); err != nil {
		return err
	}
	return d.club.Previews.Fetch(ctx, page)
}

// redrawPreviews draws the next stretch of cards after their rules changed.
func (d *Desk) redrawPreviews(ctx context.Context, job queue.Job) error {
	var after int64
	if err := job.Read(&after); err != nil {
		return err
	}
	return d.club.Previews.Redraw(ctx, after)
}
