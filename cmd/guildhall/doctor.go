package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"

	"guildhall/handlers"
	"guildhall/models"
	"guildhall/models/site"
)

type doctor struct {
	Ledger bool `help:"Count everybody's score anew, and compare."`
}

// mostOff is the largest relative difference between a kept score and a recounted one that
// arithmetic explains.
const mostOff = 1e-9

var errIll = errors.New("what is marked above should be put right")

// Run prints what it finds, and fails when any of it is wrong.
func (cmd doctor) Run(ctx context.Context) (err error) {
	conf, err := settings()
	if err != nil {
		return err
	}
	club, err := models.Look(ctx, conf.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, club.Close()) }()
	if err := shelve(club, conf); err != nil {
		return err
	}
	found, err := club.Doctor(ctx)
	found = append(found, bus(&conf)...)
	if cmd.Ledger && err == nil {
		var ledger models.Finding
		ledger, err = recount(ctx, club)
		found = append(found, ledger)
	}
	return errors.Join(tell(found), err)
}

// bus is what is found of the bus, where the settings name one. The club serves without it, but its
// instances then hear of each other through the database alone.
func bus(conf *handlers.Config) []models.Finding {
	server, on, err := conf.CheckBus()
	if !on {
		return nil
	}
	f := models.Finding{Name: "bus", Value: server}
	if err != nil {
		f.Wrong = err.Error()
	}
	return []models.Finding{f}
}

func recount(ctx context.Context, club *models.Club) (models.Finding, error) {
	if _, err := club.Site.Club(ctx); errors.Is(err, site.ErrNotFounded) {
		return models.Finding{Name: "ledger", Value: "the club is not founded yet"}, nil
	}
	worst, members, err := club.Standing.Recount(ctx)
	f := models.Finding{Name: "ledger", Value: fmt.Sprintf("%d members, worst difference %.1e", members, worst)}
	if worst > mostOff {
		f.Wrong = fmt.Sprintf("scores should be within %.0e of their ledger", mostOff)
	}
	return f, err
}

func tell(found []models.Finding) error {
	var ill error
	out := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	for _, f := range found {
		mark := "ok"
		if f.Wrong != "" {
			mark, ill = "wrong: "+f.Wrong, errIll
		}
		fmt.Fprintf(out, "%s\t%s\t%s\n", f.Name, f.Value, mark)
	}
	return errors.Join(out.Flush(), ill)
}
