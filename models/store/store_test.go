package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"guildhall/models/clubtest"
	"guildhall/models/store"
)

func open(t *testing.T, url string) *store.Store {
	t.Helper()
	s := clubtest.Must(store.Open(t.Context(), url, store.System{}))(t)
	t.Cleanup(func() { _ = s.Close() })
	clubtest.OK(t, s.Migrate(t.Context()))
	return s
}

func count(t *testing.T, s *store.Store, name string) (value int64) {
	t.Helper()
	clubtest.OK(t, s.Read(t.Context()).Table("counters").Select("value").Where("name = ?", name).Take(&value).Error)
	return value
}

func bump(tx *store.Tx, by int) error {
	return tx.Exec("update counters set value = value + ? where name = 'members'", by).Error
}

func TestEventsAreToldAfterTheCommitAndForgottenOnRollback(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, url string) {
		s := open(t, url)
		var told []any
		s.Listen(func(ctx context.Context, events []any) {
			if count(t, s, "members") == 0 {
				t.Error("told before the change was kept")
			}
			told = append(told, events...)
		})
		wrong := errors.New("wrong")
		err := s.Write(t.Context(), func(tx *store.Tx) error {
			tx.Say("lost")
			return errors.Join(bump(tx, 1), wrong)
		})
		if !errors.Is(err, wrong) || len(told) != 0 || count(t, s, "members") != 0 {
			t.Fatalf("after a rollback: %v, told %v", err, told)
		}
		clubtest.OK(t, s.Write(t.Context(), func(tx *store.Tx) error {
			tx.Say("kept")
			_ = s.Write(tx.Context(), func(tx *store.Tx) error { // joins, and fails alone
				tx.Say("undone")
				return errors.Join(bump(tx, 10), wrong)
			})
			return s.Write(tx.Context(), func(tx *store.Tx) error {
				tx.Say("inner")
				return bump(tx, 1)
			})
		}))
		if fmt.Sprint(told) != "[kept inner]" || count(t, s, "members") != 1 {
			t.Fatalf("told %v, counted %d", told, count(t, s, "members"))
		}
	})
}

func TestConcurrentWritersLoseNothing(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, url string) {
		s := open(t, url)
		const writers, each = 8, 25
		var wait sync.WaitGroup
		for range writers {
			wait.Go(func() {
				for range each {
					if err := s.Write(t.Context(), func(tx *store.Tx) error { return bump(tx, 1) }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wait.Wait()
		if got := count(t, s, "members"); got != writers*each {
			t.Fatalf("%d of %d", got, writers*each)
		}
	})
}

func TestTimesComeBackAsTheyWent(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, url string) {
		s := open(t, url)
		want := time.Date(2026, 3, 29, 1, 30, 0, 123456000, time.FixedZone("far", 5*3600))
		clubtest.OK(t, s.Write(store.At(t.Context(), want), func(tx *store.Tx) error {
			return tx.Exec("insert into owner_links (id, hash, created_at, expires_at) values (1, 'h', ?, ?)", tx.Now, tx.Now.Add(time.Hour)).Error
		}))
		var got time.Time
		clubtest.OK(t, s.Read(t.Context()).Table("owner_links").Select("created_at").Take(&got).Error)
		if !got.Equal(want) {
			t.Fatalf("%v came back as %v", want, got)
		}
		var n int64
		clubtest.OK(t, s.Read(t.Context()).Table("owner_links").Where("created_at < ? and expires_at > ?", want.Add(time.Microsecond), want).Count(&n).Error)
		if n != 1 {
			t.Fatal("times do not compare")
		}
	})
}

func TestANewerSchemaIsRefused(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, url string) {
		s := open(t, url)
		clubtest.OK(t, s.Write(t.Context(), func(tx *store.Tx) error {
			return tx.Exec("insert into goose_db_version (version_id, is_applied) values (9999, true)").Error
		}))
		if err := s.Migrate(t.Context()); err == nil || !strings.Contains(err.Error(), "newer program") {
			t.Fatalf("got %v", err)
		}
	})
}

