package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"guildhall/models/id"
)

// Tx is one change in the making. Only Write makes one, so a helper that takes a *Tx cannot run
// outside a transaction.
type Tx struct {
	*DB
	Now   time.Time // of every row that this change writes
	store *Store
	ctx   context.Context
	said  []any
	depth int
	marks map[any]bool // shared with the savepoints inside
}

type txKey struct{}

// Context carries the transaction: a Write begun with it joins this one.
func (tx *Tx) Context() context.Context { return tx.ctx }

// NewID makes the key of a row that this change adds.
func (tx *Tx) NewID() id.ID { return tx.store.NewID() }

// Dialect is "sqlite" or "postgres".
func (tx *Tx) Dialect() string { return tx.store.dialect }

// Say remembers an event that the listeners are told after the commit, and never if it fails.
func (tx *Tx) Say(event any) { tx.said = append(tx.said, event) }

// Mark remembers key for the length of the outermost transaction; Marked asks for it.
func (tx *Tx) Mark(key any) { tx.marks[key] = true }

// Marked tells whether Mark was called with key in this transaction, be it in a savepoint that
// was undone since.
func (tx *Tx) Marked(key any) bool { return tx.marks[key] }

// Write runs fn in one transaction and tells the listeners what it said once that is kept. Inside
// another Write it joins that one as a savepoint: an error undoes what fn did, and its events.
// fn may run again, after a deadlock or where a unique rule refused its row, so it has no effect outside tx.
func (s *Store) Write(ctx context.Context, fn func(tx *Tx) error) error {
	if readOnly(ctx) {
		return errReadOnly
	}
	if outer, ok := ctx.Value(txKey{}).(*Tx); ok && outer.store == s {
		return outer.join(ctx, fn)
	}
	var tx *Tx
	for try := 1; ; try++ {
		err := s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
			tx = &Tx{Now: s.Now(ctx), store: s, marks: map[any]bool{}}
			tx.ctx = context.WithValue(ctx, txKey{}, tx)
			tx.DB = db.WithContext(tx.ctx)
			return fn(tx)
		})
		if err == nil {
			break
		}
		if try == maxTries || !again(err) && !s.overtaken(try, err) || ctx.Err() != nil {
			return err
		}
		time.Sleep(time.Duration(try*10+rand.IntN(20)) * time.Millisecond)
	}
	if len(tx.said) > 0 {
		s.tell(ctx, tx.said)
	}
	return nil
}

const maxTries = 4

// overtaken tells whether somebody else may have kept at the same moment what fn looked for in vain: the
// same key that came twice at once, say. By now fn finds it. SQLite has one writer, and no such moment.
func (s *Store) overtaken(try int, err error) bool {
	return try == 1 && s.dialect == "postgres" && errors.Is(err, ErrDuplicate)
}

// join runs fn inside tx, as a savepoint of its own.
func (tx *Tx) join(ctx context.Context, fn func(tx *Tx) error) error {
	name := fmt.Sprintf("s%d", tx.depth+1)
	inner := &Tx{DB: tx.DB, Now: tx.store.Now(ctx), store: tx.store, depth: tx.depth + 1, marks: tx.marks}
	inner.ctx = context.WithValue(ctx, txKey{}, inner)
	inner.DB = tx.DB.WithContext(inner.ctx)
	if err := inner.DB.SavePoint(name).Error; err != nil {
		return err
	}
	if err := fn(inner); err != nil {
		return errors.Join(err, inner.DB.RollbackTo(name).Error)
	}
	if err := inner.DB.Exec("release savepoint " + name).Error; err != nil {
		return err
	}
	tx.said = append(tx.said, inner.said...)
	return nil
}

func (s *Store) tell(ctx context.Context, events []any) {
	s.mu.RLock()
	listeners := s.listeners
	s.mu.RUnlock()
	for _, fn := range listeners {
		fn(context.WithoutCancel(ctx), events)
	}
}

// again tells whether the database asks for a transaction to be tried once more: a deadlock, a
// serialization failure, a lock that took too long, or SQLite's busy.
func again(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01" || pg.Code == "55P03"
	}
	return busy(err)
}

// Within tells whether ctx is that of a transaction: what is written with it commits with the rest.
func Within(ctx context.Context) bool {
	_, ok := ctx.Value(txKey{}).(*Tx)
	return ok
}
