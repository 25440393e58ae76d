package handlers

import (
	"fmt"
	"math"
	"net/netip"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/models/id"
	"guildhall/models/problem"
)

// limit is how often: one every so long, and that many at once.
type limit struct {
	every time.Duration
	burst int
}

// A page of the club is one request and some thirty assets, most of which are kept; a sign-in is
// two to four requests.
var limitOf = map[Rate]limit{
	Pages:   {time.Minute / 200, 60},
	Writes:  {time.Minute / 60, 20},
	SignIns: {time.Minute / 20, 20},
	Assets:  {time.Minute / 1200, 400},
	Uploads: {time.Minute / 1200, 400}, // as for assets: a page may have forty pictures
	Sockets: {time.Minute / 60, 30},
	Mails:   {12 * time.Minute, 5},
	Tokens:  {time.Minute / 600, 300}, // by address: several programs may share one

	Drafts:   {time.Minute / 40, 20},
	Searches: {time.Minute / 120, 60}, // as somebody types, five a second at most

	overLine: {time.Minute / 120, 40},
	byMinute: {time.Minute / 60, 60},
	byDay:    {24 * time.Hour / 2880, 2880},
}

// overLine is what a member is held to over all their sockets together, for whatever changes something:
// a chat is livelier than forms are.
const overLine Rate = "line"

// What a token is held to wherever it is used, beside the address.
const (
	byMinute Rate = "token-minute"
	byDay    Rate = "token-day"
)

// limits holds each address, each member and each token to the classes of the routes they use. It counts in
// this process alone: with several instances each allows as much.
type limits struct {
	now    func() time.Time
	factor float64

	mu    sync.Mutex
	until map[counted]time.Time // when all that was used is given back
}

// counted is whom a limit is held against: an address, or a member or a token wherever they are.
type counted struct {
	rate   Rate
	from   netip.Prefix
	member id.ID // or the token
}

// countedMost bounds the memory; past it, those who have everything back are forgotten.
const countedMost = 100_000

func newLimits(now func() time.Time, factor float64) *limits {
	return &limits{now: now, factor: factor, until: map[counted]time.Time{}}
}

// take uses one of what who has left, or tells how long until there is one.
func (l *limits) take(who counted) (wait time.Duration, ok bool) {
	every := time.Duration(float64(limitOf[who.rate].every) / l.factor)
	most := time.Duration(math.Ceil(float64(limitOf[who.rate].burst)*l.factor)) * every
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	until := l.until[who]
	if until.Before(now) {
		until = now
	}
	if until = until.Add(every); until.Sub(now) > most {
		return until.Sub(now) - most, false
	}
	if len(l.until) >= countedMost {
		l.sweep(now)
	}
	l.until[who] = until
	return 0, true
}

// sweep forgets whom it costs nothing to forget and, under a flood of addresses, some others.
func (l *limits) sweep(now time.Time) {
	for who, until := range l.until {
		if until.Before(now) || len(l.until) > countedMost*9/10 {
			delete(l.until, who)
		}
	}
}

// pace holds a request to its row's class, by address.
func (s *Site) pace(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		a := about(c)
		if err := s.spend(counted{rate: a.route.Rate, from: neighbourhood(a.from)}); err != nil {
			return err
		}
		return next(c)
	}
}

func (s *Site) spend(who counted) error {
	wait, ok := s.limits.take(who)
	if !ok {
		return problem.TooSoon(wait, "That was a lot at once. Wait %s and try again.", lasting(wait))
	}
	return nil
}

// lasting says a wait in words, never shorter than it is.
func lasting(d time.Duration) string {
	switch s := seconds(d); {
	case s == 1:
		return "a second"
	case s < 90:
		return fmt.Sprintf("%d seconds", s)
	case s < 90*60:
		return fmt.Sprintf("%d minutes", (s+59)/60)
	default:
		return fmt.Sprintf("%d hours", (s+3599)/3600)
	}
}

// seconds is d in whole seconds, rounded up, and at least one.
func seconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }
