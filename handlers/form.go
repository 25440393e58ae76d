package handlers

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/models/id"
	"guildhall/models/problem"
)

// form is what came in the body of a request: never in its address, so that one name has one source.
type form struct {
	values url.Values
	files  map[string][]*multipart.FileHeader
	long   *problem.Problem
}

// typed is the form that came with a request.
func typed(c echo.Context) *form { return &about(c).form }

// text is what was typed under name, whole: over most bytes Err says so, and is to be looked at
// before anything is kept.
func (f *form) text(name string, most int) string {
	value := f.values.Get(name)
	if len(value) > most && f.long == nil {
		f.long = problem.Invalid(name, "That is longer than fits here: at most %d bytes.", most)
	}
	return value
}

// texts is everything that was chosen under name, at most 200 of them.
func (f *form) texts(name string, most int) (all []string) {
	for _, value := range f.values[name][:min(len(f.values[name]), 200)] {
		if len(value) <= most {
			all = append(all, value)
		}
	}
	return all
}

// on tells whether a box was ticked.
func (f *form) on(name string) bool { return f.values.Get(name) != "" }

// id is the id under name: of a row that the form names beside the one in its address. Anything
// that is none is 0, which is nobody's.
func (f *form) id(name string) id.ID { return parseID(f.values.Get(name)) }

// file is what was chosen under name, or nil.
func (f *form) file(name string) *multipart.FileHeader {
	if chosen := f.files[name]; len(chosen) > 0 {
		return chosen[0]
	}
	return nil
}

// Err says what was too long, once all of it was read.
func (f *form) Err() error {
	if f.long == nil {
		return nil
	}
	return f.long
}

// unfold reads the form of a request that brings one, within its row's size and in memory alone.
func (s *Site) unfold(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, a := c.Request(), about(c)
		kind, _, _ := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
		var err error
		switch {
		case r.ContentLength > a.route.Body:
			return errTooLarge
		case a.route.Method == get || a.route.Method == http.MethodHead:
			return next(c)
		case kind == echo.MIMEApplicationForm:
			a.form.values, err = fromLine(r.Body)
		case kind == echo.MIMEMultipartForm:
			leave, busy := s.berths.take(a.visit.Viewer.ID)
			if busy != nil {
				return busy
			}
			defer leave()
			err = r.ParseMultipartForm(a.route.Body)
		}
		if over := (*http.MaxBytesError)(nil); errors.As(err, &over) || errors.Is(err, multipart.ErrMessageTooLarge) {
			return errTooLarge
		}
		if err != nil {
			return problem.Invalid("", "The form did not arrive whole. Send it again.")
		}
		if r.MultipartForm != nil {
			a.form.files, a.form.values = r.MultipartForm.File, cleaned(r.MultipartForm.Value)
		}
		if a.form.values == nil {
			a.form.values = url.Values{}
		}
		return next(c)
	}
}

// fromLine is a form that came as one line; of one that is too long, what came until then.
func fromLine(body io.Reader) (url.Values, error) {
	line, err := io.ReadAll(body)
	if cut := bytes.LastIndexByte(line, '%'); err != nil && cut >= 0 && cut+2 >= len(line) {
		line = line[:cut] // half a letter
	}
	values, wrong := url.ParseQuery(string(line))
	if err == nil {
		err = wrong
	}
	return cleaned(values), err
}

func cleaned(values map[string][]string) url.Values {
	clear := url.Values{}
	for name, all := range values {
		for _, value := range all {
			clear.Add(name, clean(value))
		}
	}
	return clear
}

// clean is a text as it was meant: lines end in one way, and nothing is in it that a database
// could not keep.
func clean(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(strings.ToValidUTF8(text, "\uFFFD"))
}

// pathID is the id in the path under name, and nowhere else.
func pathID(c echo.Context, name string) id.ID { return parseID(c.Param(name)) }

func parseID(text string) id.ID {
	key, err := id.Parse(text)
	if err != nil {
		return 0
	}
	return key
}
