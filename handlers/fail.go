package handlers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"guildhall/handlers/api"
	"guildhall/handlers/live"
	"guildhall/models/access"
	"guildhall/models/member"
	"guildhall/models/problem"
	"guildhall/models/site"
)

// What the shell itself refuses with; replyTo has the words.
var (
	errSignIn    = errors.New("nobody is signed in")
	errElsewhere = errors.New("another host")
)

// wrongMethod says that an address is there, and answers to other methods.
type wrongMethod struct{ allow string }

func (e *wrongMethod) Error() string { return "only " + e.allow }

// suspended keeps a member out.
type suspended struct {
	why   string
	until time.Time // zero: until it is lifted
}

func (e *suspended) Error() string { return "suspended: " + e.why }

// reply is an error as it is answered: the status, a word for programs, and for people what went
// wrong and what they can do.
type reply struct {
	status int
	code   string
	text   string
	field  string
	wait   time.Duration
	ours   bool // our fault: it is logged, and its number told
}

// statusLeft is what the log has for somebody who did not wait for the answer.
const statusLeft = 499

// left tells whether nobody is there any more to be answered.
func left(c echo.Context, err error) bool {
	return errors.Is(c.Request().Context().Err(), context.Canceled) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET)
}

// fail makes the answer to an error. It is the only place where an error becomes a status and a
// page.
func (s *Site) fail(c echo.Context, err error) {
	if c.Response().Committed {
		if !left(c, err) {
			s.log.Error("failed in mid-answer", "request", about(c).number, "error", err)
		}
		return
	}
	if errors.Is(c.Request().Context().Err(), context.Canceled) {
		c.Response().Status = statusLeft
		return
	}
	r := s.judge(c, err)
	answer := s.rescue(func(c echo.Context) error { return s.answer(c, err, r) })
	if failed := answer(c); failed != nil && !c.Response().Committed {
		r = s.judge(c, failed) // a door that went meanwhile, a page that cannot be drawn
		answer = s.rescue(func(c echo.Context) error { return s.problemPage(c, r) })
		if answer(c) != nil {
			_ = c.String(r.status, r.text) // nobody to tell
		}
	}
}

// judge is the reply to an error; what is ours is logged, once.
func (s *Site) judge(c echo.Context, err error) reply {
	r := replyTo(err)
	if r.ours {
		s.log.Error("failed", "request", about(c).number, "route", about(c).route.Path, "error", err)
	}
	return r
}

// answer draws a reply in the form that was asked for.
func (s *Site) answer(c echo.Context, err error, r reply) error {
	h := c.Response().Header()
	if r.wait > 0 {
		h.Set("Retry-After", strconv.Itoa(seconds(r.wait)))
	}
	if wrong := (*wrongMethod)(nil); errors.As(err, &wrong) {
		h.Set(echo.HeaderAllow, wrong.allow)
	}
	shut := (*access.Shut)(nil)
	if challenge := challengeOf(err); challenge != "" {
		h.Set(echo.HeaderWWWAuthenticate, challenge)
	}
	if wantsJSON(c) {
		said := r.said(about(c).number)
		if errors.As(err, &shut) {
			var failed error
			if said.Door, failed = s.doorFor(c, shut); failed != nil {
				return failed
			}
		}
		return c.JSON(r.status, api.Failure{Error: said})
	}
	switch {
	case errors.Is(err, errSignIn) && reads(c):
		return seeOther(c, "/sign-in?return="+escaped(c))
	case errors.Is(err, member.ErrAsk):
		return seeOther(c, "/sign-in/again?return="+url.QueryEscape(s.pageOf(c)))
	case errors.As(err, &shut):
		return s.door(c, shut)
	}
	return s.problemPage(c, r)
}

// pageOf is the page that a request is about: the one asked for, or the one whose form was sent.
func (s *Site) pageOf(c echo.Context) string {
	if reads(c) {
		return c.Request().URL.RequestURI()
	}
	return ownPath(strings.TrimPrefix(c.Request().Referer(), s.conf.BaseURL))
}

// said is the reply as programs read it.
func (r reply) said(number string) api.Trouble {
	said := api.Trouble{Code: r.code, Text: r.text, Field: r.field}
	if r.ours {
		said.Text += " " + tell(number)
	}
	return said
}

// challengeOf tells a program what its token lacks (RFC 6750); empty for what is not about tokens.
func challengeOf(err error) string {
	var out *outOfScope
	switch {
	case errors.Is(err, errNoBearer):
		return `Bearer realm="api"`
	case errors.Is(err, member.ErrNoToken):
		return `Bearer realm="api", error="invalid_token"`
	case errors.As(err, &out):
		return `Bearer realm="api", error="insufficient_scope", scope="` + string(out.scope) + `"`
	}
	return ""
}

