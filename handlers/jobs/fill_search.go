package jobs

import (
	"context"

	"guildhall/models/queue"
)

// fillSearch writes the next stretch of cards of a club that is older than its index.
func (d *Desk) fillSearch(ctx context.Context, _ queue.Job) error { return d.club.Search.Fill(ctx) }
