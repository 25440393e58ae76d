package handlers

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"guildhall/models/prose"
)

// headers are what every answer carries, whatever it is.
type headers struct {
	fixed  map[string]string
	policy func(nonce string) string
}

func headersFor(conf *Config) headers {
	h := headers{fixed: map[string]string{
		"Cache-Control":                "private, no-store",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Origin-Agent-Cluster":         "?1",
		"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
		"Referrer-Policy":              "same-origin",
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
	}}
	if conf.https() {
		h.fixed["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
	}
	forms := strings.Join(append([]string{"'self'"}, conf.destinations()...), " ")
	players := strings.Join(prose.PlayerHosts, " ") // put in by a reader's own click
	h.policy = func(nonce string) string {
		return "default-src 'none'; script-src 'nonce-" + nonce + "' 'strict-dynamic'; style-src 'self'; img-src 'self'; media-src 'self'; " +
			"font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src " + players + "; form-action " + forms + "; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
	}
	return h
}

// protect sets the headers before anything can fail. Only what names its own content, and can be
// kept, sets others later.
func (s *Site) protect(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		for name, value := range s.headers.fixed {
			h.Set(name, value)
		}
		h.Set("Content-Security-Policy", s.headers.policy(templ.GetNonce(c.Request().Context())))
		if byProgram(c) {
			h.Set("Content-Security-Policy", inert)
		}
		return next(c)
	}
}

// inert is the policy of an answer that is no page: even opened by itself it can do nothing.
const inert = "default-src 'none'; frame-ancestors 'none'; sandbox"

// keep lets a browser hold on to an answer whose address names its content. It stays private, as
// pictures are of people.
func keep(h http.Header) {
	h.Set("Cache-Control", "private, max-age=604800, immutable")
	h.Set("Content-Security-Policy", inert)
}
