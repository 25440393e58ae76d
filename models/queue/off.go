package queue

import (
	"context"
	"errors"
	"time"

	"guildhall/models/store"
)

// off is what a job answers that is not to be done yet.
type off struct{ until time.Time }

func (o off) Error() string { return "put off until " + o.until.UTC().Format(time.RFC3339) }

// Off is the answer of a job that found that it is not to be done before then.
func Off(until time.Time) error { return off{until} }

// Until tells whether a job answered that it is to be put off, and until when.
func Until(err error) (until time.Time, ok bool) {
	var o off
	ok = errors.As(err, &o)
	return o.until, ok
}

// PutOff lets a job wait until then. It has not failed by it: it may be put off as often as need be.
func (q *Queue) PutOff(ctx context.Context, j Job, until time.Time) error {
	return q.store.Write(ctx, func(tx *store.Tx) error {
		return tx.Exec("update jobs set state = 'waiting', attempts = attempts - 1, run_at = ?, error = '' where id = ? and fence = ? and state = 'running'",
			until.UTC(), j.ID, j.Fence).Error
	})
}
