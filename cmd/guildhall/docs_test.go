package main

import (
	"cmp"
	"context"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"guildhall/handlers"
)

// What the documents say of the program is held to the program, in both directions.

const (
	settingsHead = "| Variable | Default | Meaning |"
	commandsHead = "| Command | What it does |"
	floorsHead   = "| Floor | Packages | What lives there |"
)

func TestReadmeListsEverySetting(t *testing.T) {
	var want []string
	for _, v := range handlers.Variables() {
		want = append(want, row(code(v.Name), code(v.Default), v.About))
	}
	same(t, table(t, settingsHead), want)
}

func TestReadmeListsEveryCommand(t *testing.T) {
	var want []string
	for _, c := range grammar(t).Model.Leaves(true) {
		want = append(want, row(code(c.Path()), c.Help))
		for _, f := range c.Flags {
			want = append(want, row(code(c.Path()+" --"+f.Name), f.Help))
		}
	}
	same(t, table(t, commandsHead), want)
}

// Whoever copies a line of the documents into a shell gets what is promised there.
func TestCommandsInTheDocumentsRun(t *testing.T) {
	seen := map[string]bool{}
	for _, document := range []string{"README.md", "CONTRIBUTING.md", "views/README.md"} {
		for line := range strings.Lines(fenced(read(t, document))) {
			line = strings.TrimSpace(line)
			seen[line] = true
			if err := runs(t, line); err != nil {
				t.Errorf("%s: %s: %v", document, line, err)
			}
		}
	}
	for _, promised := range []string{"go run ./cmd/guildhall serve --demo", "go test ./..."} {
		if !seen[promised] {
			t.Errorf("no document shows %q", promised)
		}
	}
}

var (
	ourCommand = regexp.MustCompile(`^(?:.*[ /])?guildhall(?: (.*))?$`)
	aFolder    = regexp.MustCompile(`(?:^| )\./([\w/]*)`)
)

// runs says why a line would fail: no such command or flag of ours, or no such folder.
func runs(t *testing.T, line string) error {
	line, _, _ = strings.Cut(line, "  #")
	for _, at := range aFolder.FindAllStringSubmatch(line, -1) {
		if at[1] == "guildhall" {
			continue // what go build makes
		}
		if _, err := os.Stat(filepath.Join(rootOf, at[1])); err != nil {
			return err
		}
	}
	at := ourCommand.FindStringSubmatch(line)
	if at == nil || strings.Contains(line, "go build ") || strings.Contains(line, "go test ") {
		return nil
	}
	_, err := grammar(t).Parse(strings.Fields(at[1]))
	return err
}

// The map has every package on its floor, every other folder that has code, and nothing besides.
func TestTheMapShowsTheHouse(t *testing.T) {
	listed := map[string]int{}
	for _, line := range table(t, floorsHead) {
		cells := strings.Split(line, "|")
		floor, err := strconv.Atoi(strings.TrimSpace(cells[1]))
		if err != nil {
			t.Fatal(err)
		}
		for _, noun := range quoted.FindAllStringSubmatch(cells[2], -1) {
			listed[noun[1]] = floor
		}
	}
	readme, stands := read(t, "README.md"), map[string]int{}
	for _, folder := range []string{"cmd", "handlers", "views", "static", "migrations", "models"} {
		for pkg := range sources(t, folder) {
			if floor, ok := floorOf(pkg); ok {
				noun, _, _ := strings.Cut(strings.TrimPrefix(pkg, household), "/")
				stands[noun] = floor
			} else if name := strings.TrimPrefix(pkg, module) + "/"; !strings.Contains(readme, "\n| `"+name+"` |") {
				t.Errorf("the map of the house lacks %s", name)
			}
		}
	}
	if !maps.Equal(listed, stands) {
		t.Errorf("the floors are listed as\n%v\nand are\n%v", listed, stands)
	}
}