func TestManyStartersMigrateOnce(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, url string) {
		if filepath.Ext(url) == ".db" {
			t.Skip("one SQLite file has one program")
		}
		var wait sync.WaitGroup
		for range 3 {
			wait.Go(func() {
				s, err := store.Open(t.Context(), url, store.System{})
				if err == nil {
					err = errors.Join(s.Migrate(t.Context()), s.Close())
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if got := count(t, open(t, url), "starts"); got != 4 {
			t.Fatalf("%d starts were counted", got)
		}
	})
}

// TestSQLiteKeepsWhatItAcknowledges is trap 10 of the stack: NORMAL would lose it with the power.
func TestSQLiteKeepsWhatItAcknowledges(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "deep", "club.db"))
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"} {
		var got string
		clubtest.OK(t, s.Write(t.Context(), func(tx *store.Tx) error { return tx.Raw("pragma " + pragma).Scan(&got).Error }))
		if got != want {
			t.Errorf("%s is %s, not %s", pragma, got, want)
		}
	}
	err := s.Read(t.Context()).Exec("update counters set value = 0").Error
	if err == nil {
		t.Error("a reader wrote")
	}
}

func TestPostgresThatMayLoseIsRefused(t *testing.T) {
	url := clubtest.Postgres(t)
	sep := "?"
	if strings.Contains(url, "?") {
		sep = "&"
	}
	_, err := store.Open(t.Context(), url+sep+"synchronous_commit=off", store.System{})
	if err == nil || !strings.Contains(err.Error(), "synchronous_commit=off") {
		t.Fatalf("got %v", err)
	}
}

// TestBothDatabasesKnowEveryCapital: what Go writes small, they do.
func TestBothDatabasesKnowEveryCapital(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, url string) {
		s := open(t, url)
		for _, text := range []string{"Özlem ÅSTRÖM", "ΑΘΗΝΑ", "ЖЁЛТЫЙ", "plain", ""} {
			small, err := store.Value[string](s.Read(t.Context()).Raw("select lower(cast(? as text))", text))
			if err != nil || small != strings.ToLower(text) {
				t.Errorf("%q is written %q, %v", text, small, err)
			}
		}
		var none *string
		if err := s.Read(t.Context()).Raw("select lower(cast(null as text))").Scan(&none).Error; err != nil || none != nil {
			t.Errorf("nothing is written %v, %v", none, err)
		}
	})
}

// TestDialectsMatch holds both databases to the same tables and columns.
func TestDialectsMatch(t *testing.T) {
	columns := map[string]string{}
	clubtest.Databases(t, func(t *testing.T, url string) {
		s := open(t, url)
		query := "select table_name, column_name from information_schema.columns where table_schema = 'public'"
		if s.Dialect() == "sqlite" {
			query = `select m.name as table_name, c.name as column_name from sqlite_master m, pragma_table_info(m.name) c, pragma_table_list(m.name) l
				where m.type = 'table' and m.name <> 'sqlite_sequence' and l.type <> 'shadow'`
		}
		var rows []struct{ TableName, ColumnName string }
		clubtest.OK(t, s.Read(t.Context()).Raw(query).Scan(&rows).Error)
		if len(rows) < 100 {
			t.Fatalf("only %d columns were found", len(rows))
		}
		seen := map[string]bool{}
		for _, r := range rows {
			switch r.TableName {
			case "goose_db_version":
			case "search_words", "search_titles": // the words that things are found by: each database has an index of its own kind for them
				seen[r.TableName] = true
			default:
				seen[r.TableName+"."+r.ColumnName] = true
			}
		}
		for c := range seen {
			columns[c] += s.Dialect()
		}
	})
	if os.Getenv("GUILDHALL_TEST_POSTGRES") == "" {
		return
	}
	for c, dialects := range columns {
		if dialects != "sqlitepostgres" {
			t.Errorf("%s is in %s alone", c, dialects)
		}
	}
}

func TestForgedCursorsAreJustAnotherPlaceToStart(t *testing.T) {
	for _, c := range []store.Cursor{"", "x", "AAAA", store.Cursor(strings.Repeat("_", 22)), store.CursorOf(-5, 1), store.CursorOf(1<<62, 1)} {
		if at, _, ok := c.Time(); ok && (at.Year() < 1970 || at.Year() > 9999) {
			t.Errorf("%q is at %v", c, at)
		}
	}
	now := time.Now().UTC().Truncate(time.Microsecond)
	if at, key, ok := store.CursorAt(now, 42).Time(); !ok || !at.Equal(now) || key != 42 {
		t.Fatal("a cursor does not read back")
	}
}

func TestAZoneOfNoNameIsUTC(t *testing.T) {
	for name, want := range map[string]string{"Europe/London": "Europe/London", "": "UTC", "Local": "UTC", "Atlantis/Sunken": "UTC"} {
		for range 2 {
			if got := store.Zone(name).String(); got != want {
				t.Errorf("%q is %s", name, got)
			}
		}
	}
}
