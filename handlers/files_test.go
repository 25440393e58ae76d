package handlers_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"guildhall/handlers"
	"guildhall/models/access"
	"guildhall/models/clubtest"
)

func drawn(t *testing.T, w, h int) string {
	t.Helper()
	var out bytes.Buffer
	clubtest.OK(t, png.Encode(&out, image.NewRGBA(image.Rect(0, 0, w, h))))
	return out.String()
}

// sends posts a form with a file in it, as a page of ours would.
func (w *town) sends(v access.Viewer, path, name, content string, fields ...string) answer {
	w.t.Helper()
	return w.sendsMany(v, path, []string{name}, content, fields...)
}

func (w *town) sendsMany(v access.Viewer, path string, names []string, content string, fields ...string) answer {
	w.t.Helper()
	var body bytes.Buffer
	mixed := multipart.NewWriter(&body)
	for i := 0; i < len(fields); i += 2 {
		clubtest.OK(w.t, mixed.WriteField(fields[i], fields[i+1]))
	}
	for _, name := range names {
		file := clubtest.Must(mixed.CreateFormFile("file", name))(w.t)
		clubtest.Must(io.WriteString(file, content))(w.t)
	}
	clubtest.OK(w.t, mixed.Close())
	return w.ask(http.MethodPost, path, &body, w.as(v), header("Content-Type", mixed.FormDataContentType()), header("Origin", w.url), header("Sec-Fetch-Site", "same-origin"))
}

func (w *town) uploads(t *testing.T, v access.Viewer, name, content string) (told struct{ Address, Small, Name, Markdown string }) {
	t.Helper()
	a := w.sends(v, "/files", name, content, "key", w.Key()).wants(t, http.StatusCreated)
	clubtest.OK(t, json.Unmarshal([]byte(a.body), &told))
	return told
}

const emptyPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox"

func TestFilesAreServedTame(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		shot := w.uploads(t, w.Regular, "Ein \"Bild\" (größer).PNG", drawn(t, 900, 20))
		note := w.uploads(t, w.Regular, "page.html", "<script>alert(1)</script>")
		if shot.Markdown != "![]("+shot.Address+")" || shot.Small != shot.Address+"/small" || note.Markdown != "[page.html]("+note.Address+")" {
			t.Errorf("a script is told %+v and %+v", shot, note)
		}
		for address, want := range map[string]struct{ kind, how string }{
			shot.Address: {"image/png", "inline; filename*=utf-8''Ein%20_Bild_%20_gr%C3%B6%C3%9Fer_.png"},
			shot.Small:   {"image/png", "inline; "},
			note.Address: {"application/octet-stream", "attachment; filename=page.html"},
		} {
			a := w.get(address, w.as(w.Regular)).wants(t, http.StatusOK)
			for name, value := range map[string]string{
				"Content-Type": want.kind, "Content-Security-Policy": emptyPolicy, "X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store", "Cross-Origin-Resource-Policy": "same-origin",
			} {
				if a.Header.Get(name) != value {
					t.Errorf("%s has %s %q", address, name, a.Header.Get(name))
				}
			}
			if how := a.Header.Get("Content-Disposition"); !strings.HasPrefix(how, want.how) {
				t.Errorf("%s is %s", address, how)
			}
			if head := w.ask(http.MethodHead, address, nil, w.as(w.Regular)).wants(t, http.StatusOK); head.body != "" || head.ContentLength != int64(len(a.body)) {
				t.Errorf("HEAD says %d bytes of %d", head.ContentLength, len(a.body))
			}
			part := w.get(address, w.as(w.Regular), header("Range", "bytes=2-5")).wants(t, http.StatusPartialContent)
			if part.body != a.body[2:6] {
				t.Errorf("a stretch of it is %q", part.body)
			}
			if none := w.get(address, w.as(w.Regular), header("Range", "bytes=999999-")).wants(t, http.StatusRequestedRangeNotSatisfiable); none.Header.Get("Cache-Control") != "private, no-store" {
				t.Errorf("that there is no such stretch may be kept: %q", none.Header.Get("Cache-Control"))
			}
			w.get(address, w.as(w.Regular), header("If-None-Match", a.Header.Get("ETag"))).wants(t, http.StatusNotModified)
			w.get(address, w.as(w.Owner), header("If-None-Match", a.Header.Get("ETag"))).wants(t, http.StatusNotFound)
			w.get(address).wants(t, http.StatusNotFound)
		}
	})
}

var aFile = regexp.MustCompile(`/files/\w{11}`)

