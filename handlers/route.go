package handlers

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"

	"guildhall/handlers/ways"
	"guildhall/models/member"
)

// Gate says who may knock at a route at all. What they may do there the models decide.
type Gate string

// The gates.
const (
	Anyone Gate = "anyone"
	Member Gate = "member"
	Keeper Gate = "keeper" // who moderates any space, or an owner
	Owner  Gate = "owner"
	Fresh  Gate = "fresh" // an owner whose passkey was asked for lately: keys, money and rights
	Token  Gate = "token" // a member's program, with a token that has the row's scope, and nobody else
)

// Scope is what a token must hold to use a route; no token may use one with none. models/member has
// the list.
type Scope = member.Scope

// NoScope closes a route to tokens.
const NoScope Scope = ""

// CSRF says how a route knows that a page of ours sent the request.
type CSRF string

// The rules. Safe changes nothing. ProviderPost comes from another site by nature, and is bound to
// the browser that began by a state and a cookie of its own, which its handler checks.
const (
	Safe         CSRF = "safe"
	SameOrigin   CSRF = "same-origin"
	ProviderPost CSRF = "provider-post"
	Socket       CSRF = "socket"
)

// Rate is the class of limit that a route draws on; see limit.go for the numbers.
type Rate string

// The classes. Assets name their own content: nobody is looked up for them, and limits are wide.
const (
	Pages   Rate = "page"
	Writes  Rate = "write"
	SignIns Rate = "sign-in"
	Assets  Rate = "asset"
	Uploads Rate = "file" // what stands in texts: many on a page, and somebody is looked up for each
	Sockets Rate = "socket"
	Mails   Rate = "mail" // each costs one mail to somebody
	Tokens  Rate = "token"

	Drafts   Rate = "draft"  // every few seconds while somebody writes
	Searches Rate = "search" // several while somebody types one question
)

// Route is one line of the table in routes.go: the whole of what is promised about an address.
type Route struct {
	Method  string // a GET answers HEAD too
	Path    string
	Gate    Gate
	Scope   Scope
	CSRF    CSRF
	Rate    Rate
	Surface ways.Surface // what shows there
	Body    int64        // the most bytes that are read
	Banned  bool         // whether a suspended member may still use it
	Free    bool         // whether its query may be any bytes: nothing of it is kept as it came
	Dev     bool         // whether it exists with --dev alone

	handler func(*Site, echo.Context) error
}

// body is what a request may bring where nothing else is said.
const body = 64 << 10

// on makes a line of the table. What it takes is what nobody may forget.
func on(method, path string, handler func(*Site, echo.Context) error, gate Gate, scope Scope, csrf CSRF, rate Rate, surface ways.Surface) Route {
	return Route{Method: method, Path: path, Gate: gate, Scope: scope, CSRF: csrf, Rate: rate, Surface: surface, Body: body, handler: handler}
}

// upTo lets a request bring more, or less, than others.
func (r Route) upTo(bytes int64) Route { r.Body = bytes; return r }

// evenSuspended keeps a route open to suspended members: leaving, and taking what is theirs along.
func (r Route) evenSuspended() Route { r.Banned = true; return r }

// anyQuery takes whatever stands behind the question mark, be it no text at all.
func (r Route) anyQuery() Route { r.Free = true; return r }

// onlyDev keeps a route out of every club but one on its developer's machine.
func (r Route) onlyDev() Route { r.Dev = true; return r }

// lost is what stands where the table has nothing.
var lost = &Route{Path: "lost", Gate: Anyone, CSRF: Safe, Rate: Pages, Surface: "lost", Body: body}

