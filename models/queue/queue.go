// Package queue keeps work that must not be lost as rows, written in the transaction that asks
// for it, and hands it to workers one at a time.
package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"guildhall/models/id"
	"guildhall/models/store"
)

// Work is what is to be done.
type Work struct {
	Kind    Kind
	Key     string    // the same key twice is one job; empty for none
	Payload any       // kept as JSON: references, never content
	At      time.Time // not before; zero for at once
}

// Job is work that a worker holds. Its Fence tells this holding from a later one.
type Job struct {
	ID       id.ID
	Kind     Kind
	Payload  string
	Attempts int
	Fence    int64
}

// Read puts the payload into into.
func (j Job) Read(into any) error { return json.Unmarshal([]byte(j.Payload), into) }

type row struct {
	ID        id.ID
	Kind      string
	Key       *string
	Payload   string
	Priority  int
	RunAt     time.Time
	CreatedAt time.Time
}

func (row) TableName() string { return "jobs" }

// Add keeps work in tx, in one statement for each 500 of it. It is done at least once after the commit,
// and never if it fails.
func Add(tx *store.Tx, all ...Work) error {
	rows := make([]row, 0, len(all))
	for _, w := range all {
		r, err := w.row(tx)
		if err != nil {
			return err
		}
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		return nil
	}
	for _, w := range all {
		tx.Say(Added{w.Kind})
	}
	return store.OnConflictSkip(tx.DB).Create(&rows).Error
}

func (w Work) row(tx *store.Tx) (row, error) {
	if w.Kind == (Kind{}) {
		return row{}, errors.New("work of no kind: make one with queue.NewKind")
	}
	payload, err := json.Marshal(w.Payload)
	if err != nil {
		return row{}, fmt.Errorf("job %s: %w", w.Kind, err)
	}
	r := row{ID: tx.NewID(), Kind: w.Kind.name, Payload: string(payload), Priority: int(w.Kind.priority), RunAt: w.At, CreatedAt: tx.Now}
	if w.Key != "" {
		r.Key = &w.Key
	}
	if r.RunAt.IsZero() {
		r.RunAt = tx.Now
	}
	return r, nil
}

// Added is the event that there is new work: workers look at once instead of at their next turn.
type Added struct{ Kind Kind }

// Queue hands out work.
type Queue struct{ store *store.Store }

// New returns the queue of a database.
func New(s *store.Store) *Queue { return &Queue{s} }

// Lease is how long a worker may hold a job before another takes it up again.
const Lease = 2 * time.Minute

// MaxAttempts is after how many failures a job is dead. With the pauses of Fail that is three days.
const MaxAttempts = 16

// Take hands out the most urgent job that is due, of the given kinds; ok is false when none is.
func (q *Queue) Take(ctx context.Context, kinds []Kind) (j Job, ok bool, err error) {
	err = q.store.Write(ctx, func(tx *store.Tx) error {
		lock := ""
		if tx.Dialect() == "postgres" {
			lock = "for update skip locked"
		}
		var held []struct {
			ID       id.ID
			Kind     string
			Payload  string
			Attempts int
			Fence    int64
		}
		err := tx.Raw(`update jobs set state = 'running', attempts = attempts + 1, fence = fence + 1, locked_at = ?
			where id in (select id from jobs where kind in ? and ((state = 'waiting' and run_at <= ?) or (state = 'running' and locked_at < ? and attempts < ?))
			             order by priority, run_at, id limit 1 `+lock+`)
			returning id, kind, payload, attempts, fence`, tx.Now, names(kinds), tx.Now, tx.Now.Add(-Lease), MaxAttempts).Scan(&held).Error
		for _, h := range held {
			j, ok = Job{h.ID, named(kinds, h.Kind), h.Payload, h.Attempts, h.Fence}, true
		}
		return err
	})
	return j, ok && err == nil, err
}

// Done ends a job within the transaction of its effect. It fails, and so undoes the effect, when
// the lease was lost to another worker meanwhile.
func Done(tx *store.Tx, j Job) error {
	res := tx.Exec("update jobs set state = 'done', done_at = ?, error = '' where id = ? and fence = ? and state = 'running'", tx.Now, j.ID, j.Fence)
	if res.Error == nil && res.RowsAffected == 0 {
		return fmt.Errorf("job %s: another worker took it over", j.ID)
	}
	return res.Error
}

// Finish is Done in a transaction of its own, for work whose effect lies outside the database.
func (q *Queue) Finish(ctx context.Context, j Job) error {
	return q.store.Write(ctx, func(tx *store.Tx) error { return Done(tx, j) })
}

// Fail puts a job off: half a minute first, then twice as long each time up to twelve hours. After
// MaxAttempts it is dead, and stays to be looked at.
func (q *Queue) Fail(ctx context.Context, j Job, why error) error {
	return q.store.Write(ctx, func(tx *store.Tx) error {
		state := "waiting"
		if j.Attempts >= MaxAttempts {
			state = "dead"
		}
		pause := min(30*time.Second<<min(j.Attempts-1, 20), 12*time.Hour)
		return tx.Exec("update jobs set state = ?, run_at = ?, error = ? where id = ? and fence = ? and state = 'running'",
			state, tx.Now.Add(pause), clip(why.Error(), maxWhy), j.ID, j.Fence).Error
	})
}

// Sweep drops jobs that were done more than a week ago, and gives up those whose workers ended with them
// as often as a job is tried.
func (q *Queue) Sweep(ctx context.Context) error {
	return q.store.Write(ctx, func(tx *store.Tx) error {
		err := tx.Exec("update jobs set state = 'dead', error = 'It ended the program, or its time, each time that it was tried.' where state = 'running' and locked_at < ? and attempts >= ?",
			tx.Now.Add(-Lease), MaxAttempts).Error
		if err != nil {
			return err
		}
		return tx.Exec("delete from jobs where state = 'done' and done_at < ?", tx.Now.Add(-7*24*time.Hour)).Error
	})
}

// maxWhy bounds what is kept of an error, in bytes.
const maxWhy = 500

// clip is the beginning of s, as text that every database keeps.
func clip(s string, n int) string {
	if len(s) > n {
		s = s[:n]
	}
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
}
