package jobs

import (
	"context"
	"time"
)

const (
	sweepEvery = time.Hour
	sweepStep  = 500 // rows in one transaction, so that none holds the database for long
)

// sweeps drops what ended, now and every hour.
func (d *Desk) sweeps(ctx context.Context) {
	for {
		d.sweep(ctx)
		select {
		case <-ctx.Done():
			return
		case <-time.After(sweepEvery):
		}
	}
}

func (d *Desk) sweep(ctx context.Context) {
	for name, sweep := range map[string]func(context.Context) error{
		"jobs":      d.club.Queue.Sweep,
		"sign-ins":  d.club.Members.Sweep,
		"changes":   inSteps(d.club.Streams.Sweep),
		"uploads":   d.club.Files.Sweep,
		"tops":      inSteps(d.club.Forum.SweepTops),
		"bookmarks": d.club.Forum.SweepBookmarks,
		"drafts":    d.club.Drafts.Sweep,
		"letters":   inSteps(d.club.Bell.SweepLetters),
		"rooms":     inSteps(d.club.Chat.SweepRooms),
		"previews":  inSteps(d.club.Previews.Sweep),
	} {
		d.complain(ctx, "sweep "+name, sweep(ctx))
	}
}

func inSteps(sweep func(ctx context.Context, most int) (int64, error)) func(context.Context) error {
	return func(ctx context.Context) error {
		for {
			if gone, err := sweep(ctx, sweepStep); err != nil || gone == 0 {
				return err
			}
		}
	}
}
