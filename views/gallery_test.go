package views

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"guildhall/static"
)

// galleryPictures are the handles whose pictures stand in GALLERY_PICTURES as <handle>.svg;
// everybody else has a shield with initials.
var galleryPictures = func() map[string]bool {
	has := map[string]bool{}
	files, _ := filepath.Glob(filepath.Join(os.Getenv("GALLERY_PICTURES"), "*.svg"))
	for _, f := range files {
		has[strings.TrimSuffix(filepath.Base(f), ".svg")] = true
	}
	return has
}()

// TestGallery writes every page of the samples into the folder GALLERY, and if GALLERY_BROWSER
// names a browser, takes pictures of them: light and dark on a desk, light in a hand.
// GALLERY_ONLY narrows it to pages whose name contains it.
func TestGallery(t *testing.T) {
	folder := os.Getenv("GALLERY")
	if folder == "" {
		t.Skip("GALLERY names no folder")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/static/", static.Handler())
	mux.HandleFunc("/pictures/{handle}", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, filepath.Join(os.Getenv("GALLERY_PICTURES"), filepath.Base(r.PathValue("handle"))+".svg"))
	})
	mux.Handle("/", http.FileServer(http.Dir(folder)))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: mux}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })

	for name, page := range samples() {
		if !strings.Contains(name, os.Getenv("GALLERY_ONLY")) {
			continue
		}
		for _, theme := range []string{"light", "dark"} {
			html := strings.Replace(render(t, page), `<html lang="en"`, `<html lang="en" data-theme="`+theme+`"`, 1)
			file := name + "." + theme + ".html"
			if err := os.WriteFile(filepath.Join(folder, file), []byte(html), 0o644); err != nil {
				t.Fatal(err)
			}
			address := "http://" + listener.Addr().String() + "/" + file
			photograph(t, address, filepath.Join(folder, name+"."+theme+".png"), "1280,1400")
			if theme == "light" {
				photograph(t, address, filepath.Join(folder, name+".mobile.png"), "390,844")
			}
		}
	}
}

func photograph(t *testing.T, address, into, size string) {
	t.Helper()
	browser := os.Getenv("GALLERY_BROWSER")
	if browser == "" {
		return
	}
	cmd := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
		"--user-data-dir="+t.TempDir(), "--window-size="+size, "--screenshot="+into, address)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", address, err, out)
	}
}

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(templ.WithNonce(t.Context(), "n0nce"), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
