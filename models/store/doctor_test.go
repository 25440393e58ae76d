package store_test

import (
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/store"
)

func TestDoctor(t *testing.T) {
	clubtest.Databases(t, func(t *testing.T, url string) {
		s := clubtest.Must(store.Open(t.Context(), url, store.System{}))(t)
		defer func() { clubtest.OK(t, s.Close()) }()

		before := examine(t, s)
		if before["schema"].Wrong != "run guildhall migrate" || len(wrong(before)) != 1 {
			t.Errorf("before it is migrated: %v", wrong(before))
		}
		clubtest.OK(t, s.Migrate(t.Context()))
		after := examine(t, s)
		if len(wrong(after)) != 0 {
			t.Errorf("a healthy database is called wrong: %v", wrong(after))
		}
		for _, name := range map[string][]string{
			"sqlite":   {"sqlite_version", "journal_mode", "synchronous", "foreign_keys", "busy_timeout"},
			"postgres": {"server_version", "fsync", "synchronous_commit", "statement_timeout", "lock_timeout"},
		}[s.Dialect()] {
			if after[name].Value == "" {
				t.Errorf("nothing is said of %s", name)
			}
		}
	})
}

func examine(t *testing.T, s *store.Store) map[string]store.Finding {
	t.Helper()
	by := map[string]store.Finding{}
	for _, f := range clubtest.Must(s.Doctor(t.Context()))(t) {
		by[f.Name] = f
	}
	return by
}

func wrong(found map[string]store.Finding) (all []store.Finding) {
	for _, f := range found {
		if f.Wrong != "" {
			all = append(all, f)
		}
	}
	return all
}

// What would lose acknowledged writes is called wrong, not only printed.
func TestDoctorSeesWhatIsWrong(t *testing.T) {
	s := clubtest.Must(store.Open(t.Context(), t.TempDir()+"/club.db", store.System{}))(t)
	defer func() { clubtest.OK(t, s.Close()) }()
	clubtest.OK(t, s.Migrate(t.Context()))
	clubtest.OK(t, s.Weaken(t.Context(), "pragma synchronous = normal", "pragma foreign_keys = off"))
	found := examine(t, s)
	if found["synchronous"].Wrong == "" || found["foreign_keys"].Wrong == "" || len(wrong(found)) != 2 {
		t.Errorf("it is called %v", found)
	}
}

func TestOlder(t *testing.T) {
	for version, want := range map[string]bool{
		"3.51.3": false, "3.51.4": false, "3.52.0": false, "4.0.0": false, "3.51.2": true, "3.9.9": true, "3.51": true, "2.99.99": true, "": true,
	} {
		if store.Older(version) != want {
			t.Errorf("%q: %v", version, !want)
		}
	}
}
