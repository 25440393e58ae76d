package static

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Handler answers under /static/. What it gives may be kept for ever, because its address names
// its content; an address of another build is 404 and must not be kept, since two builds serve
// side by side while one replaces the other.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "Only for reading.", http.StatusMethodNotAllowed)
			return
		}
		f, ok := find(r.URL.Path)
		if !ok {
			w.Header().Set("Cache-Control", "no-store")
			http.Error(w, "There is no such file.", http.StatusNotFound)
			return
		}
		f.serve(w, r)
	})
}

func find(address string) (file, bool) {
	name, ok := strings.CutPrefix(address, tree().root)
	if !ok {
		return file{}, false
	}
	if f, ok := tree().files[name]; ok {
		return f, true
	}
	return hueFile(name)
}

func (f file) serve(w http.ResponseWriter, r *http.Request) {
	body, etag, h := f.raw, f.etag, w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	if f.gz != nil {
		h.Set("Vary", "Accept-Encoding")
		if takesGzip(r.Header.Get("Accept-Encoding")) {
			body, etag = f.gz, etag+"-gz"
			h.Set("Content-Encoding", "gzip")
			h.Set("Content-Length", strconv.Itoa(len(body)))
		}
	}
	h.Set("ETag", `"`+etag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// takesGzip reads an Accept-Encoding header: gzip must be named (or *) and not refused by q=0.
func takesGzip(header string) bool {
	takes := false
	for part := range strings.SplitSeq(header, ",") {
		coding, params, _ := strings.Cut(strings.ToLower(part), ";")
		coding = strings.TrimSpace(coding)
		if coding != "gzip" && coding != "*" {
			continue
		}
		takes = true
		if q, ok := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q="); ok {
			weight, err := strconv.ParseFloat(q, 64)
			takes = err == nil && weight > 0
		}
		if coding == "gzip" {
			return takes // named itself, it says more than *
		}
	}
	return takes
}
