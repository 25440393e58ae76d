package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The house has floors: a package imports from lower ones only, never sideways or up. What a lower
// floor must ask of a higher one is a function that models/wiring.go hands it.
var floors = [][]string{
	0:  {"problem", "id", "prose", "score", "lexeme", "diff"},
	1:  {"store"},
	2:  {"audit", "queue", "mailer", "pay", "fetch", "index"},
	3:  {"access", "push"},
	4:  {"site", "notify", "files", "preview", "stream", "reaction"},
	5:  {"member", "standing", "draft"},
	6:  {"space"},
	7:  {"forum", "chat", "letters", "billing"},
	8:  {"home", "search", "safety", "joining", "perks"},
	9:  {"analytics"},
	10: {"care", "porter", "founding"},
}

const (
	module    = "guildhall/"
	rootOf    = "../.."
	wiring    = "guildhall/models"
	scenery   = "guildhall/models/clubtest" // for tests: it stands outside
	theStore  = "guildhall/models/store"
	household = "guildhall/models/"
)

// floorOf is where a package stands; what lies within another stands where that does.
func floorOf(pkg string) (int, bool) {
	noun, _, _ := strings.Cut(strings.TrimPrefix(pkg, household), "/")
	floor := slices.IndexFunc(floors, func(nouns []string) bool { return slices.Contains(nouns, noun) })
	return floor, floor >= 0
}

func TestEveryPackageHasAFloor(t *testing.T) {
	found := 0
	for pkg := range sources(t, "models") {
		if pkg == wiring || below(pkg, scenery) {
			continue
		}
		found++
		if _, ok := floorOf(pkg); !ok {
			t.Errorf("%s stands on no floor: give it one in DESIGN §3 and in this test, or put it into the package that it belongs to", pkg)
		}
	}
	if found < 10 {
		t.Fatalf("only %d packages were found", found)
	}
}

func TestFloors(t *testing.T) {
	for pkg, files := range sources(t, "models") {
		if pkg == wiring || below(pkg, scenery) {
			continue
		}
		floor, _ := floorOf(pkg)
		for _, f := range files {
			for _, imported := range f.imports {
				from, ok := floorOf(imported)
				switch {
				case imported == wiring || below(imported, scenery):
					t.Errorf("%s imports %s, which is put together from it", f.name, imported)
				case strings.HasPrefix(imported, household) && !ok:
					t.Errorf("%s imports %s, which stands on no floor", f.name, imported)
				case strings.HasPrefix(imported, household) && from >= floor && !related(imported, pkg):
					t.Errorf("%s is on floor %d and imports %s from floor %d", f.name, floor, imported, from)
				}
			}
		}
	}
}

// related tells whether two packages share a noun: founding may read founding/script.
func related(a, b string) bool {
	noun := func(pkg string) string {
		n, _, _ := strings.Cut(strings.TrimPrefix(pkg, household), "/")
		return n
	}
	return noun(a) == noun(b)
}

// Who may go through which door: imports that some may not have, and those who may all the same.
var doors = []struct {
	who    string // a folder, with all below it
	shut   []string
	but    []string // folders
	reason string
}{
	{"handlers", []string{"gorm.io", theStore, "database/sql"}, nil, "a handler goes through the models, which ask for the rights"},
	{"views", []string{"gorm.io", theStore, "database/sql", module + "handlers", "github.com/labstack/echo"}, nil, "a view draws what it is given"},
	{"handlers/live", []string{wiring}, nil, "the live line knows no tables"},
	{"models", []string{"github.com/labstack", "github.com/a-h/templ", module + "views", module + "handlers", module + "static"}, nil, "the models know no pages"},
	{"models", []string{"net/http"}, []string{"models/pay", "models/fetch", "models/files", "models/clubtest"}, "only these speak HTTP"},
	{"models", []string{"gorm.io/driver", "database/sql", "modernc.org/sqlite", "github.com/jackc/pgx", "github.com/pressly/goose"}, []string{"models/store", "models/clubtest"}, "only the store opens a database"},
	{"static", []string{module}, nil, "files know nothing"},
	{"migrations", []string{module}, nil, "files know nothing"},
}

func TestDoors(t *testing.T) {
	for _, d := range doors {
		found := false
		for pkg, files := range sources(t, d.who) {
			found = true
			folder := strings.TrimPrefix(pkg, module)
			if slices.ContainsFunc(d.but, func(b string) bool { return below(folder, b) }) {
				continue
			}
			for _, f := range files {
				for _, imported := range f.imports {
					if slices.ContainsFunc(d.shut, func(s string) bool { return below(imported, strings.TrimSuffix(s, "/")) }) {
						t.Errorf("%s imports %s: %s", f.name, imported, d.reason)
					}
				}
			}
		}
		if !found {
			t.Errorf("nothing is in %s", d.who)
		}
	}
}

// below tells whether a path is root or lies under it.
func below(p, root string) bool { return p == root || strings.HasPrefix(p, root+"/") }

// source is one file that is no test, as far as the laws look at it.
type source struct {
	name    string
	imports []string
	tree    *ast.File
}

// sources reads all Go files under a folder, by package.
func sources(t *testing.T, folder string) map[string][]source {
	t.Helper()
	all := map[string][]source{}
	err := filepath.WalkDir(filepath.Join(rootOf, folder), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		f := source{name: strings.TrimPrefix(filepath.ToSlash(name), rootOf+"/"), tree: tree}
		for _, spec := range tree.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			f.imports = append(f.imports, imported)
		}
		pkg := module + path.Dir(f.name)
		all[pkg] = append(all[pkg], f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
