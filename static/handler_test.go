package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// memory is the embedded tree, free to be changed.
func memory(t *testing.T) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, name)
		m[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func ask(t *testing.T, method, address string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, address, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func get(t *testing.T, address string, headers ...string) *http.Response {
	t.Helper()
	return ask(t, http.MethodGet, address, headers...)
}

func body(t *testing.T, r *http.Response) []byte {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEveryFileIsServedForEver(t *testing.T) {
	for name, f := range tree().files {
		got := get(t, Path(name))
		if got.StatusCode != http.StatusOK || !bytes.Equal(body(t, got), f.raw) {
			t.Errorf("%s answers %d, or not with its content", name, got.StatusCode)
		}
		for header, want := range map[string]string{
			"Cache-Control":          "public, max-age=31536000, immutable",
			"X-Content-Type-Options": "nosniff",
			"Content-Type":           kinds[path.Ext(name)],
			"Content-Encoding":       "",
			"Content-Length":         strconv.Itoa(len(f.raw)),
		} {
			if got.Header.Get(header) != want {
				t.Errorf("%s: %s is %q, want %q", name, header, got.Header.Get(header), want)
			}
		}
		again := get(t, Path(name), "If-None-Match", got.Header.Get("ETag"))
		if again.StatusCode != http.StatusNotModified || len(body(t, again)) > 0 {
			t.Errorf("%s: asked again with its tag, it answers %d", name, again.StatusCode)
		}
	}
}

func TestPackedFormIsSmallerAndTheSame(t *testing.T) {
	packed := 0
	for name, f := range tree().files {
		got := get(t, Path(name), "Accept-Encoding", "br, gzip;q=0.8")
		answer := body(t, got)
		if f.gz == nil {
			if got.Header.Get("Content-Encoding") != "" {
				t.Errorf("%s is said to be packed and is not", name)
			}
			continue
		}
		packed++
		if len(answer) >= len(f.raw) || got.Header.Get("Content-Length") != strconv.Itoa(len(answer)) {
			t.Errorf("%s: %d bytes packed, %d as it is, %s announced", name, len(answer), len(f.raw), got.Header.Get("Content-Length"))
		}
		if got.Header.Get("Vary") != "Accept-Encoding" || got.Header.Get("ETag") == get(t, Path(name)).Header.Get("ETag") {
			t.Errorf("%s: a cache could take one form for the other", name)
		}
		r, err := gzip.NewReader(bytes.NewReader(answer))
		if err != nil {
			t.Fatal(err)
		}
		plain, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(plain, f.raw) {
			t.Errorf("%s unpacks to something else: %v", name, err)
		}
	}
	if packed < 5 {
		t.Errorf("only %d files have a packed form", packed)
	}
}

func TestWhoTakesGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"gzip": true, "br, gzip": true, "GZIP;q=0.5": true, "*": true, "gzip ; q=1": true, "*;q=0, gzip": true,
		"": false, "br": false, "identity": false, "gzip;q=0": false, "*, gzip;q=0.0": false, "gzip;q=x": false,
	} {
		if got := takesGzip(header); got != want {
			t.Errorf("takesGzip(%q) = %v", header, got)
		}
	}
}

func TestNoOtherAddressAnswers(t *testing.T) {
	root, elsewhere := tree().root, "/static/0123456789abcdef/"
	for _, address := range []string{
		elsewhere + "css/app.css", "/static/css/app.css", "/static/", root, root + "css", root + "css/button.css",
		root + "css/README.md", root + "vendor/manifest.json", root + "static.go", root + "../static.go", root + "css/../css/app.css",
	} {
		got := get(t, address)
		if got.StatusCode != http.StatusNotFound || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s answers %d, %q", address, got.StatusCode, got.Header.Get("Cache-Control"))
		}
	}
	if got := ask(t, http.MethodPost, Path("css/app.css")); got.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("a POST answers %d", got.StatusCode)
	}
	if got := ask(t, http.MethodHead, Path("css/app.css")); got.StatusCode != http.StatusOK || len(body(t, got)) > 0 {
		t.Errorf("a HEAD answers %d", got.StatusCode)
	}
}

func TestHueKeepsItsBounds(t *testing.T) {
	for accent, want := range map[int]string{-5: "0", 0: "0", 162: "162", 360: "360", 361: "360", 9999: "360"} {
		address, css := Hue(accent)
		if !strings.HasSuffix(address, "/css/hue-"+want+".css") || !strings.Contains(string(css), "{--accent:"+want+"}") {
			t.Errorf("Hue(%d) = %s, %s", accent, address, css)
		}
		got := get(t, address)
		if got.StatusCode != http.StatusOK || string(body(t, got)) != string(css) || got.Header.Get("Content-Type") != kinds[".css"] {
			t.Errorf("%s answers %d %s", address, got.StatusCode, got.Header.Get("Content-Type"))
		}
	}
	for _, other := range []string{"361", "-1", "007", "1e2", "", "162.5", "99999999999999999999"} {
		if got := get(t, tree().root+"css/hue-"+other+".css"); got.StatusCode != http.StatusNotFound {
			t.Errorf("hue %q answers %d", other, got.StatusCode)
		}
	}
}
