package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"guildhall/models"
)

// foundDemo founds the demo club if there is no club yet, and says how far it is.
func foundDemo(ctx context.Context, club *models.Club, out io.Writer) error {
	founded, err := club.Founded(ctx)
	if err != nil || founded {
		return err
	}
	began, last := time.Now(), -1
	err = club.Founding.Demo(ctx, func(done, all int) {
		if percent := done * 100 / all; percent/5 > last/5 {
			last = percent
			fmt.Fprintf(out, "\rFounding the demo club: %d of 100", percent)
		}
	})
	if err != nil {
		return fmt.Errorf("found the demo club: %w", err)
	}
	fmt.Fprintf(out, "\rThe demo club stands, after %.1f s.      \n", time.Since(began).Seconds())
	return nil
}
