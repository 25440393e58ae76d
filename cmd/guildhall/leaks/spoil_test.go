package leaks_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"guildhall/cmd/guildhall/running"
	"guildhall/models/clubtest"
)

// spoiled builds one program that is all of the mutants, each when the environment names it: forty
// builds would take longer than all the rest. The sources stay as they are: what is spoiled lies
// elsewhere, and is laid over them.
func spoiled(t *testing.T) (program string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it builds and runs the program: not in -short")
	}
	root, dir := repository(t), t.TempDir()
	over := map[string]string{}
	lay := func(file, text string) {
		at := filepath.Join(dir, fmt.Sprint(len(over), ".go"))
		clubtest.OK(t, os.WriteFile(at, []byte(text), 0o600))
		over[filepath.Join(root, filepath.FromSlash(file))] = at
	}
	lay("models/spoil/spoil.go", which)
	of := map[string][]mutant{}
	for _, x := range mutants {
		of[x.file] = append(of[x.file], x)
	}
	for file, all := range of {
		source := clubtest.Must(os.ReadFile(filepath.Join(root, filepath.FromSlash(file))))(t)
		text, err := spoil(string(source), all)
		clubtest.OK(t, err)
		lay(file, text)
	}
	overlay := filepath.Join(dir, "overlay.json")
	clubtest.OK(t, os.WriteFile(overlay, clubtest.Must(json.Marshal(map[string]any{"Replace": over}))(t), 0o600))
	program = filepath.Join(dir, "guildhall")
	clubtest.OK(t, running.Build(program, "-overlay", overlay))
	return program
}

// which is the package that tells the spoiled program which of the mutants it is.
const which = `package spoil

import "os"

var name = os.Getenv("GUILDHALL_SPOILED")

func On(mutant string) bool { return name == mutant }

func Either[T any](mutant string, spoiled, sound T) T {
	if On(mutant) {
		return spoiled
	}
	return sound
}
`

var (
	header = regexp.MustCompile(`(?m)^package \w+\n`)
	either = regexp.MustCompile(`EITHER(\[\w+\])?\(`)
)

// spoil puts the mutants of one file into its text.
func spoil(source string, all []mutant) (string, error) {
	at := func(x mutant) int { return strings.Index(source, x.old) }
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b mutant) int { return at(b) - at(a) }) // from the end, so that places stay
	text := source
	for i, x := range all {
		if n := strings.Count(source, x.old); n != 1 {
			return "", fmt.Errorf("%s has the text of the mutant %q %d times, and not once: the code moved on, so mend its line in mutants_list_test.go to take the same check away", x.file, x.name, n)
		}
		if i > 0 && at(x)+len(x.old) > at(all[i-1]) {
			return "", fmt.Errorf("%s: the mutants %q and %q spoil the same text", x.file, x.name, all[i-1].name)
		}
		spoilt := strings.ReplaceAll(x.new, "SPOILED", fmt.Sprintf("spoil.On(%q)", x.name))
		spoilt = either.ReplaceAllString(spoilt, fmt.Sprintf("spoil.Either$1(%q, ", x.name))
		if spoilt == x.new {
			return "", fmt.Errorf("the mutant %q is always on: say SPOILED or EITHER in what it puts in", x.name)
		}
		text = text[:at(x)] + spoilt + text[at(x)+len(x.old):]
	}
	end := header.FindStringIndex(text)
	if end == nil {
		return "", fmt.Errorf("%s is no Go file", all[0].file)
	}
	return text[:end[1]] + "\nimport \"guildhall/models/spoil\"\n" + text[end[1]:], nil
}

// repository is the folder in which the sources stand.
func repository(t testing.TB) string {
	t.Helper()
	at := clubtest.Must(os.Getwd())(t)
	for {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return at
		}
		if at == filepath.Dir(at) {
			t.Fatal("the sources stand nowhere above this test")
		}
		at = filepath.Dir(at)
	}
}