// check says what a declaration lacks.
func (r Route) check() error {
	reads := r.Method == http.MethodGet
	switch {
	case !strings.HasPrefix(r.Path, "/") || r.handler == nil || r.Body <= 0:
		return fmt.Errorf("route %s %s: a path, a handler and a size are needed in handlers/routes.go", r.Method, r.Path)
	case r.unknown() != "":
		return fmt.Errorf("route %s %s: say in asked.go whether %s is a word or an id", r.Method, r.Path, r.unknown())
	case !oneOf(r.Gate, Anyone, Member, Keeper, Owner, Fresh, Token):
		return fmt.Errorf("route %s %s: say who may knock, with a gate, in handlers/routes.go", r.Method, r.Path)
	case !oneOf(r.CSRF, Safe, SameOrigin, ProviderPost, Socket):
		return fmt.Errorf("route %s %s: say how a forged request is told from ours, in handlers/routes.go", r.Method, r.Path)
	case !oneOf(r.Rate, Pages, Writes, SignIns, Assets, Uploads, Sockets, Mails, Tokens, Drafts, Searches):
		return fmt.Errorf("route %s %s: say which limit it draws on, in handlers/routes.go", r.Method, r.Path)
	case !reads && !oneOf(r.Method, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete):
		return fmt.Errorf("route %s %s: no such method", r.Method, r.Path)
	case reads != oneOf(r.CSRF, Safe, Socket):
		return fmt.Errorf("route %s %s: %s does not go with %s", r.Method, r.Path, r.CSRF, r.Method)
	case r.CSRF == ProviderPost && !(strings.HasPrefix(r.Path, "/auth/") && r.Gate == Anyone):
		return fmt.Errorf("route %s %s: other sites post to /auth/ alone, as nobody", r.Method, r.Path)
	case r.Rate == Assets && r.Gate != Anyone:
		return fmt.Errorf("route %s %s: nobody is looked up for an asset", r.Method, r.Path)
	case (r.Gate == Token) != r.Scope.Known() || (r.Gate == Token) != (r.Rate == Tokens):
		return fmt.Errorf("route %s %s: what tokens open has the gate, the rate and a scope of tokens", r.Method, r.Path)
	case (r.Gate == Token) != strings.HasPrefix(r.Path, apiRoot) || r.Gate == Token && !reads:
		return fmt.Errorf("route %s %s: tokens read below %s, and nothing else is there", r.Method, r.Path, apiRoot)
	case (r.CSRF == Socket) != (r.Rate == Sockets):
		return fmt.Errorf("route %s %s: a socket has the rule and the rate of sockets", r.Method, r.Path)
	}
	return r.way().Check("handlers/routes.go")
}

// gap is what a path leaves open: ":topic".
var gap = regexp.MustCompile(`:([a-z]+)`)

// unknown is a part of the path of which nobody said whether it is a word or an id.
func (r Route) unknown() string {
	for _, m := range gap.FindAllStringSubmatch(r.Path, -1) {
		if !words[m[1]] && !ids[m[1]] {
			return m[0]
		}
	}
	return ""
}

func oneOf[T comparable](x T, all ...T) bool {
	for _, y := range all {
		if x == y {
			return true
		}
	}
	return false
}

// Routes lists the table, for `guildhall routes` and for whoever tests that nothing is left out.
func Routes() []Route { return table() }

// register hangs the table's rows on e. A row that does not say all of what it must is a slip of
// ours: the program does not start.
func (s *Site) register(e *echo.Echo, rows []Route) map[string]*Route {
	hung := map[string]*Route{}
	for _, r := range rows {
		if err := r.check(); err != nil {
			panic(err)
		}
		if r.Dev && !s.conf.Dev {
			continue
		}
		if hung[r.Method+r.Path] != nil {
			panic(fmt.Errorf("route %s %s stands twice", r.Method, r.Path))
		}
		handle := func(c echo.Context) error { return r.handler(s, c) }
		e.Add(r.Method, r.Path, handle)
		hung[r.Method+r.Path] = &r
		if r.Method == http.MethodGet {
			e.Add(http.MethodHead, r.Path, handle)
			hung[http.MethodHead+r.Path] = &r
		}
	}
	return hung
}
