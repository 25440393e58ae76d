package models

import (
	"context"
	"time"

	"guildhall/models/store"
)

// Finding is one line of what the doctor found.
type Finding = store.Finding

// Look wires a club over the database at url as it is: no migration is run.
func Look(ctx context.Context, url string) (*Club, error) {
	s, err := store.Open(ctx, url, store.System{})
	if err != nil {
		return nil, err
	}
	return Over(s), nil
}

// Doctor says how the database and the store of uploads are set up, line by line, with what is wrong
// about it.
func (c *Club) Doctor(ctx context.Context) ([]Finding, error) {
	found, err := c.store.Doctor(ctx)
	if err != nil {
		return found, err
	}
	where, err := c.Files.Check(ctx)
	uploads := Finding{Name: "uploads", Value: where}
	if err != nil {
		uploads.Wrong = err.Error()
	}
	return append(found, uploads), nil
}

// Now is the time of rules, for pages that say how long ago something was.
func (c *Club) Now(ctx context.Context) time.Time { return c.store.Now(ctx) }
