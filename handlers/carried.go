package handlers

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/views"
)

// How much of a form is read only to give its texts back, as the files of a form stand behind them, and how
// much of them is given back. Whoever is not known to be a member, as nobody is who comes too often, has
// what the longest post takes, and no more: to be refused is not to cost more than to be heard.
const (
	carriedUpTo   = 1 << 20
	carriedMost   = 256 << 10
	strangersUpTo = 128 << 10
	strangersMost = 64 << 10
)

// carriedFields are the fields in which people write, in the order in which they stand in a form.
var carriedFields = []string{
	"title", "text", "reason", "why", "notice", "words", "about", "bio", "note", "teaser", "perks", "hosts",
}

// carried are the texts of the form that was refused, for the page that says so: what somebody wrote is on
// that page still, whichever step refused it. Nothing of a form that another site sent is given back, nor
// one that nobody read yet while several are being read for this already.
func (s *Site) carried(c echo.Context) (all []views.Carried) {
	r, a := c.Request(), about(c)
	if reads(c) || a.route.CSRF != SameOrigin || s.origins.Check(r) != nil || s.unsigned(r) {
		return nil
	}
	upTo, most := int64(strangersUpTo), strangersMost
	if viewer(c).SignedIn() {
		upTo, most = carriedUpTo, carriedMost
	}
	if a.form.values == nil {
		leave, busy := s.refused.take(viewer(c).ID)
		if busy != nil {
			return nil
		}
		defer leave()
		a.form.values = unread(r, upTo)
	}
	for _, name := range carriedFields {
		text := a.form.values.Get(name)
		if len(text) > most {
			text = strings.ToValidUTF8(text[:most], "") // half a letter at its end
		}
		if strings.TrimSpace(text) != "" {
			most -= len(text)
			all = append(all, views.Carried{Name: name, Text: text})
		}
	}
	return all
}

// unread is what the form of a request holds that was refused before anybody read it, as far as it is read.
func unread(r *http.Request, upTo int64) (values url.Values) {
	kind, params, _ := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	body := http.MaxBytesReader(nil, r.Body, upTo)
	switch kind {
	case echo.MIMEApplicationForm:
		values, _ = fromLine(body) // what is there of it
	case echo.MIMEMultipartForm:
		values = fieldsOf(multipart.NewReader(body, params["boundary"]))
	}
	return values
}

// fieldsOf reads the fields that came before it was too much; files, and what nobody writes, are passed over.
func fieldsOf(form *multipart.Reader) url.Values {
	values := url.Values{}
	for {
		part, err := form.NextPart()
		if err != nil {
			return values
		}
		if part.FileName() != "" || !slices.Contains(carriedFields, part.FormName()) {
			continue
		}
		text, err := io.ReadAll(part)
		if over := (*http.MaxBytesError)(nil); err == nil || errors.As(err, &over) {
			values.Add(part.FormName(), clean(string(text)))
		}
	}
}
