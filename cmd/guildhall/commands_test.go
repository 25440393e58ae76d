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

	"github.com/alecthomas/kong"

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

// The list that the tests of leaks walk says everything about every way in and out.
func TestEveryWayIsListed(t *testing.T) {
	out, err := printed(t, func() error { return routes{JSON: true}.Run(grammar(t)) })
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Surfaces []map[string]string
		Ways     []map[string]any
	}
	if err := json.Unmarshal([]byte(out), &all); err != nil {
		t.Fatal(err)
	}
	says := map[string][]string{
		"route": {"gate", "csrf", "rate"}, "operation": {"gate", "rate"}, "listener": {"gate", "rate"}, "frame": {"audience"}, "job": {"audience", "rate", "access"},
		"mail": {"audience", "access", "job"}, "metrics": {"audience"}, "log": {"audience"}, "hint": {"audience"}, "command": {"audience"},
	}
	kinds, shown, named := map[string]int{}, map[string]int{}, map[string]bool{}
	for _, w := range all.Ways {
		word := func(what string) string { said, _ := w[what].(string); return said }
		for _, what := range append(says[word("kind")], "name", "surface") {
			if word(what) == "" {
				t.Errorf("%v does not say its %s", w, what)
			}
		}
		if _, ok := w["scope"].(string); !ok || named[word("kind")+word("name")] {
			t.Errorf("%v says nothing of a scope, or stands twice", w)
		}
		kinds[word("kind")]++
		shown[word("surface")]++
		named[word("kind")+word("name")] = true
	}
	for kind := range says {
		if kinds[kind] == 0 || len(kinds) != len(says) {
			t.Errorf("of %s there are %d, among %v", kind, kinds[kind], kinds)
		}
	}
	if kinds["route"] != len(handlers.Routes())+1 { // and what is none of them
		t.Errorf("%d of %d routes are listed", kinds["route"], len(handlers.Routes()))
	}
	for _, s := range all.Surfaces {
		if s["words"] == "" || shown[s["name"]] == 0 {
			t.Errorf("the surface %v has no words, or shows nowhere", s)
		}
		delete(shown, s["name"])
	}
	if len(shown) > 0 {
		t.Errorf("not listed: %v", shown)
	}
	table, err := printed(t, func() error { return routes{}.Run(grammar(t)) })
	if err != nil || strings.Count(table, "\n") != len(all.Ways)+1 {
		t.Errorf("the table has %d lines, %v", strings.Count(table, "\n"), err)
	}
}

// A command that does not say what it prints stops the program.
func TestACommandSaysItsSurface(t *testing.T) {
	if err := checkCommands(grammar(t).Model); err != nil {
		t.Fatal(err)
	}
	for name, commands := range map[string]any{
		"none": &struct {
			Export struct{} `cmd:""`
		}{},
		"one that is not listed": &struct {
			Export struct{} `cmd:"" surface:"tpoic"`
		}{},
		"none, below another": &struct {
			Export struct {
				Members struct{} `cmd:""`
			} `cmd:"" surface:"terminal"`
		}{},
	} {
		if err := checkCommands(kong.Must(commands).Model); err == nil || !strings.Contains(err.Error(), "cmd/guildhall/main.go") {
			t.Errorf("%s: %v", name, err)
		}
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
