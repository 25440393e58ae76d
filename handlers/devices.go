package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"guildhall/models/problem"
	"guildhall/models/push"
	"guildhall/views"
)

// devices lists the browsers by which a member is told, and lets this one be among them.
func (s *Site) devices(c echo.Context) error { return s.drawDevices(c, http.StatusOK, nil) }

func (s *Site) drawDevices(c echo.Context, status int, faults views.Faults) error {
	all, err := s.club.Bell.Devices(c.Request().Context(), viewer(c))
	if err != nil {
		return err
	}
	key, err := s.club.Push.Public(c.Request().Context())
	if err != nil {
		return err
	}
	page := views.DevicesPage{Devices: all, Key: key, This: visit(c).Session.ID, Faults: faults}
	return s.page(c, status, page.Head(), views.DevicesSettings(page))
}

// addDevice lets a member be told by the browser that asks.
func (s *Site) addDevice(c echo.Context) error {
	f := typed(c).values
	to := push.Target{Endpoint: f.Get("endpoint"), Key: f.Get("key"), Secret: f.Get("secret")}
	err := s.club.Bell.AddDevice(c.Request().Context(), viewer(c), visit(c).Session.ID, to, c.Request().UserAgent())
	if p := fault(c, err); p != nil {
		return s.drawDevices(c, kinds[p.Kind].status, views.FaultsOf(p))
	}
	return done(c, err, "device", views.DevicesAddress)
}

// renewDevice is for the worker, when the service of its browser gives it another address.
func (s *Site) renewDevice(c echo.Context) error {
	f := typed(c).values
	to := push.Target{Endpoint: f.Get("endpoint"), Key: f.Get("key"), Secret: f.Get("secret")}
	ok, err := s.club.Bell.RenewDevice(c.Request().Context(), viewer(c), visit(c).Session.ID, f.Get("old"), to)
	if err != nil {
		return err
	}
	if !ok {
		return c.NoContent(http.StatusResetContent) // it is told nothing any more, and may give the address back
	}
	return c.NoContent(http.StatusNoContent)
}

// removeDevice ends it for one of their browsers.
func (s *Site) removeDevice(c echo.Context) error {
	err := s.club.Bell.RemoveDevice(c.Request().Context(), viewer(c), pathID(c, "device"))
	return done(c, err, "no-device", views.DevicesAddress)
}

// tryDevice sends one of them a word.
func (s *Site) tryDevice(c echo.Context) error {
	err := s.club.Bell.TryDevice(c.Request().Context(), viewer(c), pathID(c, "device"))
	if problem.Of(err) != nil {
		return err
	}
	return done(c, err, "device-tried", views.DevicesAddress)
}
