package handlers

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/models/problem"
)

// How long things may take.
const (
	headersWithin = 5 * time.Second // from a connection to its last header
	idleFor       = 60 * time.Second
	answerWithin  = 10 * time.Second // for the work of one request
	bodyWithin    = 30 * time.Second // until all of a request is here
	uploadWithin  = 2 * time.Minute  // the same for one larger than any text
	takeWithin    = 30 * time.Second // until all of an answer is taken
	fetchWithin   = 2 * time.Minute  // the same for an asset
	headersUpTo   = 32 << 10
	largerThan    = 1 << 20 // what counts as an upload
)

// bound holds a request to its row's size and to the times above; one that says itself that it is
// larger goes no further than unfold, where it is known who sent it. A socket lives on after its
// request and keeps its own time.
func (s *Site) bound(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		route, r := about(c).route, c.Request()
		if route.Rate == Sockets {
			s.deadlines(c, time.Time{}, time.Time{})
			return next(c)
		}
		now, arrives := time.Now(), bodyWithin
		if route.Body > largerThan {
			arrives = uploadWithin
		}
		takes := answerWithin + takeWithin
		if route.Rate == Assets || route.Rate == Uploads {
			takes = fetchWithin
		}
		s.deadlines(c, now.Add(arrives), now.Add(arrives+takes))
		if r.ContentLength <= route.Body {
			r.Body = http.MaxBytesReader(c.Response().Writer, r.Body, route.Body)
		}
		within := answerWithin
		if r.ContentLength != 0 {
			within += arrives
		}
		if route.Rate == Uploads {
			within = fetchWithin // bytes may come from elsewhere while they are sent
		}
		ctx, stop := context.WithTimeout(r.Context(), within)
		defer stop()
		c.SetRequest(r.WithContext(ctx))
		defer c.SetRequest(r) // the page of an error has a time of its own
		err := next(c)
		if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
			err = errors.Join(err, ctx.Err()) // a database says it in words of its own
		}
		return err
	}
}

var errTooLarge = problem.TooLarge("", "That is more than fits here. Send less at once.")

// deadlines are set anew for every request, as a connection keeps the last ones.
func (s *Site) deadlines(c echo.Context, read, write time.Time) {
	conn := http.NewResponseController(c.Response().Writer)
	_ = conn.SetReadDeadline(read)   // not on every writer: a test's recorder has none
	_ = conn.SetWriteDeadline(write) // the same
}
