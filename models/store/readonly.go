package store

import (
	"context"

	"guildhall/models/problem"
)

type readOnlyKey struct{}

// ReadOnly returns a ctx in which Write refuses whatever it is: for those who only ever read, so
// that a change which forgets to ask who makes it is refused all the same.
func ReadOnly(ctx context.Context) context.Context {
	return context.WithValue(ctx, readOnlyKey{}, true)
}

var errReadOnly = problem.Refused("Nothing can be changed this way. Do this on the pages of the club.")

func readOnly(ctx context.Context) bool { return ctx.Value(readOnlyKey{}) != nil }