func tell(number string) string {
	return fmt.Sprintf("If it goes on, tell the club's owners this number: %s.", number)
}

var broken = reply{
	status: http.StatusInternalServerError, code: "broken", ours: true,
	text: "Something broke on our side. What you did may not have been kept, so look before you try again.",
}

// kinds are the problems that the models tell of.
var kinds = map[problem.Kind]reply{
	problem.KindInvalid:  {status: http.StatusUnprocessableEntity, code: "invalid"},
	problem.KindMissing:  {status: http.StatusNotFound, code: "missing"},
	problem.KindRefused:  {status: http.StatusForbidden, code: "refused"},
	problem.KindConflict: {status: http.StatusConflict, code: "conflict"},
	problem.KindTooSoon:  {status: http.StatusTooManyRequests, code: "too_soon"},
	problem.KindTooLarge: {status: http.StatusRequestEntityTooLarge, code: "too_large"},
	problem.KindFull:     {status: http.StatusInsufficientStorage, code: "full"},
}

func replyTo(err error) reply {
	var (
		out    *suspended
		narrow *outOfScope
		wrong  *wrongMethod
		socket *live.Refused
		over   *http.MaxBytesError
	)
	if errors.As(err, &over) {
		err = errTooLarge // a handler that reads the body itself
	}
	switch p := problem.Of(err); {
	case p != nil:
		r, ok := kinds[p.Kind]
		if !ok {
			return broken
		}
		r.text, r.field, r.wait = p.Text, p.Field, p.Wait
		return r
	case errors.Is(err, errSignIn), errors.Is(err, live.ErrSignedOut):
		return reply{status: http.StatusForbidden, code: "sign_in", text: "Sign in to do this."}
	case errors.Is(err, live.ErrBarred):
		return reply{status: http.StatusForbidden, code: "refused", text: "This is not open to you."}
	case errors.As(err, &out):
		return reply{status: http.StatusForbidden, code: "suspended", text: out.notice()}
	case errors.Is(err, errNoBearer), errors.Is(err, member.ErrNoToken):
		return reply{status: http.StatusUnauthorized, code: "token", text: "This needs a token that works. Make one on the pages of the club, under Settings, Tokens."}
	case errors.As(err, &narrow):
		return reply{status: http.StatusForbidden, code: "scope", text: "This token does not have the scope " + string(narrow.scope) + ". Make one that has it."}
	case errors.As(err, &wrong):
		return reply{status: http.StatusMethodNotAllowed, code: "method", text: "This address does not take that kind of request."}
	case errors.As(err, &socket):
		return reply{status: socket.Status, code: "socket", text: socket.Text}
	case errors.Is(err, errElsewhere):
		return reply{status: http.StatusMisdirectedRequest, code: "elsewhere", text: "This club answers on this machine alone while it is being worked on."}
	case errors.Is(err, site.ErrNotFounded):
		return reply{status: http.StatusServiceUnavailable, code: "not_founded", text: "This club is not set up yet. Whoever started it finds a link in what the program printed."}
	case errors.Is(err, context.DeadlineExceeded):
		return reply{status: http.StatusServiceUnavailable, code: "slow", ours: true, wait: 5 * time.Second, text: "That took longer than it may. Try again in a moment."}
	}
	return broken
}

func (e *suspended) notice() string {
	until := "until the owners lift it"
	if !e.until.IsZero() {
		until = "until " + e.until.Format("2 January 2006, 15:04 MST")
	}
	return fmt.Sprintf("You are suspended %s. The reason given: %s", until, e.why)
}

// redraw answers a form that could not be taken with the page that it came from: again is drawn
// with what was typed and what is wrong. Any other error goes on to fail.
func redraw(c echo.Context, err error, again func(p *problem.Problem) templ.Component) error {
	p := problem.Of(err)
	if p == nil || !oneOf(p.Kind, problem.KindInvalid, problem.KindConflict, problem.KindTooSoon, problem.KindTooLarge) || wantsJSON(c) {
		return err
	}
	if p.Wait > 0 {
		c.Response().Header().Set("Retry-After", strconv.Itoa(seconds(p.Wait)))
	}
	return draw(c, kinds[p.Kind].status, again(p))
}

// wantsJSON tells whether a program asks, and no page.
func wantsJSON(c echo.Context) bool {
	if byProgram(c) {
		return true
	}
	accept := c.Request().Header.Get(echo.HeaderAccept)
	return strings.Contains(accept, echo.MIMEApplicationJSON) && !strings.Contains(accept, echo.MIMETextHTML)
}
