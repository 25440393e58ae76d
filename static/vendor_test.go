package static

import (
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"os"
	"path"
	"strings"
	"testing"
)

// TestVendoredFilesAreTheOnesNamed holds the copies to the sums that were taken when they were
// made, and those to the versions of package.json. That the sums are the registry's own is what
// go generate shows, in CI.
func TestVendoredFilesAreTheOnesNamed(t *testing.T) {
	var manifest []struct{ Library, Version, Licence, Path, Integrity string }
	read(t, "vendor/manifest.json", &manifest)
	var packages struct{ Dependencies, DevDependencies map[string]string }
	read(t, "../package.json", &packages)
	var lock struct {
		Packages map[string]struct{ Version, Resolved string }
	}
	read(t, "../package-lock.json", &lock)

	bases := map[string]bool{}
	for _, m := range manifest {
		content, err := os.ReadFile(m.Path)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha512.Sum384(content); m.Integrity != "sha384-"+base64.StdEncoding.EncodeToString(sum[:]) {
			t.Errorf("%s is not what was vendored", m.Path)
		}
		if want := packages.Dependencies[m.Library] + packages.DevDependencies[m.Library]; want != m.Version {
			t.Errorf("%s %s is vendored and package.json asks for %q", m.Library, m.Version, want)
		}
		if locked := lock.Packages["node_modules/"+m.Library]; locked.Version != m.Version || locked.Resolved != "" {
			t.Errorf("package-lock.json has %s %q from %q", m.Library, locked.Version, locked.Resolved)
		}
		if m.Licence == "" || bases[path.Base(m.Path)] {
			t.Errorf("%s has no licence, or shares its name with another", m.Path)
		}
		bases[path.Base(m.Path)] = true
	}
	if want := len(packages.Dependencies) + len(packages.DevDependencies); len(manifest) < want || want == 0 {
		t.Errorf("%d files of %d libraries", len(manifest), want)
	}
	for name := range tree().files {
		if strings.HasPrefix(name, "vendor/") && path.Ext(name) == ".js" && !bases[path.Base(name)] {
			t.Errorf("%s is served and no list names it", name)
		}
	}
}

func read(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}
