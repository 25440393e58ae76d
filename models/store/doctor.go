package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// Finding is one line about the database: what, how it is and, unless it is right, why not.
type Finding struct{ Name, Value, Wrong string }

// Doctor looks at how the database is set up and at its schema. It changes nothing.
func (s *Store) Doctor(ctx context.Context) ([]Finding, error) {
	found := []Finding{{Name: "dialect", Value: s.dialect}}
	look := s.lookSQLite
	if s.dialect == "postgres" {
		look = s.lookPostgres
	}
	more, err := look(ctx)
	if err != nil {
		return found, err
	}
	found = append(found, more...)
	has, wants, err := s.Schema(ctx)
	if err != nil {
		return found, err
	}
	schema := Finding{Name: "schema", Value: fmt.Sprintf("%d of %d", has, wants)}
	switch {
	case has < wants:
		schema.Wrong = "run guildhall migrate"
	case has > wants:
		schema.Wrong = "a newer program migrated it: run that one"
	}
	return append(found, schema), nil
}

// expected is a setting with the only value that is right, or none where any is.
type expected struct{ name, value, why string }

// What an acknowledged write, and a row that another refers to, depend on.
var sqliteExpected = []expected{
	{"journal_mode", "wal", "readers and the writer would wait for each other"},
	{"synchronous", "2", "a loss of power could take what was acknowledged (2 is FULL)"},
	{"foreign_keys", "1", "rows could refer to nothing"},
	{"busy_timeout", "5000", "a second program would get errors instead of waiting"},
	{name: "page_size"}, {name: "wal_autocheckpoint"},
}

// oldestSQLite is the first version without known ways to corrupt a database in WAL mode.
var oldestSQLite = [3]int{3, 51, 3}

func (s *Store) lookSQLite(ctx context.Context) ([]Finding, error) {
	var version string
	if err := s.write.WithContext(ctx).Raw("select sqlite_version()").Scan(&version).Error; err != nil {
		return nil, err
	}
	found := []Finding{{Name: "sqlite_version", Value: version}}
	if older(version, oldestSQLite) {
		found[0].Wrong = "at least 3.51.3 is needed"
	}
	for _, e := range sqliteExpected {
		f, err := s.ask(ctx, e, "pragma "+e.name)
		if err != nil {
			return found, err
		}
		found = append(found, f)
	}
	return found, nil
}

var postgresExpected = []expected{
	{name: "server_version"},
	{"fsync", "on", "a crash could take everything"},
	{"full_page_writes", "on", "a crash could tear pages"},
	{name: "synchronous_commit"}, // several values are right; that it is not off is asked at start
	{name: "default_transaction_isolation"},
	{"TimeZone", "UTC", "times would be read in another zone"},
	{name: "statement_timeout"}, {name: "lock_timeout"}, {name: "idle_in_transaction_session_timeout"}, {name: "max_connections"},
}

func (s *Store) lookPostgres(ctx context.Context) (found []Finding, err error) {
	for _, e := range postgresExpected {
		f, err := s.ask(ctx, e, "select current_setting(?)", e.name)
		if err != nil {
			return found, err
		}
		found = append(found, f)
	}
	return found, nil
}

func (s *Store) ask(ctx context.Context, e expected, statement string, args ...any) (Finding, error) {
	f := Finding{Name: e.name}
	if err := s.write.WithContext(ctx).Raw(statement, args...).Scan(&f.Value).Error; err != nil {
		return f, fmt.Errorf("ask for %s: %w", e.name, err)
	}
	if e.value != "" && f.Value != e.value {
		f.Wrong = fmt.Sprintf("should be %s: %s", e.value, e.why)
	}
	return f, nil
}

// older compares a version such as "3.53.4" with the least that will do.
func older(version string, least [3]int) bool {
	parts := strings.SplitN(version, ".", 4)
	for i, want := range least {
		n := 0
		if i < len(parts) {
			n, _ = strconv.Atoi(parts[i]) // what is no number is older than any
		}
		if n != want {
			return n < want
		}
	}
	return false
}
