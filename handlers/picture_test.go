package handlers_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"guildhall/models/clubtest"
	"guildhall/models/member"
)

func TestPictures(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		img := image.NewRGBA(image.Rect(0, 0, 64, 64))
		img.Set(3, 3, color.White)
		var raw bytes.Buffer
		clubtest.OK(t, png.Encode(&raw, img))
		p := clubtest.Must(member.Repaint(t.Context(), &raw))(t)
		clubtest.OK(t, w.Members.ChangePicture(t.Context(), w.Regular, p))
		hash := clubMember(w).Picture

		a := w.get("/pictures/"+hash).wants(t, http.StatusOK)
		if kind := a.Header.Get("Content-Type"); kind != "image/png" && kind != "image/jpeg" {
			t.Errorf("it is %q", kind)
		}
		if _, _, err := image.Decode(strings.NewReader(a.body)); err != nil {
			t.Error(err)
		}
		if policy := a.Header.Get("Content-Security-Policy"); policy != "default-src 'none'; frame-ancestors 'none'; sandbox" {
			t.Errorf("opened by itself it may do %q", policy)
		}
		if kept := a.Header.Get("Cache-Control"); !strings.HasPrefix(kept, "private, max-age=") {
			t.Errorf("it is kept %q", kept)
		}
		w.get("/pictures/"+hash, header("If-None-Match", a.Header.Get("ETag"))).wants(t, http.StatusNotModified)
		if a := w.ask(http.MethodHead, "/pictures/"+hash, nil).wants(t, http.StatusOK); a.body != "" {
			t.Error("HEAD brings the picture")
		}
		none := w.get("/pictures/"+strings.Repeat("0", len(hash))).wants(t, http.StatusNotFound)
		if kept := none.Header.Get("Cache-Control"); kept != "private, no-store" {
			t.Errorf("that there is none is kept %q", kept)
		}
	})
}
