// Package store holds the database: the only package that opens it, begins a transaction, and
// knows which of the two dialects it speaks.
package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"

	"guildhall/models/id"
)

// DB is a handle for statements; outside this package it is got from Read or from a Tx only.
type DB = gorm.DB

// Scope narrows a statement; access hands them out so that every list asks the same question.
type Scope = func(*DB) *DB

// ErrNotFound is what First and Take return when no row matches.
var ErrNotFound = gorm.ErrRecordNotFound

// ErrDuplicate is what Create returns when a unique rule refuses the row.
var ErrDuplicate = gorm.ErrDuplicatedKey

// ErrForeignKey is what Create returns when a row refers to nothing.
var ErrForeignKey = gorm.ErrForeignKeyViolated

// Store is the club's database. It is safe for use by many goroutines.
type Store struct {
	write   *gorm.DB
	read    *gorm.DB // on Postgres the same pool as write
	seek    *gorm.DB // on SQLite the same pool as read
	dialect string
	source  string
	clock   Clock
	ids     atomic.Pointer[id.Maker]

	mu        sync.RWMutex
	listeners []func(context.Context, []any)
}

// Clock tells the time of rules. Tests turn one; the program has System.
type Clock interface{ Now() time.Time }

// System is the machine's clock.
type System struct{}

// Now is the machine's time.
func (System) Now() time.Time { return time.Now() }

// Open opens the database at url: "postgres://…", or the path of an SQLite file that is made when
// absent (its folder too). It does not migrate: see Migrate.
func Open(ctx context.Context, url string, clock Clock) (*Store, error) {
	s := &Store{clock: clock, source: url}
	var err error
	if strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://") {
		err = s.openPostgres(ctx, url)
	} else {
		err = s.openSQLite(ctx, url)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the database: %w", err), s.Close())
	}
	s.ids.Store(id.NewMaker(0))
	return s, nil
}

// config is made anew for each pool: gorm writes into it.
func config() *gorm.Config {
	return &gorm.Config{
		SkipDefaultTransaction: true,
		TranslateError:         true,
		CreateBatchSize:        500,
		Logger:                 logger.Discard,
		NowFunc:                func() time.Time { return time.Time{} }, // a rule takes its time from the transaction
	}
}

// Close ends all connections.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*gorm.DB{s.write, s.read, s.seek} {
		if db == nil {
			continue
		}
		if pool, err := db.DB(); err == nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

// Dialect is "sqlite" or "postgres".
func (s *Store) Dialect() string { return s.dialect }

// Now is the time of rules for ctx, in UTC and whole microseconds, as both databases keep it.
func (s *Store) Now(ctx context.Context) time.Time {
	if at, ok := ctx.Value(nowKey{}).(time.Time); ok {
		return at
	}
	return s.clock.Now().UTC().Truncate(time.Microsecond)
}

// At returns a ctx in which it is that time: for founding a demo club in the past, and for imports.
func At(ctx context.Context, at time.Time) context.Context {
	return context.WithValue(ctx, nowKey{}, at.UTC().Truncate(time.Microsecond))
}

type nowKey struct{}

// Read returns a handle for reading. Inside a Write it reads what that transaction wrote.
func (s *Store) Read(ctx context.Context) *DB {
	if tx, ok := ctx.Value(txKey{}).(*Tx); ok && tx.store == s {
		return tx.DB
	}
	return s.read.WithContext(ctx)
}

// Seek is Read for statements whose values decide how they are best run, as those with the words of a search:
// they are planned for each. There are few connections for them, so that they keep nobody else waiting.
func (s *Store) Seek(ctx context.Context) *DB {
	if tx, ok := ctx.Value(txKey{}).(*Tx); ok && tx.store == s {
		return tx.DB
	}
	return s.seek.WithContext(ctx)
}

// NewID makes a key outside a transaction; inside one, use Tx.NewID.
func (s *Store) NewID() id.ID { return s.ids.Load().New() }

// Listen adds fn to those who are told the events of each committed transaction, in order.
// fn must return soon: it runs before Write returns to its caller.
func (s *Store) Listen(fn func(context.Context, []any)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listeners = append(s.listeners, fn)
}

// Ping asks the database for an answer.
func (s *Store) Ping(ctx context.Context) error {
	pool, err := s.write.DB()
	if err != nil {
		return err
	}
	return pool.PingContext(ctx)
}

// Value reads the one column of the first row, or returns ErrNotFound.
func Value[T any](db *DB) (value T, err error) {
	var rows []T
	if err := db.Limit(1).Scan(&rows).Error; err != nil {
		return value, err
	}
	if len(rows) == 0 {
		return value, ErrNotFound
	}
	return rows[0], nil
}

// ForUpdate locks the rows that a statement reads until the transaction ends. On SQLite, where a
// transaction holds the only writer, it adds nothing.
func ForUpdate(db *DB) *DB { return db.Clauses(clause.Locking{Strength: "UPDATE"}) }

// Upsert is the clause of a Create that changes these columns where a row of that key is there.
func Upsert(key string, columns ...string) clause.OnConflict {
	var keys []clause.Column
	for _, name := range strings.Split(key, ", ") {
		keys = append(keys, clause.Column{Name: name})
	}
	return clause.OnConflict{Columns: keys, DoUpdates: clause.AssignmentColumns(columns)}
}

// OnConflictSkip lets a Create pass over rows that are there already.
func OnConflictSkip(db *DB) *DB { return db.Clauses(clause.OnConflict{DoNothing: true}) }

// OrderBy is the clause of an order that asks for something, with what it asks.
func OrderBy(sql string, args ...any) clause.OrderBy {
	return clause.OrderBy{Expression: gorm.Expr(sql, args...)}
}
