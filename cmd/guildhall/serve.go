package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"guildhall/handlers"
	"guildhall/handlers/inbound"
	"guildhall/handlers/jobs"
	"guildhall/models"
)

type serve struct {
	Demo bool `help:"Found the demo club if there is none yet, with one-click sign-in as any of its members. For this machine alone."`
	Dev  bool `help:"One-click sign-in as any member, for development on this machine alone."`
}

// Run serves the club until the program is asked to stop.
func (cmd serve) Run(ctx context.Context) (err error) {
	conf, err := settings()
	if err != nil {
		return err
	}
	defer seldomCollected()()
	conf.Dev = conf.Dev || cmd.Dev || cmd.Demo
	conf.Started = func(net.Addr) { fmt.Printf("The club is at %s\n", conf.BaseURL) }
	club, err := models.Open(ctx, conf.Database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, club.Close()) }()
	if err := shelve(club, conf); err != nil {
		return err
	}
	if cmd.Demo {
		if err := foundDemo(ctx, club, os.Stdout); err != nil {
			return err
		}
	}
	site, err := handlers.New(club, conf)
	if err != nil {
		return err
	}
	if err := invite(ctx, club, conf); err != nil {
		return err
	}
	desk, stop, err := work(ctx, club, conf, site)
	if err != nil {
		return err
	}
	defer func() { stop(); <-desk }()
	return site.Serve(ctx)
}

// shelve says where the club keeps its uploads.
func shelve(club *models.Club, conf handlers.Config) error {
	store, quota, err := conf.Shelf.Open()
	if err == nil {
		club.Files.KeepIn(store, quota)
	}
	return err
}

// workers is how many jobs one instance does at a time.
const workers = 2

// work begins the work that waits in the queue: letters, and the sweeping up. It ends, with the job
// in hand, when stop is called; done is closed then.
func work(ctx context.Context, club *models.Club, conf handlers.Config, site *handlers.Site) (done <-chan struct{}, stop func(), err error) {
	mail, err := conf.Mailer()
	if err != nil {
		return nil, nil, err
	}
	desk, err := jobs.New(club, mail, conf.BaseURL, conf.Log)
	if err != nil {
		return nil, nil, err
	}
	door, err := returns(club, conf, desk, site)
	if err != nil {
		return nil, nil, err
	}
	ctx, stop = context.WithCancel(context.WithoutCancel(ctx)) // it outlives the last request, which may ask for a letter
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer door()
		desk.Run(ctx, workers)
	}()
	return ended, stop, nil
}

// returns opens the door for answers and bounces, where there is to be one; shut closes it.
func returns(club *models.Club, conf handlers.Config, desk *jobs.Desk, site *handlers.Site) (shut func(), err error) {
	if conf.InboundAddr == "" {
		return func() {}, nil
	}
	certificate, err := conf.Certificate()
	if err != nil {
		return nil, err
	}
	log := cmp.Or(conf.Log, slog.Default())
	door, err := inbound.New(inbound.House{Club: club, Domain: conf.InboundDomain, Certificate: certificate, Log: log, Pace: site.PaceMail})
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", conf.InboundAddr)
	if err != nil {
		return nil, fmt.Errorf("listen for mail: %w", err)
	}
	desk.Returns(conf.InboundDomain)
	go func() {
		if err := door.Serve(listener); err != nil {
			log.Error("mail is taken no more", "error", err)
		}
	}()
	return func() { _ = door.Close() }, nil // the program ends with it
}

type migrate struct{}

// Run migrates, which opening a club does.
func (migrate) Run(ctx context.Context) error {
	conf, err := settings()
	if err != nil {
		return err
	}
	club, err := models.Open(ctx, conf.Database)
	if err != nil {
		return err
	}
	fmt.Println("The database has this program's schema.")
	return club.Close()
}

type healthy struct{}

// Run asks /readyz of the club that is served with these settings, for a container's health check.
func (healthy) Run(ctx context.Context) error {
	conf, err := settings()
	if err != nil {
		return err
	}
	host, port, err := net.SplitHostPort(conf.Addr)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	ctx, stop := context.WithTimeout(ctx, 4*time.Second)
	defer stop()
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(ask)
	if err != nil {
		return err
	}
	if err := answer.Body.Close(); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", answer.Status)
	}
	return nil
}
