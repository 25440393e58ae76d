package main

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"guildhall/handlers"
)

// printed is what fn writes to the terminal.
func printed(t *testing.T, fn func() error) (string, error) {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stdout
	os.Stdout = file
	failed := fn()
	os.Stdout = before
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	out, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(out), failed
}

// The list that the tests of leaks walk says everything about every address.
func TestRoutesAreListed(t *testing.T) {
	out, err := printed(t, routes{JSON: true}.Run)
	if err != nil {
		t.Fatal(err)
	}
	var listed []map[string]any
	if err := json.Unmarshal([]byte(out), &listed); err != nil {
		t.Fatal(err)
	}
	if len(listed) != len(handlers.Routes()) || len(listed) < 6 {
		t.Fatalf("%d of %d are listed", len(listed), len(handlers.Routes()))
	}
	for _, r := range listed {
		for _, what := range []string{"method", "path", "gate", "csrf", "rate", "surface"} {
			if said, _ := r[what].(string); said == "" {
				t.Errorf("%v does not say its %s", r, what)
			}
		}
		if _, ok := r["scope"].(string); !ok {
			t.Errorf("%v says nothing of a scope", r)
		}
	}
	table, err := printed(t, routes{}.Run)
	if err != nil || strings.Count(table, "\n") != len(listed)+1 {
		t.Errorf("the table has %d lines, %v", strings.Count(table, "\n"), err)
	}
}

func TestDoctorBeforeAndAfterMigrating(t *testing.T) {
	t.Setenv("DATABASE_URL", filepath.Join(t.TempDir(), "club.db"))
	look := func() error { return doctor{Ledger: true}.Run(t.Context()) }
	out, err := printed(t, look)
	if !errors.Is(err, errIll) || !strings.Contains(out, "run guildhall migrate") {
		t.Errorf("an empty database is well: %v\n%s", err, out)
	}
	if _, err := printed(t, func() error { return migrate{}.Run(t.Context()) }); err != nil {
		t.Fatal(err)
	}
	if out, err = printed(t, look); err != nil || !strings.Contains(out, "not founded yet") {
		t.Errorf("a migrated one is ill: %v\n%s", err, out)
	}
}

func TestHealthyAsksTheClub(t *testing.T) {
	status := http.StatusOK
	club := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" {
			t.Errorf("it asks for %s", r.URL.Path)
		}
		w.WriteHeader(status)
	}))
	defer club.Close()
	_, port, err := net.SplitHostPort(club.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, addr := range []string{"127.0.0.1:" + port, ":" + port, "0.0.0.0:" + port} { // as a container has it
		t.Setenv("GUILDHALL_ADDR", addr)
		if err := (healthy{}).Run(t.Context()); err != nil {
			t.Errorf("%s: %v", addr, err)
		}
	}
	status = http.StatusServiceUnavailable
	if err := (healthy{}).Run(t.Context()); err == nil {
		t.Error("a club that is closing is healthy")
	}
	club.Close()
	if err := (healthy{}).Run(t.Context()); err == nil {
		t.Error("a club that is not there is healthy")
	}
}
