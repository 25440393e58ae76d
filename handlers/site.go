// Package handlers holds the ways in by HTTP: decode, one call into models, draw. routes.go lists
// every address on one line with what is promised about it; site.go lists the steps that every
// request goes through, whatever its address.
package handlers

import (
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"guildhall/handlers/api"
	"guildhall/handlers/live"
	"guildhall/handlers/live/relay"
	"guildhall/handlers/signin"
	"guildhall/models"
	"guildhall/models/id"
	"guildhall/models/push"
)

// Site is one club on the web. Handlers are its methods.
type Site struct {
	club *models.Club
	conf Config
	log  *slog.Logger

	routes  map[string]*Route // by method and path
	cookie  cookieKind
	headers headers
	origins *http.CrossOriginProtection

	providers signin.Providers // whose accounts open the club
	api       *api.API
	limits    *limits
	berths    *berths
	meter     *meter
	hub       *live.Hub
	news      chan []any      // what was committed and is to be told
	relay     *relay.Relay    // nil where this is the only instance
	hearsay   chan relay.Hint // what another instance did and is to be looked up
	leaving   atomic.Bool

	echo *echo.Echo
}

// New returns the web side of a club. It refuses settings that could not work.
func New(club *models.Club, conf Config) (*Site, error) {
	if err := conf.check(); err != nil {
		return nil, err
	}
	if conf.Log == nil {
		conf.Log = slog.Default()
	}
	if conf.Clock == nil {
		conf.Clock = time.Now
	}
	s := &Site{
		club: club, conf: conf, log: conf.Log,
		cookie: cookieFor(&conf), headers: headersFor(&conf), limits: newLimits(conf.Clock, conf.RateFactor), berths: &berths{taken: map[id.ID]int{}},
	}
	club.Previews.StandsAt(conf.BaseURL)
	club.Push.StandsAt(conf.BaseURL)
	if conf.PushKey != "" {
		key, err := push.ParseKey(string(conf.PushKey))
		if err != nil {
			return nil, err
		}
		club.Push.Use(key)
	}
	s.meter = newMeter(func() *live.Hub { return s.hub }, func() *relay.Relay { return s.relay })
	s.origins = http.NewCrossOriginProtection()
	if err := s.origins.AddTrustedOrigin(conf.BaseURL); err != nil {
		return nil, err
	}
	var err error
	if s.providers, err = s.conf.providers(); err != nil {
		return nil, err
	}
	if s.api, err = api.New(api.Deps{Club: club, BaseURL: conf.BaseURL, People: s.people}); err != nil {
		return nil, err
	}
	if err = s.openLine(); err != nil {
		return nil, err
	}
	s.build(table())
	return s, checkWays()
}

// Handler answers every request but those for metrics.
func (s *Site) Handler() http.Handler { return s.echo }

// build puts the steps in their order and hangs the rows on them. This is the only place that
// registers anything with echo.
func (s *Site) build(rows []Route) {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.Logger.SetOutput(io.Discard) // what is worth saying goes through s.log
	e.HTTPErrorHandler = func(err error, c echo.Context) { s.fail(c, err) }
	e.IPExtractor = func(r *http.Request) string { return clientAddress(r, s.conf.Trusted).String() }
	e.Use(
		s.know,    // which row of the table this is, from where, and its number
		s.protect, // headers, whatever the answer will be
		s.watch,   // one line in the log, one in the metrics; errors become pages here
		s.rescue,  // a panic is an error
		s.bound,   // sizes and times
		s.sender,  // was it a page of ours that sent this?
		s.pace,    // not too often from there
		s.greet,   // who it is
		s.guard,   // whether there is a door at all, and whether they may knock
		s.unfold,  // the form that came
	)
	s.echo = e
	s.routes = s.register(e, rows)
}
