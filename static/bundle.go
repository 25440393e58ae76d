package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// bundle is the tree as it is served.
type bundle struct {
	root    string // "/static/<hash>/"
	files   map[string]file
	symbols map[string]bool // "icons.svg#i-bell"
}

// file is one answer, in both its forms.
type file struct {
	kind string // Content-Type
	etag string // without quotes
	raw  []byte
	gz   []byte // nil when packing gains nothing
}

// kinds is what is served, by extension; anything else in the tree is for people who read the code.
var kinds = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".png":   "image/png",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".woff2": "font/woff2",
}

var symbol = regexp.MustCompile(`<symbol id="([^"]+)"`)

// pack reads the tree, joins its sheets and works out the one hash that names them all. The hash
// is of what is served, not of what is embedded: a change in how sheets are joined moves it too.
func pack(src fs.FS) (*bundle, error) {
	b := &bundle{files: map[string]file{}, symbols: map[string]bool{}}
	sheets, err := joinSheets(src)
	if err != nil {
		return nil, err
	}
	for name, css := range sheets {
		b.add(name, css)
	}
	err = fs.WalkDir(src, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, "css/") {
			return err
		}
		raw, err := fs.ReadFile(src, name)
		if err == nil {
			b.add(name, raw)
		}
		return err
	})
	b.seal()
	return b, err
}

func (b *bundle) add(name string, raw []byte) {
	kind, ok := kinds[path.Ext(name)]
	if !ok {
		return
	}
	b.files[name] = newFile(kind, raw)
	if strings.HasSuffix(name, ".svg") {
		for _, m := range symbol.FindAllSubmatch(raw, -1) {
			b.symbols[name+"#"+string(m[1])] = true
		}
	}
}

func (b *bundle) seal() {
	names := make([]string, 0, len(b.files))
	for name := range b.files {
		names = append(names, name)
	}
	slices.Sort(names)
	sum := sha256.New()
	for _, name := range names {
		fmt.Fprintf(sum, "%s %s\n", name, b.files[name].etag)
	}
	sum.Write(hueSheet(0))
	b.root = prefix + hex.EncodeToString(sum.Sum(nil))[:16] + "/"
}

func newFile(kind string, raw []byte) file {
	sum := sha256.Sum256(raw)
	f := file{kind: kind, etag: hex.EncodeToString(sum[:12]), raw: raw}
	if strings.HasPrefix(kind, "font/") || len(raw) < 512 {
		return f // packed already, or one packet anyhow
	}
	var buf bytes.Buffer
	w, _ := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	w.Write(raw)
	w.Close()
	if buf.Len() < len(raw) {
		f.gz = buf.Bytes()
	}
	return f
}
