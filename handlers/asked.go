package handlers

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"guildhall/models/access"
	"guildhall/models/home"
	"guildhall/models/member"
	"guildhall/models/problem"
)

// asked is what the shell knows of one request.
type asked struct {
	number string // told to the person when something breaks, and written in the log
	route  *Route
	from   netip.Addr
	began  time.Time
	visit  member.Visit
	form   form
	beside *home.Beside
}

const askedKey = "asked"

func about(c echo.Context) *asked { return c.Get(askedKey).(*asked) }

// visit is who made the request, and from which of their login sessions.
func visit(c echo.Context) member.Visit { return about(c).visit }

// viewer is who made the request: what they may see and do is asked of it.
func viewer(c echo.Context) access.Viewer { return about(c).visit.Viewer }

// know is the first step: it finds the route's row, gives the request a number and a nonce.
func (s *Site) know(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		a := &asked{number: random(9), route: s.routes[r.Method+c.Path()], from: clientAddress(r, s.conf.Trusted), began: time.Now()}
		if a.route == nil || !plain(r, a.route.Free) || !whole(c) {
			a.route = lost
		}
		c.Set(askedKey, a)
		c.Response().Header().Set("X-Request-Id", a.number)
		c.SetRequest(r.WithContext(templ.WithNonce(r.Context(), random(16))))
		return next(c)
	}
}

// nowhere is the answer where the table has nothing.
func nowhere(c echo.Context) error {
	if allow, ok := c.Get(echo.ContextKeyHeaderAllow).(string); ok && plain(c.Request(), false) {
		return &wrongMethod{allow}
	}
	return problem.Missing("There is nothing here, or nothing that is open to you.")
}

// plain tells whether an address is spelled in the one way in which ours are, nothing encoded that
// need not be, and holds nothing that a database could not keep.
func plain(r *http.Request, free bool) bool {
	if r.URL.RawPath != "" || strings.ContainsFunc(r.URL.Path, unicode.IsControl) || !keepable(r.URL.Path) {
		return false
	}
	if free {
		return true
	}
	if !strings.Contains(r.URL.RawQuery, "%") {
		return keepable(r.URL.RawQuery)
	}
	asked, err := url.ParseQuery(r.URL.RawQuery)
	for name, values := range asked {
		if !keepable(name) || slices.ContainsFunc(values, func(v string) bool { return !keepable(v) }) {
			return false
		}
	}
	return err == nil
}

// What the parts of paths are: words, or ids. A row with a part that is neither is not registered.
var (
	words = setOf("*", "code", "farewell", "handle", "hash", "key", "name", "provider", "slug", "space", "spacefeed", "tag", "tagfeed", "token", "topicfeed", "version")
	ids   = setOf("asked", "banner", "batch", "begun", "bookmark", "device", "draft", "file", "flag", "grant", "group", "invitation", "issued", "kept", "label", "letter", "letters", "line", "message", "note", "page", "post", "room", "section", "session", "tier", "topic", "waiting", "way")
)

func setOf(all ...string) map[string]bool {
	in := map[string]bool{}
	for _, s := range all {
		in[s] = true
	}
	return in
}

// whole tells whether every part of the path that a row names is there and is one part, for echo
// lets the last one swallow slashes; and whether what is to be an id is one.
func whole(c echo.Context) bool {
	for i, name := range c.ParamNames() {
		value := c.ParamValues()[i]
		switch {
		case name == "*":
		case words[name]:
			if value == "" || strings.Contains(value, "/") {
				return false
			}
		case ids[name] && parseID(value) == 0:
			return false
		}
	}
	return true
}

// keepable tells whether both databases would keep a text.
func keepable(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// random is text of that many random bytes.
func random(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b)
}
