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

// Doctor says how the database is set up, line by line, with what is wrong about it.
func (c *Club) Doctor(ctx context.Context) ([]Finding, error) { return c.store.Doctor(ctx) }

// Now is the time of rules, for pages that say how long ago something was.
func (c *Club) Now(ctx context.Context) time.Time { return c.store.Now(ctx) }
