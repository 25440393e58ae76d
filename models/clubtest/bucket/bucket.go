// Package bucket is an S3-compatible store in memory, for tests. It speaks the protocol as one would
// elsewhere: each request must be signed (AWS Signature Version 4) with the key that it gave out, in
// the last quarter of an hour, and bodies must be those that were signed.
package bucket

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// What opens it.
const (
	Name   = "uploads"
	Key    = "AKIATESTTESTTEST"
	Secret = "a secret of the test's own"
	Region = "eu-test-1"
)

// Bucket is one store with one bucket.
type Bucket struct {
	URL string

	mu      sync.Mutex
	objects map[string]object
	refused []string // why requests were
	away    bool
}

type object struct {
	body []byte
	at   time.Time
}

// Open runs a store until the test ends.
func Open(t testing.TB) *Bucket {
	b := &Bucket{objects: map[string]object{}}
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	b.URL = server.URL
	return b
}

// Away lets it answer nobody, or everybody again.
func (b *Bucket) Away(away bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.away = away
}

// Names are the objects that are there.
func (b *Bucket) Names() (all []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for name := range b.objects {
		all = append(all, name)
	}
	return all
}

// Refused are the reasons for which requests were turned away.
func (b *Bucket) Refused() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.refused...)
}

func (b *Bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.away {
		trouble(w, r, http.StatusServiceUnavailable, "ServiceUnavailable")
		return
	}
	body, err := signed(r)
	if err != nil {
		b.refused = append(b.refused, err.Error())
		trouble(w, r, http.StatusForbidden, "SignatureDoesNotMatch")
		return
	}
	name, ok := strings.CutPrefix(r.URL.Path, "/"+Name+"/")
	if !ok || name == "" {
		trouble(w, r, http.StatusNotFound, "NoSuchBucket")
		return
	}
	b.answer(w, r, name, body)
}

func (b *Bucket) answer(w http.ResponseWriter, r *http.Request, name string, body []byte) {
	kept, there := b.objects[name]
	switch {
	case r.Method == http.MethodPut:
		b.objects[name] = object{body, time.Now()}
		w.Header().Set("ETag", tag(body))
	case r.Method == http.MethodDelete:
		delete(b.objects, name) // nothing there is no error, as in S3
		w.WriteHeader(http.StatusNoContent)
	case (r.Method == http.MethodGet || r.Method == http.MethodHead) && there:
		w.Header().Set("ETag", tag(kept.body))
		w.Header().Set("Content-Type", "application/octet-stream")
		http.ServeContent(w, r, "", kept.at, bytes.NewReader(kept.body))
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		trouble(w, r, http.StatusNotFound, "NoSuchKey")
	default:
		trouble(w, r, http.StatusMethodNotAllowed, "MethodNotAllowed")
	}
}

func tag(body []byte) string {
	sum := md5.Sum(body) // what S3 calls an ETag
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

func trouble(w http.ResponseWriter, r *http.Request, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	said, err := xml.Marshal(struct {
		XMLName xml.Name `xml:"Error"`
		Code    string
		Message string
	}{Code: code, Message: code})
	if err == nil {
		_, _ = fmt.Fprint(w, xml.Header)
		_, _ = w.Write(said) // to a client of the test
	}
}

// whole reads a body that comes as it is.
func whole(r io.Reader) ([]byte, error) { return io.ReadAll(io.LimitReader(r, 64<<20)) }
