// Package static holds what a browser fetches once and keeps: sheets, scripts, fonts, icons
// and the vendored libraries. All of it is in the program, and every address carries one hash
// of the whole, so that an answer may be kept for ever and modules can import each other by
// relative paths without knowing it.
package static

import (
	"embed"
	"fmt"
	"path"
	"strings"
	"sync"
)

//go:generate go run vendor.go

//go:embed css fonts icons js vendor *.png *.svg *.txt
var files embed.FS

// prefix is where the router hangs Handler.
const prefix = "/static/"

// tree is everything that is served, made once, when the first page asks for an address.
var tree = sync.OnceValue(func() *bundle {
	b, err := pack(files)
	if err != nil {
		panic("static: " + err.Error()) // what is embedded is broken: no page can be drawn
	}
	return b
})

// Path is the address of a file, such as "css/app.css" or "fonts/besley.woff2". A name that is
// not served is a slip in a template and panics, so that the first test to draw the page finds it.
func Path(name string) string {
	if _, ok := tree().files[name]; !ok {
		panic(fmt.Sprintf("static: no file %q", name))
	}
	return tree().root + name
}

// Vendor is the address of a vendored file by its own name, "htmx.min.js", whatever its version.
func Vendor(file string) string {
	for name := range tree().files {
		if strings.HasPrefix(name, "vendor/") && path.Base(name) == file {
			return tree().root + name
		}
	}
	panic(fmt.Sprintf("static: nothing vendored is called %q", file))
}

// Icon is what a <use> points to for the glyph name, "bell". A space's icon comes from a row, so
// a name that is unknown draws a plain dot and never breaks a page; ask HasIcon before keeping one.
func Icon(name string) string {
	if !HasIcon(name) {
		name = "dotfill"
	}
	return tree().root + "icons.svg#i-" + name
}

// HasIcon tells whether there is a glyph of that name.
func HasIcon(name string) bool { return tree().symbols["icons.svg#i-"+name] }

// Art is what a <use> points to for one of the club's drawings: "door", "hall", "lamp", …
func Art(name string) string {
	if !tree().symbols["art.svg#i-art-"+name] {
		panic(fmt.Sprintf("static: no drawing %q", name))
	}
	return tree().root + "art.svg#i-art-" + name
}
