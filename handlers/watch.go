package handlers

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/labstack/echo/v4"
)

// watch makes a page of what went wrong, and then writes one line about the request: where in the
// table, never what address, no body and no cookie.
func (s *Site) watch(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if err != nil {
			s.fail(c, err)
		}
		a, res := about(c), c.Response()
		status := res.Status
		if a.route.CSRF == Socket && err == nil && !res.Committed {
			status = http.StatusSwitchingProtocols // the connection is the hub's by now
		}
		took := time.Since(a.began)
		s.meter.saw(a.route, c.Request().Method, status, took)
		line := []any{
			"request", a.number, "method", known(c.Request().Method), "route", a.route.Path, "status", status,
			"ms", float64(took.Microseconds()) / 1000, "bytes", res.Size, "from", a.from.String(),
		}
		if member := a.visit.Viewer.ID; member != 0 {
			line = append(line, "member", member.String())
		}
		if token := a.visit.Token.ID; token != 0 {
			line = append(line, "token", token.String())
		}
		level := slog.LevelInfo
		if a.route.Rate == Assets && status < 400 {
			level = slog.LevelDebug
		}
		s.log.Log(c.Request().Context(), level, "answered", line...)
		return nil
	}
}

// known keeps methods that somebody made up out of the log and the metrics.
func known(method string) string {
	if oneOf(method, get, http.MethodHead, post, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions) {
		return method
	}
	return "other"
}

// panicked is a panic as an error, with the place where it began.
type panicked struct {
	what  any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v\n%s", p.what, p.stack) }

// rescue makes an error of a panic, so that one request dies and nobody else notices.
func (s *Site) rescue(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch what := recover(); what {
			case nil:
			case http.ErrAbortHandler:
				panic(what) // asks the server to cut the connection
			default:
				err = &panicked{what, debug.Stack()}
			}
		}()
		return next(c)
	}
}
