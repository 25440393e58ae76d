package handlers

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/files"
	"guildhall/models/problem"
)

// mostFiles is how many files come with one form.
const mostFiles = 10

// brought is an upload as a script is answered: what to write into the text is said here alone.
type brought struct {
	Address  string `json:"address"`
	Small    string `json:"small,omitempty"` // of a picture: one to show beside its words
	Name     string `json:"name"`
	Markdown string `json:"markdown"`
}

// bring takes one file, which is its uploader's alone until something they write names it.
func (s *Site) bring(c echo.Context) error {
	chosen := typed(c).files["file"]
	if len(chosen) != 1 {
		return errNoFile
	}
	body, err := bytesOf(chosen[0])
	if err != nil {
		return err
	}
	file, err := s.club.Files.Keep(c.Request().Context(), viewer(c), files.Upload{Key: typed(c).values.Get("key"), Name: chosen[0].Filename, Body: body})
	if err != nil {
		return err
	}
	told := brought{Address: file.Address(), Name: file.Name, Markdown: markdownOf(file, "")}
	if file.Picture() {
		told.Small = smallOf(file)
	}
	return c.JSON(http.StatusCreated, told)
}

func bytesOf(chosen *multipart.FileHeader) ([]byte, error) {
	in, err := chosen.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }() // it is in memory
	return io.ReadAll(in)
}

// attached is a text with the files behind it that came in the same form, as they do without a
// script. The form and the bytes make their keys: what is sent twice is kept once.
func (s *Site) attached(c echo.Context, text, form string) (string, error) {
	chosen := typed(c).files["file"]
	if len(chosen) > mostFiles {
		return text, problem.TooLarge("file", "At most %d files come with one form, and you chose %d. Your text stays; choose fewer, and add the others afterwards.", mostFiles, len(chosen))
	}
	for _, one := range chosen {
		if one.Size == 0 && one.Filename == "" {
			continue // a browser sends this for none
		}
		body, err := bytesOf(one)
		if err != nil {
			return text, err
		}
		sum := sha256.Sum256(body)
		key := form + "-" + hex.EncodeToString(sum[:6])
		file, err := s.club.Files.Keep(c.Request().Context(), viewer(c), files.Upload{Key: key, Name: one.Filename, Body: body})
		if err != nil {
			return text, err
		}
		if !strings.Contains(text, "]("+file.Address()+")") {
			text = strings.TrimLeft(strings.TrimRight(text, "\n")+"\n\n"+markdownOf(file, stem(file.Name)), "\n")
		}
	}
	return text, nil
}

// markdownOf shows a picture, or leads to any other file by its name.
func markdownOf(f files.File, words string) string {
	if f.Picture() {
		return "![" + escapedWords(words) + "](" + f.Address() + ")"
	}
	return "[" + escapedWords(f.Name) + "](" + f.Address() + ")"
}

// escapedWords stand for themselves in Markdown.
func escapedWords(words string) string {
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, `*`, `\*`, `_`, `\_`, "`", "\\`", `<`, `\<`, `&`, `\&`).Replace(words)
}

// stem is what a file is called without its ending.
func stem(name string) string {
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		return name[:dot]
	}
	return name
}

func smallOf(f files.File) string {
	if f.SmallWidth > 0 {
		return f.Address() + "/small"
	}
	return f.Address()
}

// file answers with a file, and smallFile with the smaller copy of a picture, to whoever may have it
// at this moment. No cache keeps it: the next read is asked again.
func (s *Site) file(c echo.Context) error      { return s.sendFile(c, false) }
func (s *Site) smallFile(c echo.Context) error { return s.sendFile(c, true) }

func (s *Site) sendFile(c echo.Context, less bool) error {
	f, body, err := s.club.Files.Open(c.Request().Context(), viewer(c), pathID(c, "file"), less)
	if err != nil {
		return err
	}
	defer func() { _ = body.Close() }() // it was read
	h := c.Response().Header()
	h.Set("Content-Security-Policy", inert)
	h.Set(echo.HeaderContentType, f.Mime)
	h.Set(echo.HeaderContentDisposition, disposition(f))
	tag := f.ID.String()
	if less {
		tag += "-small"
	}
	h.Set("ETag", `"`+tag+`"`)
	kept := h.Get("Cache-Control")
	c.Response().Before(func() { h.Set("Cache-Control", kept) }) // ServeContent drops it where a stretch cannot be had
	http.ServeContent(c.Response(), c.Request(), "", f.CreatedAt, body)
	return nil
}

// disposition lets a picture be shown; any other file is saved, whatever is in it.
func disposition(f files.File) string {
	how := "attachment"
	if f.Picture() {
		how = "inline"
	}
	if said := mime.FormatMediaType(how, map[string]string{"filename": f.Name}); said != "" {
		return said
	}
	return how
}

var errNoFile = problem.Invalid("file", "Choose one file.")
