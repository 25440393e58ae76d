package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	modernc "modernc.org/sqlite"
)

// readers is how many connections read beside SQLite's only writer.
const readers = 4

// openSQLite opens the file twice: one connection that writes, so that writers queue in Go and
// not in a busy time-out, and a pool that can only read.
func (s *Store) openSQLite(ctx context.Context, path string) error {
	s.dialect = "sqlite"
	path = strings.TrimPrefix(path, "sqlite://")
	if dir := filepath.Dir(path); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	var err error
	if s.write, err = openFile(path, 1, "_txlock=immediate"); err != nil {
		return err
	}
	if err := s.Ping(ctx); err != nil {
		return err
	}
	if s.read, err = openFile(path, readers, "_pragma=query_only(1)"); err != nil {
		return err
	}
	s.seek = s.read
	return nil
}

// sqlitePragmas: an acknowledged write survives a loss of power (synchronous FULL), and times
// are kept as text that sorts.
var sqlitePragmas = strings.Join([]string{
	"_pragma=busy_timeout(5000)", "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)",
	"_pragma=foreign_keys(1)", "_pragma=cache_size(-20000)", "_pragma=temp_store(MEMORY)",
	"_time_format=sqlite", "_timezone=UTC",
}, "&")

func openFile(path string, connections int, more string) (*gorm.DB, error) {
	dsn := fmt.Sprintf("file:%s?%s&%s", (&url.URL{Path: path}).EscapedPath(), sqlitePragmas, more)
	dialector := sqlite.New(sqlite.Config{DriverName: keepingDriver, DSN: dsn}).(*sqlite.Dialector)
	db, err := gorm.Open(translating{dialector}, config())
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return db, nil
}

// translating names the errors of a driver whose codes gorm's own dialector cannot read.
type translating struct{ *sqlite.Dialector }

func (translating) Translate(err error) error {
	var e *modernc.Error
	if errors.As(err, &e) {
		switch e.Code() {
		case 1555, 2067: // primary key, unique
			return gorm.ErrDuplicatedKey
		case 787:
			return gorm.ErrForeignKeyViolated
		case 275:
			return gorm.ErrCheckConstraintViolated
		}
	}
	return err
}

func busy(err error) bool {
	var e *modernc.Error
	return errors.As(err, &e) && e.Code()&0xff == 5
}
