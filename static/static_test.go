package static

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestPathNamesOneTree(t *testing.T) {
	root := regexp.MustCompile(`^/static/[0-9a-f]{16}/$`)
	if !root.MatchString(tree().root) {
		t.Fatalf("the root is %q", tree().root)
	}
	for _, name := range []string{"css/app.css", "css/print.css", "fonts/besley.woff2", "icons.svg", "art.svg"} {
		if got := Path(name); got != tree().root+name {
			t.Errorf("Path(%q) = %q", name, got)
		}
	}
	if got := Vendor("htmx.min.js"); !strings.HasPrefix(got, tree().root+"vendor/htmx.org@") {
		t.Errorf("Vendor = %q", got)
	}
	for name, slip := range map[string]func(){
		"a part, which is served only joined": func() { Path("css/button.css") },
		"a note for readers of the code":      func() { Path("css/README.md") },
		"nothing at all":                      func() { Path("css/ap.css") },
		"nothing vendored":                    func() { Vendor("jquery.js") },
		"no drawing":                          func() { Art("dragon") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("an address was given for %s", name)
				}
			}()
			slip()
		}()
	}
}

func TestHashFollowsWhatIsServed(t *testing.T) {
	change := func(name, from, to string) *bundle {
		src := memory(t)
		src[name].Data = []byte(strings.Replace(string(src[name].Data), from, to, 1))
		b, err := pack(src)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if same := change("css/button.css", "", ""); same.root != tree().root {
		t.Errorf("the same tree is %s and %s", same.root, tree().root)
	}
	if other := change("css/button.css", "inline-flex", "flex"); other.root == tree().root {
		t.Error("a changed sheet kept its address")
	}
	if noted := change("css/README.md", "#", "# "); noted.root != tree().root {
		t.Error("a note that is not served moved every address")
	}
}

func TestIconFallsBackToADot(t *testing.T) {
	if !HasIcon("bell") || HasIcon("no-such-glyph") {
		t.Fatal("HasIcon does not tell one from the other")
	}
	if got := Icon("bell"); got != Path("icons.svg")+"#i-bell" {
		t.Errorf("Icon(bell) = %q", got)
	}
	if got := Icon("no-such-glyph"); got != Path("icons.svg")+"#i-dotfill" || !HasIcon("dotfill") {
		t.Errorf("an unknown icon is %q", got)
	}
}

// TestEveryIconUsedExists reads the templates and scripts for glyphs and drawings by name.
func TestEveryIconUsedExists(t *testing.T) {
	glyph := regexp.MustCompile(`(?i)\b(?:static\.)?(?:icon|iconas|glyph)\(\s*"(?:i-)?([a-z0-9-]+)"\s*[,)]|icons\.svg#i-([a-z0-9-]+)`)
	drawing := regexp.MustCompile(`(?i)\b(?:static\.)?art\(\s*"([a-z0-9-]+)"\s*[,)]`)
	premise := `@Icon("bell") @IconAs("x", "end") static.Icon("i-key") "icons.svg#i-heart" @art("door", "", "")`
	if n := len(glyph.FindAllString(premise, -1)) + len(drawing.FindAllString(premise, -1)); n != 5 {
		t.Fatalf("the test would see %d of 5 icons", n)
	}
	for _, root := range []string{"../views", "js"} {
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if ext := path.Ext(name); err != nil || d.IsDir() || ext != ".templ" && ext != ".js" {
				return err
			}
			text, err := os.ReadFile(name)
			for _, m := range glyph.FindAllStringSubmatch(string(text), -1) {
				if icon := m[1] + m[2]; !HasIcon(icon) {
					t.Errorf("%s draws the icon %q, which does not exist", name, icon)
				}
			}
			for _, m := range drawing.FindAllStringSubmatch(string(text), -1) {
				if !tree().symbols["art.svg#i-art-"+m[1]] {
					t.Errorf("%s draws %q, which does not exist", name, m[1])
				}
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// TestDrawingsObeyThePolicy holds what the content policy would block out of the drawings.
func TestDrawingsObeyThePolicy(t *testing.T) {
	for _, name := range []string{"icons.svg", "art.svg"} {
		svg := string(tree().files[name].raw)
		ids := regexp.MustCompile(`<symbol id="([^"]*)" viewBox="`).FindAllStringSubmatch(svg, -1)
		if len(ids) != strings.Count(svg, "<symbol") || len(ids) == 0 {
			t.Errorf("%s: %d of %d symbols have an id and a view box", name, len(ids), strings.Count(svg, "<symbol"))
		}
		seen := map[string]bool{}
		for _, id := range ids {
			if !strings.HasPrefix(id[1], "i-") || seen[id[1]] {
				t.Errorf("%s: the id %q is not prefixed, or stands twice", name, id[1])
			}
			seen[id[1]] = true
		}
		for _, bad := range []string{"style=", "<style", "<script", "onload", "xlink", "url("} {
			if strings.Contains(svg, bad) {
				t.Errorf("%s contains %s", name, bad)
			}
		}
	}
}

// TestModulesFindEachOther follows the relative imports of the scripts.
func TestModulesFindEachOther(t *testing.T) {
	imports := regexp.MustCompile(`(?m)(?:^|[\s;])(?:import|export)\b[^"';]*["'](\.{1,2}/[^"']+)["']|\bimport\(\s*["'](\.{1,2}/[^"']+)["']`)
	if n := len(imports.FindAllString("import { a } from \"./a.js\"\nimport '../b.js'\nawait import(\"./c.js\")", -1)); n != 3 {
		t.Fatalf("the test would see %d of 3 imports", n)
	}
	for name, f := range tree().files {
		if !strings.HasPrefix(name, "js/") {
			continue
		}
		for _, m := range imports.FindAllStringSubmatch(string(f.raw), -1) {
			if target := path.Join(path.Dir(name), m[1]+m[2]); tree().files[target].raw == nil {
				t.Errorf("%s imports %s, which is not served", name, target)
			}
		}
	}
}
