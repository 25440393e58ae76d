package handlers

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
)

var sheets = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// draw answers with a page, or a part of one. It is drawn whole before the first byte goes out, so
// a page that fails in the middle is a page about that, and never half of one.
func draw(c echo.Context, status int, part templ.Component) error {
	buf := sheets.Get().(*bytes.Buffer)
	defer sheets.Put(buf)
	buf.Reset()
	if err := part.Render(c.Request().Context(), buf); err != nil {
		return err
	}
	return c.HTMLBlob(status, buf.Bytes())
}

// seeOther sends the browser on, after something was done or to where it can be done. For a part of
// a page that htmx asked for it is the whole page that goes.
func seeOther(c echo.Context, path string) error {
	if c.Request().Header.Get("HX-Request") == "true" {
		c.Response().Header().Set("HX-Redirect", path)
		return c.NoContent(http.StatusOK)
	}
	return c.Redirect(http.StatusSeeOther, path)
}

// reads tells whether a request only looks.
func reads(c echo.Context) bool {
	return oneOf(c.Request().Method, http.MethodGet, http.MethodHead)
}

// escaped is the address that was asked for, as a parameter of another.
func escaped(c echo.Context) string { return url.QueryEscape(c.Request().URL.RequestURI()) }

// ownPath is to if that is a path of ours, and the front page otherwise: nobody is sent on to
// another site from here.
func ownPath(to string) string {
	at, err := url.Parse(to)
	if err != nil || at.Scheme != "" || at.Host != "" || at.User != nil || len(to) > 2000 {
		return "/"
	}
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(at.Path, "//") || strings.ContainsAny(to, "\\\t\r\n") {
		return "/"
	}
	return at.String()
}
