package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"guildhall/models"
	"guildhall/models/founding"
)

type seed struct {
	Members int `help:"How many members to add, up to 1,000,000." default:"1000"`
}

// Run adds a crowd, to see how a large club behaves.
func (cmd seed) Run(ctx context.Context) (err error) {
	conf, err := settings()
	if err != nil {
		return err
	}
	club, err := models.Open(ctx, conf.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, club.Close()) }()
	began := time.Now()
	if err := club.Founding.Seed(ctx, cmd.Members, percent(os.Stdout, "Seeding")); err != nil {
		return err
	}
	fmt.Printf("\r%d members are there, after %.1f s.      \n", cmd.Members, time.Since(began).Seconds())
	return nil
}

// percent says how far a long founding is, at every twentieth of it.
func percent(out io.Writer, what string) founding.Progress {
	last := -1
	return func(done, all int) {
		if now := done * 100 / all; now/5 > last/5 {
			last = now
			fmt.Fprintf(out, "\r%s: %d of 100", what, now)
		}
	}
}
