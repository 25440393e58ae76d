package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// finishWithin is how long what is under way when the program is asked to stop may take.
const finishWithin = 10 * time.Second

// Serve listens where the settings say and answers until ctx ends; then it stops as ServeOn does.
// Whoever came in by --dev is out, unless this is --dev again.
func (s *Site) Serve(ctx context.Context) error {
	if !s.conf.Dev {
		if err := s.club.Members.EndDev(ctx); err != nil {
			return err
		}
	}
	pages, err := net.Listen("tcp", s.conf.Addr)
	if err != nil {
		return err
	}
	var metrics net.Listener
	if s.conf.MetricsAddr != "" {
		if metrics, err = net.Listen("tcp", s.conf.MetricsAddr); err != nil {
			return errors.Join(fmt.Errorf("metrics: %w", err), pages.Close())
		}
	}
	return s.ServeOn(ctx, pages, metrics)
}

// ServeOn answers on listeners that are open, of which metrics may be nil, until ctx ends. Then
// /readyz says no; after the drain no new request is taken, those under way are finished within
// ten seconds, and open sockets are closed with 1012 and a time at which to come back.
func (s *Site) ServeOn(ctx context.Context, pages, metrics net.Listener) error {
	servers, failed := []*http.Server{}, make(chan error, 2)
	begin := func(h http.Handler, on net.Listener) {
		server := s.server(h)
		servers = append(servers, server)
		go func() { failed <- server.Serve(on) }()
	}
	begin(s.Handler(), pages)
	if metrics != nil {
		begin(s.Metrics(), metrics)
	}
	s.log.Info("serving", "address", pages.Addr().String(), "for", s.conf.BaseURL)
	if s.conf.Started != nil {
		s.conf.Started(pages.Addr()) // the listener queues whoever comes before Serve runs
	}
	select {
	case err := <-failed: // a listener broke
		return errors.Join(err, s.stop(servers))
	case <-ctx.Done():
		s.log.Info("stopping")
		s.leaving.Store(true)
		time.Sleep(s.conf.Drain)
		return s.stop(servers)
	}
}

func (s *Site) server(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headersWithin, IdleTimeout: idleFor, MaxHeaderBytes: headersUpTo,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug), // what clients break
	}
}

// stop closes sockets and servers side by side: a server waits for requests and knows no sockets.
func (s *Site) stop(servers []*http.Server) error {
	s.leaving.Store(true)
	ctx, done := context.WithTimeout(context.Background(), finishWithin)
	defer done()
	ends := []func(context.Context) error{}
	if s.hub != nil {
		ends = append(ends, s.hub.Shutdown)
	}
	for _, server := range servers {
		ends = append(ends, server.Shutdown)
	}
	errs := make(chan error, len(ends))
	for _, end := range ends {
		go func() { errs <- end(ctx) }()
	}
	var all error
	for range ends {
		all = errors.Join(all, <-errs)
	}
	s.leaveBus()
	for _, server := range servers {
		_ = server.Close() // whoever is late is cut off; Shutdown's error says so
	}
	return all
}
