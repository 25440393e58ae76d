package handlers

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/views"
)

// carriedUpTo is how much of a form is read only to give its texts back: the files of a form stand behind them.
const carriedUpTo = 1 << 20

// carriedFields are the fields in which people write, in the order in which they stand in a form.
var carriedFields = []string{
	"title", "text", "reason", "why", "notice", "words", "about", "bio", "note", "teaser", "perks", "hosts",
}

// carried are the texts of the form that was refused, for the page that says so: what somebody wrote is on
// that page still, whichever step refused it. Nothing of a form that another site sent is given back.
func (s *Site) carried(c echo.Context) (all []views.Carried) {
	r, a := c.Request(), about(c)
	if reads(c) || a.route.CSRF != SameOrigin || s.origins.Check(r) != nil || s.unsigned(r) {
		return nil
	}
	if a.form.values == nil {
		a.form.values = unread(r)
	}
	for _, name := range carriedFields {
		if text := a.form.values.Get(name); strings.TrimSpace(text) != "" {
			all = append(all, views.Carried{Name: name, Text: text})
		}
	}
	return all
}

// unread is what the form of a request holds that was refused before anybody read it, as far as it is read.
func unread(r *http.Request) (values url.Values) {
	kind, params, _ := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	body := http.MaxBytesReader(nil, r.Body, carriedUpTo)
	switch kind {
	case echo.MIMEApplicationForm:
		values, _ = fromLine(body) // what is there of it
	case echo.MIMEMultipartForm:
		values = fieldsOf(multipart.NewReader(body, params["boundary"]))
	}
	return values
}

// fieldsOf reads the fields that came before it was too much; files are passed over.
func fieldsOf(form *multipart.Reader) url.Values {
	values := url.Values{}
	for {
		part, err := form.NextPart()
		if err != nil {
			return values
		}
		if part.FileName() != "" {
			continue
		}
		text, err := io.ReadAll(part)
		if over := (*http.MaxBytesError)(nil); err == nil || errors.As(err, &over) {
			values.Add(part.FormName(), clean(string(text)))
		}
	}
}
