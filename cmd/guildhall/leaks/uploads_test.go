package leaks_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"strings"

	"guildhall/handlers/ways"
	"guildhall/models/clubtest"
	"guildhall/models/id"
)

// hangs tells whether an address is that of something which hangs in a space that it does not name.
func hangs(way ways.Way) bool { return strings.Contains(way.Path, ":file") }

// uploads brings a file as a member.
func (w *world) uploads(handle, name string, content []byte) id.ID {
	w.t.Helper()
	var body bytes.Buffer
	mixed := multipart.NewWriter(&body)
	clubtest.OK(w.t, mixed.WriteField("key", w.key()))
	file := clubtest.Must(mixed.CreateFormFile("file", name))(w.t)
	clubtest.Must(file.Write(content))(w.t)
	clubtest.OK(w.t, mixed.Close())
	a := w.people[handle].ask(w.t, ask{method: http.MethodPost, path: "/files", raw: body.String(), header: map[string]string{"Content-Type": mixed.FormDataContentType(), "Accept": "application/json"}})
	var told struct{ Address string }
	if a.status != http.StatusCreated {
		w.t.Fatalf("%s is answered %s", name, a)
	}
	clubtest.OK(w.t, json.Unmarshal(a.body, &told))
	return idIn(w.t, told.Address, `^/files/(\w{11})$`)
}

// brings uploads what stands in the first post of a house, and something that stands nowhere yet.
func (w *world) brings(h *house) (markdown string) {
	w.t.Helper()
	var wide bytes.Buffer
	clubtest.OK(w.t, png.Encode(&wide, image.NewRGBA(image.Rect(0, 0, 800, 20))))
	note := w.uploads(author, canary(h.kind, "filename")+".txt", []byte("It holds "+canary(h.kind, "file")))
	shot := w.uploads(author, canary(h.kind, "filename")+".png", wide.Bytes())
	loose := w.uploads(author, canary(h.kind, "filename")+"2.txt", []byte("It holds "+canary(h.kind, "loose")))
	h.files = []id.ID{note, shot, loose}
	return "[a note](/files/" + note.String() + ") ![a shot](/files/" + shot.String() + ")"
}

// sideways are other ways to ask for a file: a stretch of it, and whether it is still what those who
// may have it were given.
func sideways(path string) (all []ask) {
	parts := strings.Split(path, "/")
	tag := `"` + parts[2] + strings.Repeat("s", len(parts)-3) + `"`
	for _, header := range []map[string]string{
		{"Range": "bytes=0-30"}, {"Range": "bytes=9-,-5"}, {"Range": "bytes=99999-"}, {"If-None-Match": tag}, {"If-None-Match": "*"}, {"If-Match": tag},
		{"If-Range": tag, "Range": "bytes=3-"}, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, {"Sec-Fetch-Dest": "image", "Accept": "image/*"},
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			all = append(all, ask{method: method, path: path, header: header})
		}
	}
	return all
}

// likeNoFile holds an answer about a file that is closed to one that never was, byte for byte: of a
// locked space too, as the address does not name it.
func (m *matrix) likeNoFile(way ways.Way, p part, k kind, q ask, a answer) {
	if k == public || p.in || !hangs(way) {
		return
	}
	_, file, _ := strings.Cut(q.path, "/files/")
	file, _, _ = strings.Cut(file, "/")
	none := never(m.t).String()
	other := q
	other.path = strings.Replace(q.path, file, none, 1)
	got, nowhere := plain(a, file), plain(m.eye(p, k).ask(m.t, other), none)
	if !bytes.Equal(got, nowhere) {
		m.finds(&m.leaks, "%s (%s) can be told from a file that never was by %s: %s %s %v\n%s\n%s", k, way.Surface, p.name, q.method, q.path, q.header, firstApart(got, nowhere), firstApart(nowhere, got))
	}
}