var (
	fence   = regexp.MustCompile("(?ms)^```.*?^```$")
	quoted  = regexp.MustCompile("`([^`]+)`")
	linked  = regexp.MustCompile(`\]\(([^):#]*)(?:#([^)]*))?\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	inHouse = regexp.MustCompile(`^(cmd|handlers|models|views|static|migrations|\.ci)/[\w./@-]*$`)
	aName   = regexp.MustCompile(`GUILDHALL_[A-Z_]*[A-Z]`)
)

func TestDocumentsNameWhatIsThere(t *testing.T) {
	known := []string{"GUILDHALL_TEST_POSTGRES", "GUILDHALL_TEST_REQUIRE"}
	for _, v := range handlers.Variables() {
		known = append(known, v.Name)
	}
	for _, document := range []string{"README.md", "CONTRIBUTING.md"} {
		text := read(t, document)
		for _, name := range aName.FindAllString(text, -1) {
			if !slices.Contains(known, name) {
				t.Errorf("%s speaks of %s, which nothing reads", document, name)
			}
		}
		text = fence.ReplaceAllString(text, "")
		links := linked.FindAllStringSubmatch(text, -1)
		for _, m := range links {
			to := cmp.Or(m[1], document)
			if at := read(t, to); m[2] != "" && !slices.Contains(anchors(at), m[2]) {
				t.Errorf("%s links to #%s, which %s does not have", document, m[2], to)
			}
		}
		paths := 0
		for _, m := range quoted.FindAllStringSubmatch(text, -1) {
			if !inHouse.MatchString(m[1]) {
				continue
			}
			paths++
			if _, err := os.Stat(filepath.Join(rootOf, m[1])); err != nil {
				t.Errorf("%s: %v", document, err)
			}
		}
		if paths < 15 || len(links) < 2 {
			t.Errorf("only %d paths and %d links were found in %s", paths, len(links), document)
		}
	}
}

// anchors are the names by which the headings of a document are linked to.
func anchors(text string) (all []string) {
	for _, m := range heading.FindAllStringSubmatch(text, -1) {
		all = append(all, strings.ReplaceAll(strings.ToLower(m[1]), " ", "-"))
	}
	return all
}

// Fonts, icons, names of emoji and libraries are the work of others, who ask to be named wherever it goes.
func TestReadmeNamesEveryNotice(t *testing.T) {
	readme, notices := read(t, "README.md"), map[string]int{}
	named := func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasPrefix(d.Name(), "LICENSE") {
			return err
		}
		notices[path.Dir(name)]++
		if body := read(t, name); !strings.Contains(body, "Copyright") && !strings.Contains(body, "Permission") {
			t.Errorf("%s is no licence", name)
		}
		if !strings.Contains(readme, "]("+name+")") {
			t.Errorf("README.md does not name %s", name)
		}
		return nil
	}
	for _, under := range []string{"static", "models"} {
		if err := fs.WalkDir(os.DirFS(rootOf), under, named); err != nil {
			t.Fatal(err)
		}
	}
	families := map[string]bool{}
	fonts, _ := filepath.Glob(rootOf + "/static/fonts/*.woff2")
	for _, f := range fonts {
		family, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(f), ".woff2"), "-")
		families[family] = true
	}
	if len(families) == 0 || notices["static/fonts"] != len(families) || notices["static"] != 1 || notices["models/prose"] != 1 {
		t.Errorf("%d families of fonts, one of icons and the names of emoji have %v notices", len(families), notices)
	}
	libraries, _ := filepath.Glob(rootOf + "/static/vendor/*@*")
	for _, lib := range libraries {
		if folder := "static/vendor/" + filepath.Base(lib); notices[folder] == 0 {
			t.Errorf("%s has no notice", folder)
		}
	}
}

// Providers send people back to where the README says that they do.
func TestReadmeNamesEveryCallback(t *testing.T) {
	takes := map[string]bool{}
	for _, r := range handlers.Routes() {
		takes[r.Method+r.Path] = true
	}
	if !takes["GET/auth/:provider/callback"] || !takes["POST/auth/:provider/callback"] {
		t.Error("nobody comes back to /auth/{provider}/callback")
	}
	readme := read(t, "README.md")
	for _, v := range handlers.Variables() {
		provider, ok := strings.CutSuffix(strings.TrimPrefix(v.Name, "GUILDHALL_"), "_ID")
		if !ok || strings.HasSuffix(provider, "_KEY") {
			continue
		}
		if line := "`" + v.Name + "`"; !strings.Contains(readme, "`/auth/"+strings.ToLower(provider)+"/callback` | "+line) {
			t.Errorf("the table of providers does not say where that of %s comes back to", v.Name)
		}
	}
}

// grammar is the program's own command line, apart from that which a test may be running in.
func grammar(t *testing.T) *kong.Kong {
	t.Helper()
	fresh := commands
	cli, err := kong.New(&fresh, kong.Name("guildhall"), kong.NoDefaultHelp(), kong.BindTo(t.Context(), (*context.Context)(nil)))
	if err != nil {
		t.Fatal(err)
	}
	return cli
}

func read(t *testing.T, name string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(rootOf, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// table is the rows of the table in the README that has that head.
func table(t *testing.T, head string) (rows []string) {
	t.Helper()
	_, after, ok := strings.Cut(read(t, "README.md"), "\n"+head+"\n")
	if !ok {
		t.Fatalf("README.md has no table %s", head)
	}
	for line := range strings.Lines(after) {
		if !strings.HasPrefix(line, "|") {
			break
		}
		if !strings.HasPrefix(line, "| ---") {
			rows = append(rows, strings.TrimSpace(line))
		}
	}
	return rows
}

// fenced is what stands in the blocks of a document that are for a shell.
func fenced(text string) string {
	var out strings.Builder
	for i, block := range strings.Split(text, "\n```") {
		if shell, ok := strings.CutPrefix(block, "sh\n"); ok && i > 0 {
			out.WriteString(shell + "\n")
		}
	}
	return out.String()
}

func row(cells ...string) string {
	for i, c := range cells {
		if !strings.HasPrefix(c, "`") {
			cells[i] = strings.NewReplacer("|", `\|`, "<", `\<`).Replace(c)
		}
	}
	return strings.ReplaceAll("| "+strings.Join(cells, " | ")+" |", "|  |", "| |")
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	if len(want) < 3 {
		t.Fatalf("only %d rows are wanted", len(want))
	}
	if !slices.Equal(got, want) {
		t.Errorf("README.md has the table\n%s\n\nand it should be\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