// Without a script a file comes with the form: the preview brings it into the text, and so does posting.
func TestFilesComeWithForms(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		topic := w.Topic(w.Open, "Lamps")
		reply := "/s/questions/t/" + topic.ID.String() + "/reply"
		text := []string{"key", "a key", "text", "Look."}
		seen := w.sends(w.Regular, reply, "lamp.png", drawn(t, 40, 30), append(text, "preview", "on")...).wants(t, http.StatusOK)
		seen.says(t, "![lamp]("+aFile.FindString(seen.body)+")")
		w.sends(w.Regular, reply, "lamp.png", drawn(t, 40, 30), text...).wants(t, http.StatusSeeOther)
		page := w.get("/s/questions/t/"+topic.ID.String()+"/"+topic.Slug, w.as(w.Newcomer)).wants(t, http.StatusOK)
		page.says(t, `<img src="`+aFile.FindString(seen.body)+`" width="40" height="30" alt="lamp"`)
		w.get(aFile.FindString(seen.body), w.as(w.Newcomer)).wants(t, http.StatusOK)

		w.sends(w.Regular, "/s/questions/new", "note_1.txt", "A note.", "key", "b", "title", "Lamps again", "text", "See").wants(t, http.StatusSeeOther)
		w.sends(w.Regular, "/s/questions/chat", "note.txt", "A note.", "key", "c", "text", "See").wants(t, http.StatusSeeOther)
		w.get("/s/questions/chat", w.as(w.Regular)).says(t, `">note.txt</a>`)

		refused := w.sends(w.Regular, reply, "lamp.svg", "<svg/>", "key", "d", "text", "Look again.").wants(t, http.StatusUnprocessableEntity)
		refused.says(t, "Save it as PNG.").says(t, "Look again.")
	})
}

func TestUploadsAreRefusedInWords(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		topic := w.Topic(w.Open, "Lamps")
		reply := "/s/questions/t/" + topic.ID.String() + "/reply"
		w.sends(w.Regular, "/files", "a.txt", "", "key", w.Key()).wants(t, http.StatusUnprocessableEntity).says(t, "is empty")
		w.sends(w.Regular, "/files", "a.txt", strings.Repeat("x", 16<<20+1), "key", w.Key()).wants(t, http.StatusRequestEntityTooLarge).says(t, "at most 16 MB")
		full := strings.Repeat("x", clubtest.Quota+1)
		w.sends(w.Regular, "/files", "a.txt", full, "key", w.Key()).wants(t, http.StatusInsufficientStorage).says(t, "does not fit")
		w.sends(w.Regular, reply, "a.txt", full, "key", w.Key(), "text", "Look.").wants(t, http.StatusInsufficientStorage).says(t, "does not fit").says(t, "Look.")
		eleven := strings.Split(strings.Repeat("a.txt ", 11), " ")[:11]
		w.sendsMany(w.Regular, reply, eleven, "x", "key", w.Key(), "text", "Look.").wants(t, http.StatusRequestEntityTooLarge).says(t, "you chose 11").says(t, "Look.")
		w.sends(w.Suspended, "/files", "a.txt", "x", "key", w.Key()).wants(t, http.StatusForbidden)
		w.ask(http.MethodPost, "/files", strings.NewReader("x"), w.as(w.Regular), header("Origin", "https://elsewhere.example")).wants(t, http.StatusForbidden)
	})
}

func TestShelfSettings(t *testing.T) {
	bucket := []string{"GUILDHALL_FILES=s3://club/uploads", "GUILDHALL_FILES_ENDPOINT=https://s3.example.org", "GUILDHALL_FILES_KEY=k", "GUILDHALL_FILES_SECRET=hush"}
	conf, err := handlers.ReadConfig(bucket)
	clubtest.OK(t, err)
	store, quota, err := conf.Shelf.Open()
	if err != nil || store == nil || quota != 1000<<20 {
		t.Errorf("%d bytes, %v", quota, err)
	}
	for _, bad := range []string{"GUILDHALL_FILES=s3://", "GUILDHALL_FILES_ENDPOINT=s3.example.org", "GUILDHALL_FILES_KEY=", "GUILDHALL_FILES_SECRET=", "GUILDHALL_FILES_QUOTA=-1", "GUILDHALL_FILES_ENDPOINT=https://s3.example.org/club"} {
		name, _, _ := strings.Cut(bad, "=")
		if _, err := handlers.ReadConfig(append(append([]string{}, bucket...), bad)); err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
