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
	began := time.Now()
	err = club.Founding.Demo(ctx, percent(out, "Founding the demo club"))
	if err != nil {
		return fmt.Errorf("found the demo club: %w", err)
	}
	fmt.Fprintf(out, "\rThe demo club stands, after %.1f s.      \n", time.Since(began).Seconds())
	return nil
}
