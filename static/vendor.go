//go:build ignore

// Vendor copies the browser libraries that package.json names into the tree, with their
// licences and sums, from a fresh and verified install in a folder of its own:
//
//	go generate ./static
//
// The copies are kept in the repository, so neither a build nor a page asks anybody for them.
// Whoever changes a version runs this and commits what it wrote; CI runs it and wants no change.
package main

import (
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

// library is a package and the files of it that are copied: from its own folder, to a folder of ours.
type library struct {
	name   string
	files  []string
	folder string // where other than vendor/NAME@VERSION
}

var libraries = []library{
	{name: "htmx.org", files: []string{"dist/htmx.min.js"}},
	{name: "idiomorph", files: []string{"dist/idiomorph.esm.js"}},
	{name: "axe-core", files: []string{"axe.min.js"}, folder: "../cmd/guildhall/testdata"}, // for tests: not in the program
}

// entry is one file in manifest.json.
type entry struct {
	Library string `json:"library"`
	Version string `json:"version"`
	Licence string `json:"licence"`
	Path    string `json:"path"`      // from static/
	Sum     string `json:"integrity"` // sha384, as a page would state it
}

func main() {
	log.SetFlags(0)
	modules := install()
	defer os.RemoveAll(filepath.Dir(modules))
	must(os.RemoveAll("vendor"))

	var manifest []entry
	for _, lib := range libraries {
		var about struct{ Version, License string }
		must(json.Unmarshal(read(filepath.Join(modules, lib.name, "package.json")), &about))
		folder := lib.folder
		if folder == "" {
			folder = filepath.Join("vendor", lib.name+"@"+about.Version)
			write(filepath.Join(folder, "LICENSE.txt"), read(filepath.Join(modules, lib.name, "LICENSE")))
		}
		for _, name := range lib.files {
			body, path := read(filepath.Join(modules, lib.name, name)), filepath.Join(folder, filepath.Base(name))
			write(path, body)
			sum := sha512.Sum384(body)
			manifest = append(manifest, entry{lib.name, about.Version, about.License, filepath.ToSlash(path),
				"sha384-" + base64.StdEncoding.EncodeToString(sum[:])})
		}
	}
	out, err := json.MarshalIndent(manifest, "", "  ")
	must(err)
	write("vendor/manifest.json", append(out, '\n'))
}

// install puts what package-lock.json names, checked against its sums and with no script of
// theirs run, into a folder that is thrown away afterwards.
func install() (modules string) {
	dir, err := os.MkdirTemp("", "vendor")
	must(err)
	for _, name := range []string{"package.json", "package-lock.json"} {
		write(filepath.Join(dir, name), read(filepath.Join("..", name)))
	}
	npm := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	npm.Dir, npm.Stdout, npm.Stderr = dir, os.Stderr, os.Stderr
	must(npm.Run())
	return filepath.Join(dir, "node_modules")
}

func read(path string) []byte {
	body, err := os.ReadFile(path)
	must(err)
	return body
}

func write(path string, body []byte) {
	must(os.MkdirAll(filepath.Dir(path), 0o755))
	must(os.WriteFile(path, body, 0o644))
}

func must(err error) {
	if err != nil {
		log.Fatal("vendor: ", err)
	}
}
