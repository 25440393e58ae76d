package main

import (
	"context"
	"errors"
	"fmt"

	"guildhall/handlers"
	"guildhall/models"
	"guildhall/models/founding"
	"guildhall/models/site"
)

type owner struct{}

// Run prints a link that founds the club or, once that is done, signs its first owner in. Whoever
// may run this may read the database anyway.
func (owner) Run(ctx context.Context) (err error) {
	conf, err := settings()
	if err != nil {
		return err
	}
	club, err := models.Open(ctx, conf.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, club.Close()) }()
	return printLink(ctx, club, conf, "The owner's way in")
}

// printLink makes a one-time link, which ends those before it.
func printLink(ctx context.Context, club *models.Club, conf handlers.Config, what string) error {
	secret, err := club.Founding.Link(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%s, once and within %.0f hours: %s%s\n", what, founding.LinkLasts.Hours(), conf.BaseURL, handlers.SetupPath(secret))
	return nil
}

// invite prints the link that sets up a club which nobody has founded yet.
func invite(ctx context.Context, club *models.Club, conf handlers.Config) error {
	if _, err := club.Site.Club(ctx); !errors.Is(err, site.ErrNotFounded) {
		return err
	}
	return printLink(ctx, club, conf, "Set it up")
}
