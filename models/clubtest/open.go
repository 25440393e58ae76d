// Package clubtest opens real clubs for tests: on SQLite always, and on Postgres where there is one.
//
// GUILDHALL_TEST_POSTGRES is the URL of a Postgres server on which databases may be made.
// GUILDHALL_TEST_REQUIRE lists what must be there ("postgres,browser"): what is missing then fails
// instead of being skipped.
package clubtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"guildhall/models"
)

// Required tells whether this run must not do without the named thing.
func Required(what string) bool {
	return slices.Contains(strings.Split(os.Getenv("GUILDHALL_TEST_REQUIRE"), ","), what)
}

// Lacks skips the test for want of something, or fails it where that is required.
func Lacks(t testing.TB, what, why string) {
	t.Helper()
	if Required(what) {
		t.Fatalf("%s is required: %s", what, why)
	}
	t.Skipf("no %s: %s", what, why)
}

// Databases calls fn with the URL of a new, empty database of each kind.
func Databases(t *testing.T, fn func(t *testing.T, url string)) {
	t.Run("sqlite", func(t *testing.T) { fn(t, filepath.Join(t.TempDir(), "club.db")) })
	t.Run("postgres", func(t *testing.T) { fn(t, Postgres(t)) })
}

// Migrated calls fn with the URL of a new database of each kind that has its tables and nothing in them.
func Migrated(t *testing.T, fn func(t *testing.T, url string)) {
	t.Run("sqlite", func(t *testing.T) { fn(t, sqlite(t)) })
	t.Run("postgres", func(t *testing.T) { fn(t, postgres(t)) })
}

// Postgres returns the URL of a new, empty Postgres database, which goes with the test.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv("GUILDHALL_TEST_POSTGRES")
	if server == "" {
		Lacks(t, "postgres", "set GUILDHALL_TEST_POSTGRES to the URL of a server")
	}
	return makeDatabase(t, server, "template0")
}

var databases atomic.Int64

func makeDatabase(t testing.TB, server, template string) string {
	t.Helper()
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), databases.Add(1))
	admin(t, server, fmt.Sprintf("create database %s template %s", name, template))
	t.Cleanup(func() { admin(t, server, fmt.Sprintf("drop database if exists %s with (force)", name)) })
	return inDatabase(t, server, name)
}

func inDatabase(t testing.TB, server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func admin(t testing.TB, server, statement string) {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		t.Fatalf("connect to the test server: %v", err)
	}
	defer func() { _ = conn.Close(ctx) }()
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// Migrated databases are made once a process and copied: a club then opens in milliseconds.
var (
	templateFile = sync.OnceValues(func() ([]byte, error) {
		dir, err := os.MkdirTemp("", "clubtest")
		if err != nil {
			return nil, err
		}
		defer func() { _ = os.RemoveAll(dir) }()
		path := filepath.Join(dir, "template.db")
		if err := migrate(path); err != nil {
			return nil, err
		}
		return os.ReadFile(path)
	})
	templateName sync.Map // by server
)

func migrate(url string) error {
	club, err := models.Open(context.Background(), url)
	if err != nil {
		return err
	}
	return club.Close()
}

// sqlite returns the path of a migrated file of the test's own.
func sqlite(t testing.TB) string {
	t.Helper()
	body, err := templateFile()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "club.db")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// postgres returns the URL of a migrated database of the test's own.
func postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv("GUILDHALL_TEST_POSTGRES")
	if server == "" {
		Lacks(t, "postgres", "set GUILDHALL_TEST_POSTGRES to the URL of a server")
	}
	once, _ := templateName.LoadOrStore(server, sync.OnceValues(func() (string, error) {
		name := fmt.Sprintf("template_%d", os.Getpid())
		admin(t, server, "drop database if exists "+name)
		admin(t, server, fmt.Sprintf("create database %s template template0", name))
		return name, migrate(inDatabase(t, server, name))
	}))
	name, err := once.(func() (string, error))()
	if err != nil {
		t.Fatal(err)
	}
	return makeDatabase(t, server, name)
}
