package static

import (
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

const wantLayers = "@layer reset, tokens, base, layout, components, utilities;"

// sheet reads one source sheet.
func sheet(t *testing.T, name string) string {
	t.Helper()
	css, err := fs.ReadFile(files, "css/"+name)
	if err != nil {
		t.Fatal(err)
	}
	return string(css)
}

// sheetNames are all the source sheets but the manifest.
func sheetNames(t *testing.T) []string {
	t.Helper()
	entries, err := fs.ReadDir(files, "css")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if path.Ext(e.Name()) == ".css" && "css/"+e.Name() != manifest {
			names = append(names, e.Name())
		}
	}
	if len(names) < 50 {
		t.Fatalf("only %d sheets: the test looks in the wrong place", len(names))
	}
	return names
}

var comments = regexp.MustCompile(`(?s)/\*.*?\*/`)

func TestManifestNamesEverySheetOnce(t *testing.T) {
	count := map[string]int{}
	for _, m := range importLine.FindAllStringSubmatch(sheet(t, "app.css"), -1) {
		count[m[1]]++
	}
	names := sheetNames(t)
	for _, name := range names {
		if count[name] != 1 {
			t.Errorf("%s stands %d times in %s", name, count[name], manifest)
		}
	}
	if len(count) != len(names) {
		t.Errorf("%d sheets are imported and %d exist", len(count), len(names))
	}
}

func TestLayersComeInOrder(t *testing.T) {
	for name, f := range tree().files {
		if path.Ext(name) == ".css" && !strings.HasPrefix(string(f.raw), string(minify([]byte(wantLayers)))) {
			t.Errorf("%s does not begin with the order of the layers: %.90s", name, f.raw)
		}
	}
	known := strings.FieldsFunc(strings.TrimPrefix(wantLayers, "@layer"), func(r rune) bool { return !unicode.IsLetter(r) })
	opened := regexp.MustCompile(`@layer\s+([a-z]+)`)
	for _, name := range sheetNames(t) {
		css := comments.ReplaceAllString(sheet(t, name), "")
		for _, m := range opened.FindAllStringSubmatch(css, -1) {
			if !slices.Contains(known, m[1]) {
				t.Errorf("%s opens a layer that is not declared: %s", name, m[1])
			}
		}
		if outside := outsideLayers(css); outside != "" {
			t.Errorf("%s has a rule outside every layer, which no owner's sheet could order: %s", name, outside)
		}
	}
}

// outsideLayers finds the first rule at the top of a sheet that is neither a layer nor one of
// the at-rules to which layers mean nothing.
func outsideLayers(css string) string {
	depth, start := 0, 0
	for i, r := range css {
		switch r {
		case '{':
			if depth == 0 {
				head := strings.TrimSpace(css[start:i])
				if !regexp.MustCompile(`^@(layer|font-face|property|media \(prefers-reduced-motion)`).MatchString(head) {
					return head
				}
			}
			depth++
		case '}':
			depth--
			start = i + 1
		}
	}
	return ""
}

func TestImportantIsRare(t *testing.T) {
	allowed := map[string]int{
		"reset.css": 1, // [hidden] means hidden, whatever a part says of its display
		"base.css":  5, // who asks for no motion gets none
		"shell.css": 2, // .only-desktop and .only-mobile
	}
	for _, name := range sheetNames(t) {
		if n := strings.Count(sheet(t, name), "!important"); n != allowed[name] {
			t.Errorf("%s has %d !important, want %d", name, n, allowed[name])
		}
	}
}

func TestEveryPropertyUsedIsDefined(t *testing.T) {
	all := ""
	for _, name := range []string{"css/app.css", "css/print.css", "icons.svg", "art.svg"} {
		all += string(tree().files[name].raw)
	}
	defined := map[string]bool{}
	for _, m := range regexp.MustCompile(`[{;](--[a-z0-9-]+):|@property (--[a-z0-9-]+)`).FindAllStringSubmatch(all, -1) {
		defined[m[1]+m[2]] = true
	}
	used := regexp.MustCompile(`var\((--[a-z0-9-]+)`).FindAllStringSubmatch(all, -1)
	if len(used) < 500 || !defined["--accent"] {
		t.Fatalf("%d uses of properties were found, --accent defined: %v", len(used), defined["--accent"])
	}
	for _, m := range used {
		if !defined[m[1]] {
			t.Errorf("%s is used and nowhere defined", m[1])
		}
	}
}

func TestEveryURLResolves(t *testing.T) {
	found := 0
	for name, f := range tree().files {
		if path.Ext(name) != ".css" {
			continue
		}
		if strings.Contains(string(f.raw), "://") {
			t.Errorf("%s speaks of another site", name)
		}
		for _, m := range regexp.MustCompile(`url\("?([^")]+)"?\)`).FindAllStringSubmatch(string(f.raw), -1) {
			found++
			if got := get(t, path.Join(path.Dir(Path(name)), m[1])); got.StatusCode != http.StatusOK {
				t.Errorf("%s: %s answers %d", name, m[1], got.StatusCode)
			}
		}
	}
	if found != 4 {
		t.Errorf("%d addresses were found, want the four fonts", found)
	}
}

func TestSharesOfAHundredAreAllThere(t *testing.T) {
	css := string(tree().files["css/app.css"].raw)
	for n := range 101 {
		if v := strconv.Itoa(n); !strings.Contains(css, ".v-"+v+"{--v:"+v+"}") {
			t.Errorf("there is no .v-%d", n)
		}
	}
}

func TestMinifyKeepsWhatMatters(t *testing.T) {
	for in, want := range map[string]string{
		"a { b: c; }\n":                         "a{b:c}",
		"a /* x */ b{}":                         "a b{}",
		".a :focus { c: calc(1px + 2px - 3px)}": ".a :focus{c:calc(1px + 2px - 3px)}",
		`a::after { content: "/* ; */  }"; }`:   `a::after{content:"/* ; */  }"}`,
		"@media (a) and (b) { c { d: e } }":     "@media (a) and (b){c{d:e}}",
		"a, b > c { d: e, f }":                  "a,b > c{d:e,f}",
		"a { b: c } /* never closed":            "a{b:c}",
	} {
		if got := string(minify([]byte(in))); got != want {
			t.Errorf("minify(%q) = %q, want %q", in, got, want)
		}
	}
	squeeze := func(css string) string {
		return strings.ReplaceAll(strings.Join(strings.Fields(comments.ReplaceAllString(css, "")), ""), ";}", "}")
	}
	for _, name := range sheetNames(t) {
		if css := sheet(t, name); squeeze(css) != squeeze(string(minify([]byte(css)))) {
			t.Errorf("%s lost more than white space and comments", name)
		}
	}
}
